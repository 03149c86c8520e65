//! The values that a plan writes: dates, intervals, durations, recurrences, zones, calendars and versions.
//!
//! Each type is read from text by its own `parse`, which explains a fault as a [`ValueError`], and is written back by
//! `Display` in the one canonical way: reading what was written gives the same value. Arithmetic is on civil dates and
//! on wall time; instants appear only where a [`Zone`] is at hand. Nothing here knows today, nor the machine's zone.

/// Serialises each type as its canonical text.
macro_rules! written_as_text {
    ($($type:ty),+ $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}

mod calendar;
mod coarse;
mod date;
mod day;
mod duration;
mod error;
mod extent;
mod instants;
mod interval;
mod misdated;
mod moment;
mod names;
mod recurrence;
mod relative;
mod scanner;
mod version;
mod words;
mod zone;

#[cfg(test)]
mod properties;

pub use calendar::{Calendar, Roll};
pub use coarse::Coarse;
pub use date::Date;
pub use day::{Day, DayRange};
pub use duration::Duration;
pub use error::ValueError;
pub use extent::Extent;
pub use instants::InstantRange;
pub use interval::{Interval, Until};
pub use jiff::Timestamp as Instant;
pub use jiff::civil::{self, Weekday};
pub use moment::Moment;
pub use names::{Weekdays, month_name, month_named, weekday_name, weekday_named};
pub use recurrence::{Frequency, Limit, Occurrence, OnGap, Recurrence, Repetition};
pub use relative::{Anchor, Relative};
pub use version::{Bump, CalverPattern, Version, VersionConstraint, VersionScheme};
pub use zone::{ClockChange, Landing, Zone};

written_as_text!(
    Anchor,
    Coarse,
    Date,
    Day,
    Duration,
    Interval,
    Moment,
    Recurrence,
    Relative,
    Until,
    Version,
    VersionConstraint,
    VersionScheme,
    Weekdays,
    Zone
);
