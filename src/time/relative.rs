//! Dates relative to the start of deployment or to a milestone.

use std::fmt;

use jiff::civil::Time;

use super::calendar::{Calendar, Roll};
use super::date::Date;
use super::day::{Day, DayRange};
use super::duration::Duration;
use super::error::ValueError;
use super::error::rule::INVALID_DATE;
use super::moment::Moment;

/// What a relative date counts from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// `T`: the start of deployment.
    Start,
    /// The milestone with this id, of the same train or release.
    Milestone(Box<str>),
}

/// A date as far from an anchor: `T`, `T-14bd`, `code-complete+3bd`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Relative {
    /// What it counts from.
    pub anchor: Anchor,
    /// How far after it; before it when negative.
    pub offset: Duration,
}

impl Relative {
    /// Returns the date that this one means when its anchor is `anchor`.
    ///
    /// Without an offset it is the anchor itself. An offset in days gives a day, one in hours keeps the moment, and one
    /// from a coarse date gives all the days that it can mean. The calendar's roll rule applies to a day that was
    /// counted; `T+0bd` is the business day at `T`, or before it where no rule says otherwise. None if the anchor is
    /// itself relative, is too coarse for an offset in hours, or lies where the calendar ends.
    pub fn from(&self, anchor: &Date, calendar: &Calendar) -> Option<Date> {
        let exact = match anchor {
            Date::Relative(_) => return None,
            Date::Tbd => return Some(Date::Tbd),
            _ if self.offset == Duration::ZERO => return Some(anchor.clone()),
            Date::Day(day) => Some(Moment::local(day.0.to_datetime(Time::midnight()))),
            Date::Moment(moment) => Some(*moment),
            Date::Coarse(_) => None,
        };
        if matches!(self.offset, Duration::Elapsed { seconds, .. } if seconds != 0) {
            let Moment { wall, offset } = exact?;
            let wall = calendar.wall_after(wall, self.offset)?;
            return Some(Date::Moment(Moment { wall, offset }));
        }
        let days = anchor.days()?;
        let (first, last) = (
            self.day_from(days.first, calendar)?,
            self.day_from(days.last, calendar)?,
        );
        Some(DayRange::new(first, last).into())
    }

    fn day_from(&self, anchor: Day, calendar: &Calendar) -> Option<Day> {
        match self.offset {
            Duration::Business(0) => calendar.roll(anchor, calendar.roll.unwrap_or(Roll::Previous)),
            Duration::Business(count) => calendar.add(anchor, count),
            Duration::Elapsed { .. } => calendar.rolled(anchor.plus(self.offset.calendar_days())?),
        }
    }

    /// Reads a relative date; none if the text has no such shape.
    ///
    /// A milestone needs its offset: a bare word is more likely a date misspelt. Since ids hold dashes and digits, the
    /// last sign before a whole duration is the one that counts.
    pub(super) fn read(text: &str) -> Option<Result<Self, ValueError>> {
        if text == "T" {
            return Some(Ok(Self {
                anchor: Anchor::Start,
                offset: Duration::ZERO,
            }));
        }
        let (at, _) = text.rmatch_indices(['+', '-']).next()?;
        let (name, offset) = text.split_at(at);
        if name == "t" && Duration::parse_signed(offset).is_ok() {
            let message = "the start of deployment is a capital `T`";
            return Some(Err(
                ValueError::new(INVALID_DATE, message, 0..1).meant(format!("T{offset}"))
            ));
        }
        let anchor = match name {
            "T" => Anchor::Start,
            name if is_id(name) => Anchor::Milestone(name.into()),
            _ => return None,
        };
        match Duration::parse_signed(offset) {
            Ok(offset) => Some(Ok(Self { anchor, offset })),
            // After `T` or a plus only an offset can have been meant, so its fault is the one to tell.
            Err(error) if anchor == Anchor::Start || offset.starts_with('+') => {
                Some(Err(error.within(text, at..text.len())))
            }
            Err(_) => None,
        }
    }
}

/// Returns whether `name` can be an id. One that starts with a digit would be taken for a date.
pub(super) fn is_id(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("T"),
            Self::Milestone(id) => f.write_str(id),
        }
    }
}

impl fmt::Display for Relative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.anchor.fmt(f)?;
        if self.anchor == Anchor::Start && self.offset == Duration::ZERO {
            return Ok(());
        }
        let plus = if self.offset.is_negative() { "" } else { "+" };
        write!(f, "{plus}{}", self.offset)
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test stops at the first surprise"
    )]
    use super::*;

    fn check(relative: &str, anchor: &str, roll: Option<Roll>, expected: Option<&str>) {
        let calendar = Calendar {
            roll,
            ..Calendar::default()
        };
        let Date::Relative(relative) = Date::parse(relative).unwrap() else {
            panic!("{relative} is not relative");
        };
        let found = relative.from(&Date::parse(anchor).unwrap(), &calendar);
        assert_eq!(
            found.map(|date| date.to_string()).as_deref(),
            expected,
            "{relative} from {anchor}"
        );
    }

    #[test]
    fn a_relative_date_is_as_exact_as_its_anchor_and_its_offset() {
        check("T", "2026-12-12 22:00", None, Some("2026-12-12 22:00"));
        check("T+0d", "2026-12", None, Some("2026-12"));
        check("T-14bd", "2026-12-12 22:00", None, Some("2026-11-24"));
        check("T-6h", "2026-12-12 22:00Z", None, Some("2026-12-12 16:00Z"));
        check("T+90m", "2026-12-12", None, Some("2026-12-12 01:30"));
        check("T-1w", "2026-W50", None, Some("2026-11-30..2026-12-06"));
        check("T-1bd", "2026-W50", None, Some("2026-12-04..2026-12-11"));
        check("T-6h", "2026-W50", None, None);
        check("T-1d", "tbd", None, Some("tbd"));
        check("T-1d", "T-2d", None, None);
    }

    #[test]
    fn only_a_counted_day_rolls() {
        check("T+0d", "2026-12-12", Some(Roll::Next), Some("2026-12-12"));
        check("T-7d", "2026-12-12", None, Some("2026-12-05"));
        check(
            "T-7d",
            "2026-12-12",
            Some(Roll::Previous),
            Some("2026-12-04"),
        );
        check("T-7d", "2026-12-12", Some(Roll::Next), Some("2026-12-07"));
        check("T+0bd", "2026-12-12", None, Some("2026-12-11"));
        check("T+0bd", "2026-12-12", Some(Roll::Next), Some("2026-12-14"));
    }
}
