//! A day of the calendar, and the range of days that a vaguer date can mean.

use std::fmt;

use jiff::{ToSpan, civil};

use super::error::rule::{IMPOSSIBLE_DATE, INVALID_DATE};
use super::error::{ValueError, trimmed};
use super::names::month_name;
use super::scanner::{Number, Scanner};

/// A whole day, written `2026-12-12`. Which instants it covers depends on a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub civil::Date);

impl Day {
    /// Reads a day, and nothing vaguer or sharper.
    ///
    /// # Errors
    /// `value/invalid-date` for another form, `value/impossible-date` for a day that the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, |text| {
            let mut scanner = Scanner::new(text);
            let day = Self::read(&mut scanner);
            day.filter(|_| scanner.is_done()).unwrap_or_else(|| {
                Err(ValueError::new(
                    INVALID_DATE,
                    format!("`{text}` is not a day"),
                    0..text.len(),
                )
                .hint("write year, month and day as in `2026-12-12`"))
            })
        })
    }

    /// Returns the day `count` days later; earlier when negative. None past the ends of the calendar.
    pub fn plus(self, count: i64) -> Option<Self> {
        let span = jiff::Span::new().try_days(count).ok()?;
        self.0.checked_add(span).ok().map(Self)
    }

    /// Returns the day after, or this one at the end of the calendar.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.day()))
    }

    /// Returns the day before, or this one at the start of the calendar.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(1.day()))
    }

    /// Returns the number of days from this day to `other`; negative if `other` is earlier.
    pub fn until(self, other: Self) -> i64 {
        // Days between civil dates are whole multiples of 24 hours: civil time has no zone.
        self.0.duration_until(other.0).as_secs() / 86_400
    }

    /// Returns the weekday.
    pub fn weekday(self) -> civil::Weekday {
        self.0.weekday()
    }

    /// Reads `YYYY-MM-DD`; none if the text does not have that shape.
    pub(super) fn read(scanner: &mut Scanner<'_>) -> Option<Result<Self, ValueError>> {
        let (year, month, day) = scanner.attempt(|scanner| {
            let year = scanner.number(4..=4)?;
            scanner.eat("-")?;
            let month = scanner.number(2..=2)?;
            scanner.eat("-")?;
            Some((year, month, scanner.number(2..=2)?))
        })?;
        Some(Self::checked(&year, &month, &day))
    }

    fn checked(year: &Number, month: &Number, day: &Number) -> Result<Self, ValueError> {
        let (y, m, d) = (year.value, month.value, day.value);
        if m > 12 && (1..=12).contains(&d) {
            let message = format!("{m} is not a month: the day seems to stand before the month");
            return Err(
                ValueError::new(INVALID_DATE, message, month.range.start..day.range.end)
                    .hint(format!("write year, month, day: `{y:04}-{d:02}-{m:02}`")),
            );
        }
        let (y, m) = (checked_year(year)?, checked_month(month)?);
        let first = civil::Date::new(y, m, 1).map_err(|_| no_such_month(month))?;
        i8::try_from(d)
            .ok()
            .and_then(|d| civil::Date::new(y, m, d).ok())
            .map(Self)
            .ok_or_else(|| no_such_day(first, day))
    }
}

/// Returns the year, which must be one that a plan can speak of.
pub(super) fn checked_year(year: &Number) -> Result<i16, ValueError> {
    i16::try_from(year.value)
        .ok()
        .filter(|&value| value >= 1900)
        .ok_or_else(|| {
            let message = format!("the year {:04} is before 1900", year.value);
            ValueError::new(IMPOSSIBLE_DATE, message, year.range.clone())
                .hint("write the year with its four digits")
        })
}

/// Returns the month, 1 to 12.
pub(super) fn checked_month(month: &Number) -> Result<i8, ValueError> {
    i8::try_from(month.value)
        .ok()
        .filter(|value| (1..=12).contains(value))
        .ok_or_else(|| no_such_month(month))
}

fn no_such_month(month: &Number) -> ValueError {
    let message = format!("there is no month {}", month.value);
    ValueError::new(IMPOSSIBLE_DATE, message, month.range.clone()).hint("months run from 01 to 12")
}

fn no_such_day(first: civil::Date, day: &Number) -> ValueError {
    let (month, last) = (month_name(first.month()), first.days_in_month());
    let message = format!(
        "{month} {} has {last} days, there is no day {}",
        first.year(),
        day.value
    );
    ValueError::new(IMPOSSIBLE_DATE, message, day.range.clone())
        .hint(format!("the last one is `{}`", first.last_of_month()))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The days that a date can mean, from the earliest to the latest, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// The earliest day.
    pub first: Day,
    /// The latest day, never before the first.
    pub last: Day,
}

impl DayRange {
    /// Returns the days from one end to the other, in whichever order they are given.
    pub fn new(one: Day, other: Day) -> Self {
        Self {
            first: one.min(other),
            last: one.max(other),
        }
    }

    /// Returns the range of one day.
    pub fn day(day: Day) -> Self {
        Self::new(day, day)
    }

    /// Returns the day, if there is only one.
    pub fn exact(self) -> Option<Day> {
        (self.first == self.last).then_some(self.first)
    }

    /// Returns how many days the range has, at least one.
    pub fn count(self) -> i64 {
        self.first.until(self.last) + 1
    }

    /// Returns whether `day` is one of the days.
    pub fn contains(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Returns whether both ranges share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Returns whether every day of this range is before every day of `other`: no choice of days could reverse it.
    pub fn certainly_before(self, other: Self) -> bool {
        self.last < other.first
    }

    /// Returns whether every day of this range is after every day of `other`: no choice of days could reverse it.
    pub fn certainly_after(self, other: Self) -> bool {
        other.certainly_before(self)
    }

    /// Returns the smallest range that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }
}
