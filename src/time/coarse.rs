//! Dates that are known only so far: a week, a month, a quarter, a year. They are never turned into their first day.

use std::fmt;

use jiff::civil;

use super::day::{Day, DayRange, checked_month, checked_year};
use super::error::ValueError;
use super::error::rule::IMPOSSIBLE_DATE;
use super::scanner::{Number, Scanner};

/// A date that is known only so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coarse {
    /// An ISO 8601 week, written `2026-W50`.
    Week {
        /// The week's ISO year, which is not always that of its days.
        year: i16,
        /// 1 to 53.
        week: i8,
    },
    /// A month, written `2026-12`.
    Month {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A quarter, written `2026-Q4`.
    Quarter {
        /// The year.
        year: i16,
        /// 1 to 4.
        quarter: i8,
    },
    /// A year, written `2026`.
    Year(
        /// The year.
        i16,
    ),
    /// One day of several, written `2026-12-07..2026-12-13` as in ISO 8601-2. It is what a date relative to a coarse
    /// one comes to.
    Between(
        /// The days.
        DayRange,
    ),
}

impl Coarse {
    /// Returns the days that it can mean.
    pub fn days(self) -> DayRange {
        match self {
            Self::Week { year, week } => monday(year, week).map_or_else(
                || months(year, 12, 12),
                |first| {
                    DayRange::new(
                        Day(first),
                        Day(first).plus(6).unwrap_or(Day(civil::Date::MAX)),
                    )
                },
            ),
            Self::Month { year, month } => months(year, month, month),
            Self::Quarter { year, quarter } => months(year, quarter * 3 - 2, quarter * 3),
            Self::Year(year) => months(year, 1, 12),
            Self::Between(days) => days,
        }
    }

    /// Reads a coarse date; none if the text has no such shape.
    pub(super) fn read(scanner: &mut Scanner<'_>) -> Option<Result<Self, ValueError>> {
        scanner.attempt(|scanner| {
            let year = scanner.number(4..=4)?;
            if scanner.is_done() {
                return Some(checked_year(&year).map(Self::Year));
            }
            scanner.eat("-")?;
            let make = if scanner.eat("W").is_some() {
                Self::week
            } else if scanner.eat("Q").is_some() {
                let quarter = scanner.number(1..=1)?;
                return scanner.is_done().then(|| Self::quarter(&year, &quarter));
            } else {
                Self::month
            };
            let part = scanner.number(2..=2)?;
            scanner.is_done().then(|| make(&year, &part))
        })
    }

    fn week(year: &Number, week: &Number) -> Result<Self, ValueError> {
        let y = checked_year(year)?;
        i8::try_from(week.value)
            .ok()
            .filter(|&week| monday(y, week).is_some())
            .map(|week| Self::Week { year: y, week })
            .ok_or_else(|| {
                let last = if monday(y, 53).is_some() { 53 } else { 52 };
                let message = format!("{y} has {last} weeks, there is no week {}", week.value);
                ValueError::new(IMPOSSIBLE_DATE, message, week.range.clone())
                    .hint(format!("weeks run from `{y}-W01` to `{y}-W{last}`"))
            })
    }

    fn month(year: &Number, month: &Number) -> Result<Self, ValueError> {
        let year = checked_year(year)?;
        checked_month(month).map(|month| Self::Month { year, month })
    }

    fn quarter(year: &Number, quarter: &Number) -> Result<Self, ValueError> {
        let year = checked_year(year)?;
        i8::try_from(quarter.value)
            .ok()
            .filter(|quarter| (1..=4).contains(quarter))
            .map(|quarter| Self::Quarter { year, quarter })
            .ok_or_else(|| {
                let message = format!("there is no quarter {}", quarter.value);
                ValueError::new(IMPOSSIBLE_DATE, message, quarter.range.clone())
                    .hint(format!("quarters run from `{year}-Q1` to `{year}-Q4`"))
            })
    }
}

/// Returns the Monday of an ISO week, if the year has that week.
fn monday(year: i16, week: i8) -> Option<civil::Date> {
    civil::ISOWeekDate::new(year, week, civil::Weekday::Monday)
        .ok()
        .map(civil::ISOWeekDate::date)
}

fn months(year: i16, first: i8, last: i8) -> DayRange {
    let month = |month| civil::Date::new(year, month, 1).unwrap_or(civil::Date::MAX);
    DayRange::new(Day(month(first)), Day(month(last).last_of_month()))
}

impl fmt::Display for Coarse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Between(days) => write!(f, "{}..{}", days.first, days.last),
        }
    }
}
