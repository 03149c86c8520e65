//! Explains what is not an interval.

use crate::time::date::Date;
use crate::time::error::ValueError;
use crate::time::error::rule::INVALID_INTERVAL;

use super::Interval;

/// Explains an end that is only a time, `2026-12-12 22:00/23:30`.
pub(super) fn clock_only(start: &Date, until: &str) -> Option<ValueError> {
    let Date::Moment(start) = start else {
        return None;
    };
    let until = until.trim();
    let end = Date::parse(&format!("{} {until}", start.day())).ok()?;
    let error = ValueError::new(
        INVALID_INTERVAL,
        format!("the end `{until}` has no day"),
        0..until.len(),
    );
    Some(if Date::Moment(*start).certainly_before(&end) {
        error.meant(end.to_string())
    } else {
        error.hint("write the day of the end as well")
    })
}

/// Explains an interval that is written with something else than a slash.
pub(super) fn no_slash(text: &str) -> ValueError {
    let error = ValueError::new(
        INVALID_INTERVAL,
        format!("`{text}` has no end"),
        0..text.len(),
    );
    let between = [
        "..", " - ", " – ", "–", " — ", " to ", " until ", " -> ", " → ",
    ]
    .into_iter()
    .filter_map(|separator| text.split_once(separator))
    .map(|(from, until)| format!("{}/{}", from.trim(), until.trim()))
    .find(|interval| Interval::parse(interval).is_ok());
    if let Some(interval) = between {
        return error.meant(interval);
    }
    match Date::parse(text) {
        Ok(date @ (Date::Day(_) | Date::Coarse(_))) => error.meant(format!("{date}/{date}")),
        _ => error.hint("write both ends, as in `2026-12-12 22:00/6h` or `2026-12-18/2027-01-04`"),
    }
}

/// Explains slashes inside dates, and what ISO 8601 repeats.
pub(super) fn several_slashes(text: &str) -> ValueError {
    let message = format!("`{text}` has more than one slash");
    ValueError::new(INVALID_INTERVAL, message, 0..text.len()).hint(
        "write dates with dashes, and one slash between start and end, as in `2026-12-18/2027-01-04`",
    )
}
