//! What the fields of a document say, whatever its kind: the same walk for all of them, over what `plan.json` has.

use serde_json::Value;

use super::entry::{Level, Words};
use crate::plan::{DocId, Kind, Plan};
use crate::time::{Date, Day};

/// The keys whose values nobody searches for: addresses, digests, and what repeats.
const SILENT: &[&str] = &[
    "url",
    "uri",
    "sha256",
    "file",
    "path",
    "repository",
    "library",
    "repeats",
    "run",
    "status",
];

/// The keys of a document's own fields by which it is known as well as by its title.
const NAMES: &[&str] = &["version", "name", "email", "handle"];

/// The keys by which a part of a document is known.
const PARTS: &[&str] = &["id", "title", "version", "name"];

/// The kinds that pass: a train has left, a freeze is over. The others stay what they are.
const PASSING: &[Kind] = &[
    Kind::Train,
    Kind::Release,
    Kind::Milestone,
    Kind::Turnover,
    Kind::Change,
    Kind::Approval,
    Kind::Freeze,
    Kind::Exception,
    Kind::Note,
    Kind::Review,
];

/// Returns the fields of the own kind of the document `id`.
pub(super) fn of(plan: &Plan, id: DocId) -> Value {
    // A document whose fields cannot be written as JSON is found by its title.
    serde_json::to_value(&plan.document(id).detail).unwrap_or_default()
}

/// Adds what `fields`, the own fields of a document, say to `words`.
pub(super) fn say(fields: &Value, words: &mut Words) {
    let Value::Object(fields) = fields else {
        return;
    };
    for (key, value) in fields {
        match value {
            Value::String(text) if NAMES.contains(&key.as_str()) => words.add(text, Level::Name),
            value => say_inside(key, value, words),
        }
    }
}

fn say_inside(key: &str, value: &Value, words: &mut Words) {
    match value {
        _ if SILENT.contains(&key) => {}
        Value::String(text) if dates(text).is_some() && !PARTS.contains(&key) => {}
        Value::String(text) if PARTS.contains(&key) => words.add(text, Level::Mention),
        Value::String(text) => words.add(text, Level::Field),
        Value::Array(values) => values
            .iter()
            .for_each(|value| say_inside(key, value, words)),
        Value::Object(values) => values
            .iter()
            .for_each(|(key, value)| say_inside(key, value, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The longest age that counts, in quarters of a year.
const OLDEST: i64 = 31;

/// Returns for how many quarters of a year the document `id` has been a thing of the past, as of `day`: 0 for what is to
/// come, has no date, or does not pass.
pub(super) fn age(plan: &Plan, id: DocId, fields: &Value, day: Day) -> u32 {
    const QUARTER: i64 = 91;
    let document = plan.document(id);
    if !PASSING.contains(&document.kind) || fields.get("repeats").is_some() {
        return 0;
    }
    let above = document.belongs.release.or(document.belongs.train);
    let last = last_day(fields).or_else(|| last_day(&of(plan, above?)));
    let age = last.map_or(0, |last| last.until(day) / QUARTER);
    u32::try_from(age.clamp(0, OLDEST)).unwrap_or_default()
}

/// Returns the last day that is named in `value`.
fn last_day(value: &Value) -> Option<Day> {
    match value {
        Value::String(text) => dates(text),
        Value::Array(values) => values.iter().filter_map(last_day).max(),
        Value::Object(values) => values.values().filter_map(last_day).max(),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Returns the last day of the date or the interval that `text` is, or none when it is neither.
fn dates(text: &str) -> Option<Day> {
    let begins = text
        .get(..5)
        .is_some_and(|year| year.ends_with('-') && year[..4].bytes().all(|it| it.is_ascii_digit()));
    if !begins {
        return None;
    }
    let day = |text: &str| Some(Date::parse(text).ok()?.days()?.last);
    text.split('/').filter_map(day).max()
}
