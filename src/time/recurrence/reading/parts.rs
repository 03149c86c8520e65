//! The parts of a recurrence rule, `NAME=value` with semicolons between.

use std::ops::Range;

use crate::text::nearest;
use crate::time::error::ValueError;
use crate::time::error::rule::INVALID_RECURRENCE;

const NAMES: [&str; 11] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "WKST",
];

/// One `NAME=value` of a rule.
struct Part<'a> {
    /// In capitals.
    name: String,
    value: &'a str,
    /// Where the part stands in the rule.
    range: Range<usize>,
}

/// All parts of a rule, each name once.
pub(super) struct Parts<'a> {
    text: &'a str,
    parts: Vec<Part<'a>>,
}

impl<'a> Parts<'a> {
    /// Splits a rule into its parts.
    pub(super) fn read(text: &'a str) -> Result<Self, ValueError> {
        let mut parts = Self {
            text,
            parts: Vec::new(),
        };
        let mut at = 0;
        for written in text.split(';') {
            let range = at..at + written.len();
            at = range.end + 1;
            let Some((name, value)) = written.split_once('=') else {
                let message = format!("`{written}` is not a part of a recurrence rule");
                return Err(ValueError::new(INVALID_RECURRENCE, message, range)
                    .hint("write parts such as `FREQ=WEEKLY;BYDAY=SA`"));
            };
            let part = Part {
                name: name.to_ascii_uppercase(),
                value,
                range,
            };
            if let Some(error) = parts.unwelcome(&part) {
                return Err(error);
            }
            parts.parts.push(part);
        }
        Ok(parts)
    }

    fn get(&self, name: &str) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// Returns what `read` makes of the value of a part, or none if the rule does not have that part.
    pub(super) fn value<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Result<Option<T>, ValueError> {
        let Some(part) = self.get(name) else {
            return Ok(None);
        };
        let range = part.range.end - part.value.len()..part.range.end;
        read(part.value)
            .map(Some)
            .map_err(|error| error.within(self.text, range))
    }

    /// Returns where a part stands in the rule; all of the rule if it does not have that part.
    pub(super) fn range(&self, name: &str) -> Range<usize> {
        self.get(name)
            .map_or(0..self.text.len(), |part| part.range.clone())
    }

    /// Says why `part` cannot stand in the rule.
    fn unwelcome(&self, part: &Part<'_>) -> Option<ValueError> {
        let name = part.name.as_str();
        let error = |message| ValueError::new(INVALID_RECURRENCE, message, part.range.clone());
        if ["BYHOUR", "BYMINUTE", "BYSECOND"].contains(&name) {
            let message = format!("`{name}` is not supported: a rule strikes once a day");
            return Some(error(message).hint("the time of day is that of the first start"));
        }
        if self.get(name).is_some() {
            let message = format!("`{name}` stands twice in the rule");
            return Some(
                error(message).hint("write all its values after one `=`, with commas between"),
            );
        }
        if NAMES.contains(&name) {
            return None;
        }
        let hint = match nearest(name, NAMES).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the parts are {}", NAMES.join(", ")),
        };
        Some(error(format!("a recurrence rule has no part `{name}`")).hint(hint))
    }
}
