//! The line of time under a drawing: which days it shows, the names along it, today, and where things lie on it.

use super::agenda::Agenda;
use super::parts::{Tick, When};
use super::view::View;
use crate::time::{Day, DayRange, civil, month_name};

/// Returns the days of so many months from the month `month` of `year` on.
pub(super) fn months(year: i16, month: i8, count: i32) -> Option<DayRange> {
    let first = civil::Date::new(year, month, 1).ok()?;
    let next = first.checked_add(jiff::Span::new().months(count)).ok()?;
    Some(DayRange::new(Day(first), Day(next).previous()))
}

/// Returns the days of a quarter, counted from 1, of `year`.
pub(super) fn quarter(year: i16, quarter: i8) -> Option<DayRange> {
    months(year, quarter * 3 - 2, 3)
}

/// Returns the quarters of `year` in which something of `agenda` takes place.
pub(super) fn quarters(agenda: &Agenda, year: i16) -> Vec<i8> {
    let has_one = |of: &i8| quarter(year, *of).is_some_and(|days| agenda.touches(days));
    (1..=4).filter(has_one).collect()
}

/// Returns what a quarter is called.
pub(super) fn quarter_name(view: &View<'_>, (year, quarter): (i16, i8)) -> String {
    let When { text, .. } = view.portal.dates().quarter(year, quarter);
    text
}

/// Returns the months along `days`: by their names, with the year where one begins.
pub(super) fn ticks(view: &View<'_>, days: DayRange) -> Vec<Tick> {
    let mut ticks = Vec::new();
    let mut month = Day(days.first.0.first_of_month());
    while month <= days.last {
        let name = view.portal.locale.word(&month_name(month.0.month())[..3]);
        let label = match month <= days.first || month.0.month() == 1 {
            true => format!("{name} {}", month.0.year()),
            false => name.to_owned(),
        };
        let at = days.first.until(month.max(days.first));
        ticks.push(Tick { at, label });
        month = Day(month.0.last_of_month()).next();
    }
    ticks
}

/// Returns where the as-of day is on `days`, if it is one of them.
pub(super) fn today(view: &View<'_>, days: DayRange) -> Option<Tick> {
    days.contains(view.as_of()).then(|| Tick {
        at: days.first.until(view.as_of()),
        label: view.portal.locale.word("Today").to_owned(),
    })
}

/// Returns where the part of `shown` that lies in `days` starts on them, and where it ends, that day not included.
pub(super) fn place(days: DayRange, shown: DayRange) -> Option<(i64, i64)> {
    days.overlaps(shown).then(|| {
        (
            days.first.until(shown.first.max(days.first)),
            days.first.until(shown.last.min(days.last)) + 1,
        )
    })
}
