//! The values of the parts of a recurrence rule.

use std::ops::Range;

use jiff::civil::{Time, Weekday};
use jiff::tz::Offset;

use crate::text::nearest;
use crate::time::day::Day;
use crate::time::error::ValueError;
use crate::time::error::rule::INVALID_RECURRENCE;
use crate::time::names::{weekday_code, weekday_named};
use crate::time::recurrence::{Frequency, Limit, WeekdayOf};

use super::Sign;

/// Every frequency, longest period first.
pub(super) const FREQUENCIES: [Frequency; 4] = [
    Frequency::Yearly,
    Frequency::Monthly,
    Frequency::Weekly,
    Frequency::Daily,
];

/// Reads the value of `FREQ`.
pub(super) fn frequency(value: &str) -> Result<Frequency, ValueError> {
    let upper = value.to_ascii_uppercase();
    let found = FREQUENCIES
        .into_iter()
        .find(|frequency| frequency.as_str() == upper);
    found.ok_or_else(|| {
        if ["HOURLY", "MINUTELY", "SECONDLY"].contains(&upper.as_str()) {
            let message = format!("`FREQ={upper}` is not supported: a rule strikes once a day");
            return wrong(value, message)
                .hint("use `DAILY`, with a duration that covers the hours");
        }
        let error = wrong(value, format!("there is no frequency `{value}`"));
        match nearest(&upper, FREQUENCIES.map(Frequency::as_str)).first() {
            Some(near) => error.meant(*near),
            None => error.hint("the frequencies are YEARLY, MONTHLY, WEEKLY and DAILY"),
        }
    })
}

/// Reads a number of at least 1.
pub(super) fn positive(value: &str) -> Result<u32, ValueError> {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { value.parse().ok() } else { None };
    number.filter(|number| *number > 0).ok_or_else(|| {
        wrong(value, format!("`{value}` is not a positive number")).hint("write 1 or more")
    })
}

/// Reads `20261231`, `20261231T235959` or `20261231T235959Z`.
pub(super) fn end(value: &str) -> Result<Limit, ValueError> {
    let compact: String = value
        .chars()
        .filter(|letter| !matches!(letter, '-' | ':'))
        .map(|letter| {
            if letter == ' ' {
                'T'
            } else {
                letter.to_ascii_uppercase()
            }
        })
        .collect();
    let Some(limit) = until(&compact) else {
        return Err(
            wrong(value, format!("`{value}` is not the end of a recurrence"))
                .hint("write `UNTIL=20261231` or `UNTIL=20261231T220000`"),
        );
    };
    if compact.eq_ignore_ascii_case(value) {
        return Ok(limit);
    }
    Err(wrong(
        value,
        format!("`{value}` has separators, which `UNTIL` never has"),
    )
    .meant(compact))
}

fn until(text: &str) -> Option<Limit> {
    let part = |range: Range<usize>| {
        let digits = text.get(range)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain {
            digits.parse::<i16>().ok()
        } else {
            None
        }
    };
    let small = |range| i8::try_from(part(range)?).ok();
    let year = part(0..4).filter(|year| *year >= 1900)?;
    let day = jiff::civil::Date::new(year, small(4..6)?, small(6..8)?).ok()?;
    if text.len() == 8 {
        return Some(Limit::Day(Day(day)));
    }
    let time = Time::new(small(9..11)?, small(11..13)?, small(13..15)?, 0).ok()?;
    let wall = day.to_datetime(time);
    match (text.get(8..9)?, text.get(15..)?) {
        ("T", "") => Some(Limit::Wall(wall)),
        ("T", "Z") => Some(Limit::Instant(Offset::UTC.to_timestamp(wall).ok()?)),
        _ => None,
    }
}

/// Reads the numbers of the part `name`, which run to `last`.
pub(super) fn numbers(
    list: &str,
    name: &str,
    last: i16,
    sign: Sign,
) -> Result<Vec<i16>, ValueError> {
    let (first, range) = match sign {
        Sign::Plus => (1, format!("1 to {last}")),
        Sign::Either => (-last, format!("1 to {last}, or -1 to -{last} from the end")),
    };
    let mut numbers = each(list, |written| {
        let number = written.parse().ok();
        number
            .filter(|number| *number != 0 && (first..=last).contains(number))
            .ok_or_else(|| {
                wrong(written, format!("`{written}` is out of place in `{name}`"))
                    .hint(format!("its numbers run from {range}"))
            })
    })?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// Reads the value of `BYDAY`.
pub(super) fn weekdays(value: &str) -> Result<Vec<WeekdayOf>, ValueError> {
    let mut found = each(value, |written| {
        let code = written.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
        let number = &written[..written.len() - code.len()];
        let weekday =
            weekday(code).map_err(|error| error.within(written, number.len()..written.len()))?;
        if number.is_empty() {
            return Ok(WeekdayOf {
                ordinal: None,
                weekday,
            });
        }
        let ordinal = number
            .parse()
            .ok()
            .filter(|ordinal: &i16| (1..=53).contains(&ordinal.abs()));
        ordinal
            .map(|ordinal| WeekdayOf {
                ordinal: Some(ordinal),
                weekday,
            })
            .ok_or_else(|| {
                wrong(number, format!("`{number}` is no ordinal of a weekday"))
                    .hint("write `1SA` for the first Saturday, `-1SA` for the last")
            })
    })?;
    found.sort_unstable_by_key(|day| (day.ordinal, day.weekday.to_monday_zero_offset()));
    found.dedup();
    Ok(found)
}

/// Reads the two letters of a weekday.
pub(super) fn weekday(written: &str) -> Result<Weekday, ValueError> {
    let error = || wrong(written, format!("`{written}` is not a weekday"));
    match weekday_named(written) {
        Some(weekday) if written.len() == 2 => Ok(weekday),
        Some(weekday) => Err(error().meant(weekday_code(weekday))),
        None => Err(error().hint("the weekdays are MO, TU, WE, TH, FR, SA, SU")),
    }
}

/// Reads each value of a list with commas.
fn each<T>(
    list: &str,
    mut read: impl FnMut(&str) -> Result<T, ValueError>,
) -> Result<Vec<T>, ValueError> {
    let mut at = 0;
    list.split(',')
        .map(|written| {
            let range = at..at + written.len();
            at = range.end + 1;
            read(written).map_err(|error| error.within(list, range))
        })
        .collect()
}

fn wrong(value: &str, message: String) -> ValueError {
    ValueError::new(INVALID_RECURRENCE, message, 0..value.len())
}
