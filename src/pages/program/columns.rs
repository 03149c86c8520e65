//! The columns of a board: weeks, months, quarters or years, whichever lets the whole train be seen at once.

use crate::pages::view::View;
use crate::time::{Day, DayRange, civil};

/// How many weeks and how many months or quarters are told one by one.
const MOST_WEEKS: i64 = 13;
const MOST_MONTHS: i32 = 18;

/// The length of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Week,
    Month,
    Quarter,
    Year,
}

/// The columns of a board.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The first day of each, in order; the last one ends where the day after it begins.
    starts: Vec<Day>,
    /// Their names, in the portal's language, with that of what has no date at the end.
    pub(super) names: Vec<String>,
}

impl Columns {
    /// Returns the columns for things on `days`; `is_open` says whether some have none.
    pub(super) fn of(view: &View<'_>, days: &[Day], open: Option<&'static str>) -> Self {
        let range = days
            .iter()
            .map(|&day| DayRange::day(day))
            .reduce(DayRange::to);
        let mut columns = Self::default();
        if let Some(range) = range {
            let unit = unit(range);
            let mut start = begin(view, unit, range.first);
            while start <= range.last && columns.starts.len() < 40 {
                columns.starts.push(start);
                columns.names.push(name(view, unit, start));
                start = next(unit, start);
            }
        }
        let open = open.map(|word| view.portal.locale.word(word).to_owned());
        columns.names.extend(open);
        columns
    }

    /// Returns the column of something on `day`; what is before or after all stands in the first or the last one, and
    /// what has no day behind them.
    pub(super) fn at(&self, day: Option<Day>) -> usize {
        match day {
            Some(day) => self
                .starts
                .partition_point(|start| *start <= day)
                .saturating_sub(1),
            None => self.names.len().saturating_sub(1),
        }
    }

    /// Returns the column of today, if it has one.
    pub(super) fn today(&self, view: &View<'_>) -> Option<usize> {
        let today = view.as_of();
        let first = *self.starts.first()?;
        let last = *self.starts.last()?;
        // The last column is as long as the one before it, or nearly.
        let length = match self.starts.len().checked_sub(2) {
            Some(at) => self.starts[at].until(last),
            None => 7,
        };
        let is_within = first <= today && last.until(today) < length;
        is_within.then(|| self.at(Some(today)))
    }
}

fn unit(range: DayRange) -> Unit {
    let (first, last) = (range.first.0, range.last.0);
    let months = (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month())
        - i32::from(first.month())
        + 1;
    match range.count() / 7 + 1 {
        ..=MOST_WEEKS => Unit::Week,
        _ if months <= MOST_MONTHS => Unit::Month,
        _ if months <= MOST_MONTHS * 3 => Unit::Quarter,
        _ => Unit::Year,
    }
}

/// Returns the first day of the column in which `day` is.
fn begin(view: &View<'_>, unit: Unit, day: Day) -> Day {
    let date = day.0;
    let first = |month| civil::Date::new(date.year(), month, 1).map_or(day, Day);
    match unit {
        Unit::Week => {
            let monday = view.portal.locale.first_weekday();
            let since = date.weekday().since(monday);
            day.plus(-i64::from(since)).unwrap_or(day)
        }
        Unit::Month => first(date.month()),
        Unit::Quarter => first((date.month() - 1) / 3 * 3 + 1),
        Unit::Year => first(1),
    }
}

fn next(unit: Unit, start: Day) -> Day {
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Week => span.days(7),
        Unit::Month => span.months(1),
        Unit::Quarter => span.months(3),
        Unit::Year => span.years(1),
    };
    start.0.checked_add(span).map_or(Day(civil::Date::MAX), Day)
}

fn name(view: &View<'_>, unit: Unit, start: Day) -> String {
    let (dates, date) = (view.portal.dates(), start.0);
    match unit {
        Unit::Week => dates.week_of(date),
        Unit::Month => dates.month(date.year(), date.month()).text,
        Unit::Quarter => dates.quarter(date.year(), (date.month() - 1) / 3 + 1).text,
        Unit::Year => dates.year(date.year()).text,
    }
}
