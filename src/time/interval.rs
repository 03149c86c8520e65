//! From one date to another.

mod faults;

use std::fmt;

use jiff::civil::{DateTime, Time};

use super::calendar::Calendar;
use super::date::Date;
use super::day::{Day, DayRange};
use super::duration::Duration;
use super::error::rule::INVALID_INTERVAL;
use super::error::{ValueError, trimmed};
use super::instants::InstantRange;
use super::moment::Moment;
use super::zone::Zone;

/// An interval as written: `A/B`, `A/6h`, or the mapping `{from: A, to: B}`.
///
/// It is half-open where it ends at a moment; a day, or a coarser date, at its end is included.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    from: Date,
    until: Until,
}

/// How an interval ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Until {
    /// At, or with, a date.
    Date(Date),
    /// So long after the start; never negative.
    After(Duration),
}

impl Until {
    /// Reads the end of an interval: a date or a duration.
    ///
    /// # Errors
    /// What [`Date::parse`] and [`Duration::parse`] find wrong.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let duration = match Duration::parse(text) {
            Ok(duration) => return Ok(Self::After(duration)),
            Err(error) => error,
        };
        let date = match Date::parse(text) {
            Ok(date) => return Ok(Self::Date(date)),
            Err(error) => error,
        };
        let meant_duration = duration.replacement.is_some()
            || date.replacement.is_none() && is_like_a_duration(text.trim());
        Err(if meant_duration { duration } else { date })
    }
}

/// Returns whether `text` starts as a duration does: with `P`, or with a short number that no date part follows.
fn is_like_a_duration(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.starts_with('P')
        || (1..=3).contains(&(text.len() - rest.len())) && !rest.starts_with(['-', '.', '/', ':'])
}

impl Interval {
    /// Reads `A/B` or `A/6h`.
    ///
    /// # Errors
    /// `value/invalid-interval` for a text that is not two parts around one slash, and for an end before the start;
    /// else what is wrong with one of the parts.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, Self::read)
    }

    fn read(text: &str) -> Result<Self, ValueError> {
        let Some((from, until)) = text.split_once('/') else {
            return Err(faults::no_slash(text));
        };
        let ends = from.len() + 1..text.len();
        for (part, range, missing) in [
            (from, 0..1, "start"),
            (until, from.len()..text.len(), "end"),
        ] {
            if part.trim().is_empty() {
                let message = format!("the interval `{text}` has no {missing}");
                return Err(ValueError::new(INVALID_INTERVAL, message, range)
                    .hint("write both ends, `tbd` where one is not decided"));
            }
        }
        if until.contains('/') {
            return Err(faults::several_slashes(text));
        }
        let start = Date::parse(from).map_err(|error| error.within(text, 0..from.len()))?;
        let end = Until::parse(until)
            .map_err(|error| faults::clock_only(&start, until).unwrap_or(error))
            .map_err(|error| error.within(text, ends.clone()))?;
        Self::new(start, end).map_err(|error| ValueError {
            range: ends,
            ..error
        })
    }

    /// Returns the interval from `from` to a date, or for a duration.
    ///
    /// # Errors
    /// `value/invalid-interval` if it is empty or ends before it starts, whichever days its dates mean. The range of
    /// the error is empty: the fault lies in the end as a whole.
    pub fn new(from: Date, until: impl Into<Until>) -> Result<Self, ValueError> {
        let until = until.into();
        let fault = match &until {
            Until::Date(to) if to.certainly_before(&from) => {
                Some(format!("{to} is before the start, {from}"))
            }
            Until::Date(to @ Date::Moment(end)) if same_moment(&from, *end) => {
                Some(format!("the interval ends at its start, {to}"))
            }
            Until::After(duration) if duration.is_zero() => {
                Some("the interval has no length".to_owned())
            }
            Until::After(duration) if duration.is_negative() => {
                Some("the interval ends before its start".to_owned())
            }
            _ => None,
        };
        match fault {
            None => Ok(Self { from, until }),
            Some(message) => Err(ValueError::new(INVALID_INTERVAL, message, 0..0)
                .hint("let the end come after the start")),
        }
    }

    /// Returns the date at which it starts.
    pub fn from(&self) -> &Date {
        &self.from
    }

    /// Returns how it ends.
    pub fn until(&self) -> &Until {
        &self.until
    }

    /// Returns the days from the earliest on which it can start to the latest on which it can end, as written.
    ///
    /// None where an end is relative or to be decided. Business days are those of `calendar`.
    pub fn days(&self, calendar: &Calendar) -> Option<DayRange> {
        let from = self.from.days()?;
        let last = match &self.until {
            Until::Date(Date::Moment(end)) => last_day_before(end.wall),
            Until::Date(to) => to.days()?.last,
            Until::After(duration) => {
                let start = match &self.from {
                    Date::Moment(start) => start.wall,
                    _ => midnight(from.last),
                };
                last_day_before(calendar.wall_after(start, *duration)?)
            }
        };
        Some(DayRange {
            first: from.first,
            last: last.max(from.first),
        })
    }

    /// Returns the exact instants, if both ends are known to the day or better.
    pub fn instants(&self, zone: &Zone, calendar: &Calendar) -> Option<InstantRange> {
        let start = match &self.from {
            Date::Day(day) => zone.start_of(*day),
            Date::Moment(moment) => moment.at(zone),
            _ => return None,
        };
        let end = match &self.until {
            Until::Date(Date::Day(day)) => zone.start_of(day.next()),
            Until::Date(Date::Moment(moment)) => moment.at(zone),
            Until::Date(_) => return None,
            Until::After(duration) => calendar.instant_after(start, *duration, zone)?,
        };
        Some(InstantRange::new(start, end))
    }
}

/// Returns the last day that an interval touches which ends at `wall`: midnight belongs to the day before.
fn last_day_before(wall: DateTime) -> Day {
    let day = Day(wall.date());
    if wall.time() == Time::midnight() {
        day.previous()
    } else {
        day
    }
}

fn midnight(day: Day) -> DateTime {
    day.0.to_datetime(Time::midnight())
}

fn same_moment(from: &Date, end: Moment) -> bool {
    matches!(from, Date::Moment(start) if start.compare(end).is_some_and(std::cmp::Ordering::is_eq))
}

impl From<Date> for Until {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Duration> for Until {
    fn from(duration: Duration) -> Self {
        Self::After(duration)
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::After(duration) => duration.fmt(f),
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.from, self.until)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn intervals_are_written_one_way() {
        let check =
            |text, expected: &str| assert_eq!(Interval::parse(text).unwrap().to_string(), expected);
        check("2026-12-12 22:00/6h", "2026-12-12 22:00/6h");
        check(
            "2026-12-12T22:00 / 2026-12-13T04:00",
            "2026-12-12 22:00/2026-12-13 04:00",
        );
        check("2026-12-18/2027-01-04", "2026-12-18/2027-01-04");
        check("2026-12-18/2026-12-18", "2026-12-18/2026-12-18");
        check("2026-W50/tbd", "2026-W50/tbd");
        check("T-5bd/T", "T-5bd/T");
        check("2026-Q4/2026", "2026-Q4/2026");
    }

    #[test]
    fn what_is_not_an_interval_is_explained() {
        let check = |text: &str, rule: &str, wrong: &str, hint: &str, replacement: Option<&str>| {
            let error = Interval::parse(text).unwrap_err();
            assert_eq!(error.rule, format!("value/{rule}"), "{text}: {error}");
            assert_eq!(&text[error.range.clone()], wrong, "{text}: {error}");
            assert!(
                error.hint.clone().unwrap().contains(hint),
                "{text}: {error:?}"
            );
            assert_eq!(error.replacement.as_deref(), replacement, "{text}");
        };
        let bad = "invalid-interval";
        check(
            "2026-12-18/2026-12-17",
            bad,
            "2026-12-17",
            "after the start",
            None,
        );
        check(
            "2026-12-18 10:00/2026-12-18 10:00",
            bad,
            "2026-12-18 10:00",
            "after the start",
            None,
        );
        check("2026-12-18/0h", bad, "0h", "after the start", None);
        check("2026-12/2026-11", bad, "2026-11", "after the start", None);
        check("2026-12-18/", bad, "/", "`tbd`", None);
        check("/2026-12-18", bad, "/", "`tbd`", None);
        check("a/b/c", bad, "a/b/c", "one slash", None);
        check(
            "2026-12-18",
            bad,
            "2026-12-18",
            "write",
            Some("2026-12-18/2026-12-18"),
        );
        check(
            "2026-12-18 - 2026-12-20",
            bad,
            "2026-12-18 - 2026-12-20",
            "write",
            Some("2026-12-18/2026-12-20"),
        );
        check(
            "2026-12-18..2026-12-20",
            bad,
            "2026-12-18..2026-12-20",
            "write",
            Some("2026-12-18/2026-12-20"),
        );
        check(
            "2026-12-18 22:00/23:30",
            bad,
            "23:30",
            "write",
            Some("2026-12-18 22:00/2026-12-18 23:30"),
        );
        check(
            "2026-12-18 22:00/02:00",
            bad,
            "02:00",
            "day of the end",
            None,
        );
        check(
            "2026-12-18/2026-12-32",
            "impossible-date",
            "32",
            "2026-12-31",
            None,
        );
        check("2026-12-18/30", "invalid-duration", "30", "`30d`", None);
        check(
            "2026-12-18/2 days",
            "invalid-duration",
            "2 days",
            "`2d`",
            Some("2026-12-18/2d"),
        );
        check(
            "31.12.2026/2d",
            "invalid-date",
            "31.12.2026",
            "write",
            Some("2026-12-31/2d"),
        );
    }

    #[test]
    fn an_interval_covers_its_last_day_but_not_its_last_moment() {
        let zone = Zone::parse("Europe/London").unwrap();
        let check = |text, days: Option<&str>, instants: Option<(&str, &str)>| {
            let (interval, calendar) = (Interval::parse(text).unwrap(), Calendar::default());
            let found = interval
                .days(&calendar)
                .map(|days| format!("{}..{}", days.first, days.last));
            assert_eq!(found.as_deref(), days, "{text}");
            let instants = instants.map(|(start, end)| {
                InstantRange::new(start.parse().unwrap(), end.parse().unwrap())
            });
            assert_eq!(interval.instants(&zone, &calendar), instants, "{text}");
        };
        let range = |start, end| Some((start, end));
        check(
            "2026-12-18/2027-01-04",
            Some("2026-12-18..2027-01-04"),
            range("2026-12-18T00:00Z", "2027-01-05T00:00Z"),
        );
        check(
            "2026-12-12 22:00/6h",
            Some("2026-12-12..2026-12-13"),
            range("2026-12-12T22:00Z", "2026-12-13T04:00Z"),
        );
        check(
            "2026-12-12 22:00/2h",
            Some("2026-12-12..2026-12-12"),
            range("2026-12-12T22:00Z", "2026-12-13T00:00Z"),
        );
        check(
            "2026-12-12/2d",
            Some("2026-12-12..2026-12-13"),
            range("2026-12-12T00:00Z", "2026-12-14T00:00Z"),
        );
        check(
            "2026-03-29/1d",
            Some("2026-03-29..2026-03-29"),
            range("2026-03-29T00:00Z", "2026-03-29T23:00Z"),
        );
        check(
            "2026-12-12 22:00+01:00/1h",
            Some("2026-12-12..2026-12-12"),
            range("2026-12-12T21:00Z", "2026-12-12T22:00Z"),
        );
        check(
            "2026-12-12 22:00/2026-12-14",
            Some("2026-12-12..2026-12-14"),
            range("2026-12-12T22:00Z", "2026-12-15T00:00Z"),
        );
        check("2026-W50/2026-12", Some("2026-12-07..2026-12-31"), None);
        check("2026-W50/2d", Some("2026-12-07..2026-12-14"), None);
        check("T-5bd/T", None, None);
        check("2026-12-12/tbd", None, None);
    }
}
