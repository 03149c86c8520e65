//! One date, so many days later: what it is then, and how it is written.

use std::ops::Range;

use super::Why;
use crate::time::{Coarse, Date, Day, DayRange, Moment};

/// Returns `date` so many `days` later, as exact as it was.
///
/// What is known only to the week, month, quarter or year moves to the one in which the day in its middle lies then.
pub(super) fn moved(date: &Date, days: i64) -> Result<Date, Why> {
    let later = |day: Day| day.plus(days).ok_or(Why::Unwritable);
    match date {
        Date::Day(day) => Ok(Date::Day(later(*day)?)),
        Date::Moment(moment) => {
            let day = later(moment.day())?;
            Ok(Date::Moment(Moment {
                wall: day.0.to_datetime(moment.wall.time()),
                offset: moment.offset,
            }))
        }
        Date::Coarse(Coarse::Between(range)) => Ok(Date::Coarse(Coarse::Between(DayRange::new(
            later(range.first)?,
            later(range.last)?,
        )))),
        Date::Coarse(coarse) => {
            let range = coarse.days();
            let middle = range.first.plus((range.count() - 1) / 2);
            let middle = middle.ok_or(Why::Unwritable)?;
            let after = containing(*coarse, later(middle)?);
            match after == *coarse {
                true => Err(Why::Coarse),
                false => Ok(Date::Coarse(after)),
            }
        }
        Date::Tbd => Err(Why::Open),
        // It follows by itself, and nobody asks.
        Date::Relative(_) => Err(Why::Unwritable),
    }
}

/// Returns what is as coarse as `like` and has `day` in it.
fn containing(like: Coarse, day: Day) -> Coarse {
    let date = day.0;
    match like {
        Coarse::Week { .. } => {
            let week = date.iso_week_date();
            Coarse::Week {
                year: week.year(),
                week: week.week(),
            }
        }
        Coarse::Month { .. } => Coarse::Month {
            year: date.year(),
            month: date.month(),
        },
        Coarse::Quarter { .. } => Coarse::Quarter {
            year: date.year(),
            quarter: (date.month() - 1) / 3 + 1,
        },
        Coarse::Year(_) => Coarse::Year(date.year()),
        Coarse::Between(range) => Coarse::Between(range),
    }
}

/// Returns which bytes of `written`, which holds the date `before`, become which text so that it holds `after`: quotes, the
/// time of day and its offset stay as they are. None when `written` does not hold it plainly.
pub(super) fn replacement(
    written: &str,
    before: &Date,
    after: &Date,
) -> Option<(Range<usize>, String)> {
    let inner = written.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let start = written.find(inner)?;
    if Date::parse(inner).ok()? != *before {
        return None;
    }
    let day = |date: &Date| match date {
        Date::Day(day) => Some(*day),
        Date::Moment(moment) => Some(moment.day()),
        _ => None,
    };
    match (day(before), day(after)) {
        (Some(before), Some(after)) => {
            let before = before.to_string();
            let range = start..start + before.len();
            let is_there = written.get(range.clone()) == Some(&before);
            is_there.then(|| (range, after.to_string()))
        }
        _ => Some((start..start + inner.len(), after.to_string())),
    }
}
