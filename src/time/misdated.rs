//! Explains what is not a date: people write dates in many ways, and most of them have only one meaning.

use super::date::Date;
use super::error::ValueError;
use super::error::rule::INVALID_DATE;
use super::names::{month_named, weekday_named};
use super::relative::{Relative, is_id};

/// Says why `text` is not a date, and how the date that it seems to be would be written.
pub(super) fn explained(text: &str) -> ValueError {
    let error = ValueError::new(
        INVALID_DATE,
        format!("`{text}` is not a date"),
        0..text.len(),
    );
    if let Some(word) = word_for_a_date(text) {
        return word;
    }
    let compact: String = text.split_whitespace().collect();
    if compact != text && matches!(Relative::read(&compact), Some(Ok(_))) {
        return error.meant(compact);
    }
    match meanings(text).as_slice() {
        [] => error.hint(forms(text)),
        [only] => error.meant(only.to_string()),
        several => {
            let written: Vec<String> = several.iter().map(|date| format!("`{date}`")).collect();
            error.hint(format!("write {}", written.join(" or ")))
        }
    }
}

/// Explains the words that stand for a date in speech.
fn word_for_a_date(text: &str) -> Option<ValueError> {
    let error = ValueError::new(
        INVALID_DATE,
        format!("`{text}` is not a date"),
        0..text.len(),
    );
    match text.to_ascii_lowercase().as_str() {
        "" => Some(
            ValueError::new(INVALID_DATE, "the date is empty", 0..0)
                .hint("write `tbd` for a date that is not decided"),
        ),
        "tba" | "tbc" | "?" | "??" | "???" | "unknown" | "n/a" => Some(error.meant("tbd")),
        "today" | "now" | "tomorrow" | "yesterday" | "asap" | "soon" => {
            Some(error.hint("a plan means the same tomorrow: write the day itself, or `tbd`"))
        }
        _ => None,
    }
}

fn forms(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if text.contains(':') && (lower.ends_with("am") || lower.ends_with("pm")) {
        return "write the hours from 00 to 23, as in `2026-12-12 22:00`".to_owned();
    }
    if is_id(text) {
        return format!(
            "write a day such as `2026-12-12`, or `{text}+0d` for the day of that milestone"
        );
    }
    "write it as `2026-12-12`, `2026-12-12 22:00`, `2026-W50`, `2026-12`, `2026-Q4`, `T-14bd` or `tbd`".to_owned()
}

/// Returns the dates that `text` can mean.
fn meanings(text: &str) -> Vec<Date> {
    let (date, time) = without_time(text);
    let mut meanings: Vec<Date> = writings(date)
        .into_iter()
        .filter_map(|writing| Date::of_calendar(&format!("{writing}{time}"))?.ok())
        .collect();
    meanings.dedup();
    meanings
}

/// Splits `12/12/2026 9:00 Z` into its date and ` 09:00Z`. Without a time the second part is empty.
fn without_time(text: &str) -> (&str, String) {
    let Some(colon) = text.find(':') else {
        return (text, String::new());
    };
    let date = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    let hour = &text[date.len()..colon];
    let rest = &text[colon..];
    let clock = rest
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(rest.len());
    let (minutes, offset) = rest.split_at(clock);
    let offset = match offset.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches('0'),
        None => offset.trim(),
    };
    let date = date.strip_suffix(['T', 't']).unwrap_or(date);
    (date, format!(" {hour:0>2}{minutes}{offset}"))
}

/// Returns the ways in which our own writing could say `date`. Not all of them exist in the calendar.
fn writings(date: &str) -> Vec<String> {
    let (numbers, words) = pieces(date);
    let word = match words.as_slice() {
        [] => None,
        [word] => Some(word.as_str()),
        _ => return Vec::new(),
    };
    let month = word.and_then(month_named);
    let day = |year: &str, month: &str, day: &str| format!("{year}-{month:0>2}-{day:0>2}");
    let is_year = |number: &str| number.len() == 4;
    match (word, numbers.as_slice()) {
        (None, [y, m, d]) if is_year(y) => vec![day(y, m, d), day(y, d, m)]
            .into_iter()
            .find(|writing| matches!(Date::of_calendar(writing), Some(Ok(_))))
            .into_iter()
            .collect(),
        (None, [d, m, y]) if is_year(y) => vec![day(y, m, d), day(y, d, m)],
        (None, [y, m] | [m, y]) if is_year(y) => vec![format!("{y}-{m:0>2}")],
        (None, [all]) if all.len() == 8 => vec![day(&all[..4], &all[4..6], &all[6..])],
        (Some(_), [y, d] | [d, y]) if is_year(y) && month.is_some() => {
            vec![day(y, &month.unwrap_or(0).to_string(), d)]
        }
        (Some(_), [y]) if is_year(y) && month.is_some() => {
            vec![format!("{y}-{:02}", month.unwrap_or(0))]
        }
        (Some("q" | "quarter"), [y, q] | [q, y]) if is_year(y) => vec![format!("{y}-Q{q}")],
        (Some("w" | "week" | "cw" | "kw"), [y, w] | [w, y]) if is_year(y) => {
            vec![format!("{y}-W{w:0>2}")]
        }
        _ => Vec::new(),
    }
}

/// Returns the runs of digits and the meaningful words, in lower case; weekdays, `of` and `12th` add nothing.
fn pieces(text: &str) -> (Vec<&str>, Vec<String>) {
    let numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .map(str::to_lowercase)
        .filter(|word| !["", "st", "nd", "rd", "th", "of", "the"].contains(&word.as_str()))
        .filter(|word| weekday_named(word).is_none())
        .collect();
    (numbers, words)
}
