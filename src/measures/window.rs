//! The days that measures look at, and their months and quarters.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::time::{Day, DayRange};

/// How many months a quarter has.
const QUARTER: i32 = 3;

/// Returns the window before `day`: the quarter of it so far, and the four whole quarters before.
pub(super) fn before(day: Day) -> DayRange {
    let into = (i32::from(day.0.month()) - 1) % QUARTER;
    let start = day
        .0
        .first_of_month()
        .saturating_sub((into + 4 * QUARTER).months());
    DayRange::new(Day(start), day)
}

/// Returns the months of `window`, in order; the last one ends with it.
pub fn months(window: DayRange) -> Vec<DayRange> {
    parts(window, 1)
}

/// Returns the quarters of `window`, in order; the last one ends with it.
pub fn quarters(window: DayRange) -> Vec<DayRange> {
    parts(window, QUARTER)
}

fn parts(window: DayRange, months: i32) -> Vec<DayRange> {
    let next = |start: &Date| start.checked_add(months.months()).ok();
    let starts = std::iter::successors(Some(window.first.0), next);
    let starts = starts.take_while(|start| *start <= window.last.0);
    let part = |start: Date| {
        let last = next(&start).map_or(window.last, |next| Day(next).previous());
        DayRange::new(Day(start), last.min(window.last))
    };
    starts.map(part).collect()
}
