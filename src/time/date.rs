//! A date as a plan writes it: a day, a moment, or only as much as is known.

use std::fmt;

use super::coarse::Coarse;
use super::day::{Day, DayRange};
use super::error::rule::INVALID_DATE;
use super::error::{ValueError, trimmed};
use super::misdated;
use super::moment::Moment;
use super::relative::Relative;
use super::scanner::Scanner;

/// A date as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// A whole day, `2026-12-12`.
    Day(Day),
    /// Wall time, `2026-12-12 22:00`.
    Moment(Moment),
    /// Known only so far, `2026-Q4`.
    Coarse(Coarse),
    /// Relative to the start of deployment or to a milestone, `T-14bd`.
    Relative(Relative),
    /// To be decided, `tbd`.
    Tbd,
}

impl Date {
    /// Reads a date in any of its forms.
    ///
    /// # Errors
    /// `value/invalid-date` for a text of no known form, `value/impossible-date` for a day or a time that does not
    /// exist, `value/unknown-zone` for a zone in place of an offset, `value/invalid-duration` for a faulty offset.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, |text| {
            if text.eq_ignore_ascii_case("tbd") {
                return Ok(Self::Tbd);
            }
            Self::of_calendar(text)
                .or_else(|| Some(Relative::read(text)?.map(Self::Relative)))
                .unwrap_or_else(|| Err(misdated::explained(text)))
        })
    }

    /// Reads what starts with a year; none if the text has no known shape.
    pub(super) fn of_calendar(text: &str) -> Option<Result<Self, ValueError>> {
        let mut scanner = Scanner::new(text);
        let Some(day) = Day::read(&mut scanner) else {
            return Some(Coarse::read(&mut scanner)?.map(Self::Coarse));
        };
        let day = match day {
            Ok(day) => day,
            Err(error) => return Some(Err(error)),
        };
        if scanner.is_done() {
            return Some(Ok(Self::Day(day)));
        }
        if scanner.eat("..").is_some() {
            let last = Day::read(&mut scanner).filter(|_| scanner.is_done())?;
            return Some(last.and_then(|last| between(text, day, last)));
        }
        scanner.eat(" ").or_else(|| scanner.eat("T"))?;
        Some(Moment::read(&mut scanner, day)?.map(Self::Moment))
    }

    /// Returns the days that the date can mean, as written. A relative date needs its anchor first, and `tbd` can mean
    /// any day.
    pub fn days(&self) -> Option<DayRange> {
        match self {
            Self::Day(day) => Some(DayRange::day(*day)),
            Self::Moment(moment) => Some(DayRange::day(moment.day())),
            Self::Coarse(coarse) => Some(coarse.days()),
            Self::Relative(_) | Self::Tbd => None,
        }
    }

    /// Returns whether every day that this date can mean is before every day that `other` can mean.
    ///
    /// Moments are compared by the clock where neither or both have an offset.
    pub fn certainly_before(&self, other: &Self) -> bool {
        if let (Self::Moment(one), Self::Moment(than)) = (self, other)
            && let Some(order) = one.compare(*than)
        {
            return order.is_lt();
        }
        match (self.reach(), other.reach()) {
            (Some(days), Some(than)) => days.certainly_before(than),
            _ => false,
        }
    }

    /// Returns whether every day that this date can mean is after every day that `other` can mean.
    pub fn certainly_after(&self, other: &Self) -> bool {
        other.certainly_before(self)
    }

    /// Returns the days that the date can mean in any zone: an explicit offset may make it the day before or after.
    fn reach(&self) -> Option<DayRange> {
        let days = self.days()?;
        match self {
            Self::Moment(Moment {
                offset: Some(_), ..
            }) => Some(DayRange::new(days.first.previous(), days.last.next())),
            _ => Some(days),
        }
    }
}

fn between(text: &str, first: Day, last: Day) -> Result<Date, ValueError> {
    if last < first {
        let message = format!("{last} is before {first}");
        return Err(ValueError::new(INVALID_DATE, message, 0..text.len())
            .hint("write the earlier day first"));
    }
    Ok(Date::Coarse(Coarse::Between(DayRange::new(first, last))))
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Moment> for Date {
    fn from(moment: Moment) -> Self {
        Self::Moment(moment)
    }
}

impl From<DayRange> for Date {
    fn from(days: DayRange) -> Self {
        days.exact()
            .map_or(Self::Coarse(Coarse::Between(days)), Self::Day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Moment(moment) => moment.fmt(f),
            Self::Coarse(coarse) => coarse.fmt(f),
            Self::Relative(relative) => relative.fmt(f),
            Self::Tbd => f.write_str("tbd"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn dates_are_written_one_way() {
        let check = |text, expected: &str| {
            assert_eq!(Date::parse(text).unwrap().to_string(), expected, "{text}");
        };
        check("2026-12-12", "2026-12-12");
        check(" 2026-12-12 ", "2026-12-12");
        check("2024-02-29", "2024-02-29");
        check("2026-12-12 22:00", "2026-12-12 22:00");
        check("2026-12-12T22:00Z", "2026-12-12 22:00Z");
        check("2026-12-12 22:00:30+0100", "2026-12-12 22:00:30+01:00");
        check("2026-12-12 22:00-02:30", "2026-12-12 22:00-02:30");
        check("2026-W50", "2026-W50");
        check("2026-w53", "2026-W53");
        check("2026-12", "2026-12");
        check("2026-Q4", "2026-Q4");
        check("2026", "2026");
        check("2026-12-07..2026-12-13", "2026-12-07..2026-12-13");
        check("tbd", "tbd");
        check("TBD", "tbd");
        check("T", "T");
        check("T-14bd", "T-14bd");
        check("T+2d", "T+2d");
        check("T-PT6H", "T-6h");
        check("code-complete+3bd", "code-complete+3bd");
        check("rc-1-2d", "rc-1-2d");
        check("rc-1+0d", "rc-1+0d");
    }

    #[test]
    fn a_date_is_compared_as_all_that_it_can_mean() {
        let check = |one, than, expected| {
            let (one, than) = (Date::parse(one).unwrap(), Date::parse(than).unwrap());
            assert_eq!(one.certainly_before(&than), expected, "{one} before {than}");
        };
        check("2026-12-11", "2026-12-12", true);
        check("2026-12-12", "2026-12-12", false);
        check("2026-11", "2026-12", true);
        check("2026-12", "2026-12-31", false);
        check("2026-W01", "2026-01-05", true);
        check("2026-W01", "2026", false);
        check("2026-Q3", "2026-10-01", true);
        check("tbd", "2026-10-01", false);
        check("T-3d", "T", false);
        check("2026-12-12 10:00", "2026-12-12 11:00", true);
        check("2026-12-12 10:00Z", "2026-12-12 11:00+01:00", false);
        check("2026-12-12 10:00Z", "2026-12-12 11:30+01:00", true);
        check("2026-12-12 23:00Z", "2026-12-13", false);
        check("2026-12-12 23:00Z", "2026-12-14", true);
    }

    #[test]
    fn what_is_not_a_date_is_explained() {
        let check = |text: &str, rule: &str, wrong: &str, hint: &str| {
            let error = Date::parse(text).unwrap_err();
            assert_eq!(error.rule, format!("value/{rule}"), "{text}: {error}");
            assert_eq!(&text[error.range.clone()], wrong, "{text}: {error}");
            assert!(
                error.hint.clone().unwrap().contains(hint),
                "{text}: {error:?}"
            );
        };
        check("2025-30-01", "invalid-date", "30-01", "`2025-01-30`");
        check(
            "03.04.2026",
            "invalid-date",
            "03.04.2026",
            "`2026-04-03` or `2026-03-04`",
        );
        check(
            "code-complete",
            "invalid-date",
            "code-complete",
            "`code-complete+0d`",
        );
        check("today", "invalid-date", "today", "`tbd`");
        check("12.12.26", "invalid-date", "12.12.26", "`2026-W50`");
        check("2026-12-12 10:00 PM", "unknown-zone", "PM", "offset");
        check("2026-12-12 22:00 CET", "unknown-zone", "CET", "`timezone:`");
        check(
            "2026-12-13..2026-12-12",
            "invalid-date",
            "2026-12-13..2026-12-12",
            "earlier day first",
        );
        check("2026-06-31", "impossible-date", "31", "`2026-06-30`");
        check("2026-02-29 10:00", "impossible-date", "29", "`2026-02-28`");
        check("2025-W53", "impossible-date", "53", "`2025-W52`");
        check("2026-Q5", "impossible-date", "5", "`2026-Q4`");
        check("2026-13", "impossible-date", "13", "01 to 12");
        check("2026-00-10", "impossible-date", "00", "01 to 12");
        check("0206-12-12", "impossible-date", "0206", "four digits");
        check("2026-12-12 25:00", "impossible-date", "25", "00 to 23");
        check("2026-12-12 24:00", "impossible-date", "24", "next day");
        check("2026-12-12 22:61", "impossible-date", "61", "00 to 59");
        check(
            "2026-12-12 22:00+15:00",
            "impossible-date",
            "+15:00",
            "+14:00",
        );
        check("T-14", "invalid-duration", "14", "`14bd`");
        check("T+1mo", "invalid-duration", "1mo", "weeks or days");
        check("", "invalid-date", "", "`tbd`");
    }

    #[test]
    fn a_date_with_one_meaning_is_rewritten() {
        let check = |text: &str, expected: &str| {
            let error = Date::parse(text).unwrap_err();
            assert_eq!(
                error.replacement.as_deref(),
                Some(expected),
                "{text}: {error:?}"
            );
        };
        check("2026/12/12", "2026-12-12");
        check("12.12.2026", "2026-12-12");
        check("24/12/2026", "2026-12-24");
        check("12/24/2026 9:00", "2026-12-24 09:00");
        check("2026-1-5", "2026-01-05");
        check("20261212", "2026-12-12");
        check("12 December 2026", "2026-12-12");
        check("Sat, Dec 12th, 2026", "2026-12-12");
        check("December 2026", "2026-12");
        check("12/2026", "2026-12");
        check("Q4 2026", "2026-Q4");
        check("2026Q4", "2026-Q4");
        check("2026-W5", "2026-W05");
        check("2026-12-12 9:00", "2026-12-12 09:00");
        check("2026-12-12 22:00 +01:00", "2026-12-12 22:00+01:00");
        check("2026-12-12T22:00:00.000Z", "2026-12-12 22:00Z");
        check("t-14bd", "T-14bd");
        check(" T - 14bd", " T-14bd");
        check("tba", "tbd");
    }
}
