//! Recurrences: RFC 5545 `RRULE` values, expanded on civil dates.
//!
//! [`Recurrence::parse`] reads a rule, [`Recurrence::starts`] gives the wall times at which it strikes, and
//! [`Repetition`] lays them on the time line of a zone. A rule strikes at most once a day, at the time of its first
//! start: hours and minutes are refused. Every expansion is bounded by days, so that a rule which never strikes
//! (30 February) ends as well.

mod expansion;
mod reading;
mod repetition;

#[cfg(test)]
mod oracle;

pub use repetition::{Occurrence, OnGap, Repetition};

use std::fmt;

use jiff::Timestamp as Instant;
use jiff::civil::{DateTime, Weekday};

use super::day::{Day, DayRange};
use super::error::{ValueError, trimmed};
use super::names::weekday_code;
use super::zone::Zone;
use expansion::Expansion;

/// A recurrence rule (RFC 5545, section 3.3.10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Recurrence {
    frequency: Frequency,
    /// Every how many periods it strikes, at least 1.
    interval: u32,
    limit: Limit,
    by: By,
    week_start: Weekday,
}

/// The period in which a recurrence is expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// `YEARLY`.
    Yearly,
    /// `MONTHLY`.
    Monthly,
    /// `WEEKLY`.
    Weekly,
    /// `DAILY`.
    Daily,
}

/// When a recurrence stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Never.
    Never,
    /// After so many starts, `COUNT`.
    Count(
        /// How many, at least 1.
        u32,
    ),
    /// With this day, `UNTIL=20261231`.
    Day(
        /// The last day.
        Day,
    ),
    /// At this wall time, `UNTIL=20261231T235959`.
    Wall(
        /// The last wall time.
        DateTime,
    ),
    /// At this instant, `UNTIL=20261231T235959Z`.
    Instant(
        /// The last instant.
        Instant,
    ),
}

/// The `BY…` parts: each list sorted and without repetition, an empty one restricting nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct By {
    months: Vec<i16>,
    weeks: Vec<i16>,
    year_days: Vec<i16>,
    month_days: Vec<i16>,
    weekdays: Vec<WeekdayOf>,
    positions: Vec<i16>,
}

/// A weekday of `BYDAY`: every one, or the one at an ordinal from the start or (negative) the end of month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct WeekdayOf {
    ordinal: Option<i16>,
    weekday: Weekday,
}

impl Recurrence {
    /// Reads a rule: `FREQ=WEEKLY;BYDAY=SA`.
    ///
    /// # Errors
    /// `value/invalid-recurrence` at the part that is wrong.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, reading::rule)
    }

    /// Returns the period in which the rule is expanded.
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// Returns when the rule stops.
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// Returns the wall times at which the rule strikes on the days `within`, in order, counting from `first`.
    ///
    /// All have the time of day of `first`, which itself is a start only if the rule says so. The zone is asked only
    /// for the wall time of an `UNTIL` that is an instant.
    pub fn starts(
        &self,
        first: DateTime,
        within: DayRange,
        zone: &Zone,
    ) -> impl Iterator<Item = DateTime> {
        self.starts_that(first, within, zone, |_| true)
    }

    /// Returns the starts that `exist`; the others are not counted either (RFC 5545, section 3.3.10).
    fn starts_that(
        &self,
        first: DateTime,
        within: DayRange,
        zone: &Zone,
        exist: impl Fn(DateTime) -> bool,
    ) -> impl Iterator<Item = DateTime> {
        let (count, last) = match self.limit {
            Limit::Never => (usize::MAX, DateTime::MAX),
            Limit::Count(count) => (usize::try_from(count).unwrap_or(usize::MAX), DateTime::MAX),
            Limit::Day(day) => (usize::MAX, day.0.to_datetime(jiff::civil::Time::MAX)),
            Limit::Wall(wall) => (usize::MAX, wall),
            Limit::Instant(instant) => (usize::MAX, zone.wall(instant)),
        };
        // A count must see every start from the first one on; anything else can begin where the range does.
        let from = match self.limit {
            Limit::Count(_) => Day(first.date()),
            _ => within.first,
        };
        Expansion::new(self, Day(first.date()))
            .days(from, within.last)
            .map(move |day| day.0.to_datetime(first.time()))
            .take_while(move |start| *start <= last)
            .filter(move |start| exist(*start))
            .take(count)
            .skip_while(move |start| Day(start.date()) < within.first)
    }
}

impl Frequency {
    /// Returns the value of `FREQ`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yearly => "YEARLY",
            Self::Monthly => "MONTHLY",
            Self::Weekly => "WEEKLY",
            Self::Daily => "DAILY",
        }
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", self.frequency.as_str())?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match self.limit {
            Limit::Never => {}
            Limit::Count(count) => write!(f, ";COUNT={count}")?,
            Limit::Day(day) => write!(f, ";UNTIL={}", day.0.strftime("%Y%m%d"))?,
            Limit::Wall(wall) => write!(f, ";UNTIL={}", wall.strftime("%Y%m%dT%H%M%S"))?,
            Limit::Instant(instant) => write!(f, ";UNTIL={}", instant.strftime("%Y%m%dT%H%M%SZ"))?,
        }
        list(f, "BYMONTH", &self.by.months)?;
        list(f, "BYWEEKNO", &self.by.weeks)?;
        list(f, "BYYEARDAY", &self.by.year_days)?;
        list(f, "BYMONTHDAY", &self.by.month_days)?;
        list(f, "BYDAY", &self.by.weekdays)?;
        list(f, "BYSETPOS", &self.by.positions)?;
        if self.week_start != Weekday::Monday {
            write!(f, ";WKST={}", weekday_code(self.week_start))?;
        }
        Ok(())
    }
}

fn list(f: &mut fmt::Formatter<'_>, name: &str, values: &[impl fmt::Display]) -> fmt::Result {
    values
        .iter()
        .enumerate()
        .try_for_each(|(place, value)| match place {
            0 => write!(f, ";{name}={value}"),
            _ => write!(f, ",{value}"),
        })
}

impl fmt::Display for WeekdayOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ordinal) = self.ordinal {
            write!(f, "{ordinal}")?;
        }
        f.write_str(weekday_code(self.weekday))
    }
}
