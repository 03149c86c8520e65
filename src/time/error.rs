//! What is wrong with a value as written.

use std::ops::Range;

/// A text that is not the value it should be: the fact, the place in the text, and how to write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ValueError {
    /// Name of the broken rule, `value/…`.
    pub rule: &'static str,
    /// The fact, in lower case and without a full stop.
    pub message: String,
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// What to write instead.
    pub hint: Option<String>,
    /// The whole text written right, where only one meaning is possible.
    pub replacement: Option<String>,
}

impl ValueError {
    /// Returns the error that `message` states about the bytes in `range`.
    pub(super) fn new(rule: &'static str, message: impl Into<String>, range: Range<usize>) -> Self {
        Self {
            rule,
            message: message.into(),
            range,
            hint: None,
            replacement: None,
        }
    }

    /// Returns this error with the action that mends it.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns this error with the only text that can have been meant, which is also its hint when it has none.
    pub(super) fn meant(mut self, replacement: impl Into<String>) -> Self {
        let replacement = replacement.into();
        self.hint
            .get_or_insert_with(|| format!("write `{replacement}`"));
        self.replacement = Some(replacement);
        self
    }

    /// Returns this error of a part as the error of the `whole` text, in which the part takes up `range`.
    pub(super) fn within(mut self, whole: &str, range: Range<usize>) -> Self {
        self.range = self.range.start + range.start..self.range.end + range.start;
        self.replacement = self
            .replacement
            .map(|part| format!("{}{part}{}", &whole[..range.start], &whole[range.end..]));
        self
    }
}

/// Reads `text` without the space around it. An error keeps its rewrite only if that reads well: mending one part is no
/// help while another one is wrong.
pub(super) fn trimmed<T>(
    text: &str,
    read: impl Fn(&str) -> Result<T, ValueError>,
) -> Result<T, ValueError> {
    let body = text.trim();
    let start = text.len() - text.trim_start().len();
    read(body).map_err(|mut error| {
        error.replacement = error.replacement.filter(|text| read(text).is_ok());
        error.within(text, start..start + body.len())
    })
}

/// The names of the rules that this room finds broken.
pub(super) mod rule {
    pub(in crate::time) const INVALID_DATE: &str = "value/invalid-date";
    pub(in crate::time) const IMPOSSIBLE_DATE: &str = "value/impossible-date";
    pub(in crate::time) const NO_ZONE: &str = "value/no-zone";
    pub(in crate::time) const UNKNOWN_ZONE: &str = "value/unknown-zone";
    pub(in crate::time) const INVALID_INTERVAL: &str = "value/invalid-interval";
    pub(in crate::time) const INVALID_DURATION: &str = "value/invalid-duration";
    pub(in crate::time) const INVALID_RECURRENCE: &str = "value/invalid-recurrence";
    pub(in crate::time) const INVALID_VERSION: &str = "value/invalid-version";
}
