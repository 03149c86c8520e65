//! The portal's language: its direction and its words.
//!
//! The code speaks English. A theme's `words/<language>.txt` holds lines `English = translation`; what it does not
//! translate stays English. The way in which a date is written is a phrase like any other
//! (`{weekday} {day} {month} {year} = {weekday}, {day}. {month} {year}`), so a language is added by adding one file.

use std::fmt::{Display, Write};

use jiff::civil::Weekday;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 11] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi",
];

/// Regions whose weeks begin on Sunday.
const SUNDAY_FIRST: [&str; 17] = [
    "BR", "CA", "CO", "HK", "IL", "IN", "JP", "KR", "MX", "PE", "PH", "SA", "TH", "TW", "US", "VE",
    "ZA",
];

/// Regions whose weeks begin on Saturday.
const SATURDAY_FIRST: [&str; 9] = ["BH", "DZ", "EG", "IQ", "IR", "JO", "KW", "OM", "QA"];

/// The way in which a language's lines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Direction {
    /// Left to right.
    #[serde(rename = "ltr")]
    LeftToRight,
    /// Right to left.
    #[serde(rename = "rtl")]
    RightToLeft,
}

/// A line of a `words/` file that is not `English = translation`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not of the form `English = translation`")]
pub struct WordsError {
    /// The line, counted from 1.
    pub line: usize,
}

/// A language, its direction and its words.
#[derive(Clone, Debug)]
pub struct Locale {
    tag: String,
    /// From English; `None` for a language that no `words/` file describes.
    words: Option<FxHashMap<String, String>>,
}

impl Locale {
    /// Returns the locale `tag` (BCP 47: `de`, `en-GB`) as described by the text of its `words/` file.
    ///
    /// # Errors
    /// The first line that is neither blank, a `#` comment nor `English = translation`.
    pub fn new(tag: &str, words: Option<&str>) -> Result<Self, WordsError> {
        let words = match words {
            Some(text) => Some(parse(text)?),
            None => (language(tag) == "en").then(FxHashMap::default),
        };
        Ok(Self {
            tag: tag.to_owned(),
            words,
        })
    }

    /// Returns the language tag, for `<html lang>`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Returns the direction of the language's lines.
    pub fn direction(&self) -> Direction {
        if RIGHT_TO_LEFT.contains(&language(&self.tag)) {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        }
    }

    /// Returns the day on which a week begins where the language is read: a region decides, and without one Monday, as
    /// the international standard has it; in Hebrew and Arabic the days of work begin on Sunday.
    pub fn first_weekday(&self) -> Weekday {
        let region = self
            .tag
            .split(['-', '_'])
            .skip(1)
            .find(|part| part.len() == 2);
        match (
            region.map(str::to_ascii_uppercase).as_deref(),
            language(&self.tag),
        ) {
            (Some(region), _) if SUNDAY_FIRST.contains(&region) => Weekday::Sunday,
            (Some(region), _) if SATURDAY_FIRST.contains(&region) => Weekday::Saturday,
            (None, "he" | "ar") => Weekday::Sunday,
            _ => Weekday::Monday,
        }
    }

    /// Returns whether the language's words, and so its dates, are known.
    pub fn is_known(&self) -> bool {
        self.words.is_some()
    }

    /// Returns the translation of a label, or the label itself.
    pub fn word<'a>(&'a self, english: &'a str) -> &'a str {
        self.words
            .as_ref()
            .and_then(|words| words.get(english))
            .map_or(english, String::as_str)
    }

    /// Returns a translated sentence with each `{name}` replaced by its value.
    ///
    /// A translation may be given for a sentence with its numbers filled in (`in 2 days = in zwei Tagen`), which is how
    /// singular, dual and the like are written; it comes before the general one (`in {n} days`).
    pub fn phrase(&self, english: &str, values: &[(&str, &dyn Display)]) -> String {
        let filled = fill(english, values);
        if self.words.as_ref().is_none_or(FxHashMap::is_empty) {
            return filled;
        }
        let exact = self.word(&filled);
        if exact == filled {
            fill(self.word(english), values)
        } else {
            exact.to_owned()
        }
    }
}

/// Returns the language of a tag: `en` of `en-GB`.
fn language(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Reads the lines `English = translation`.
fn parse(text: &str) -> Result<FxHashMap<String, String>, WordsError> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(line, text)| {
            let (english, translation) = text.split_once('=').ok_or(WordsError { line })?;
            Ok((english.trim().to_owned(), translation.trim().to_owned()))
        })
        .collect()
}

/// Replaces each `{name}` of `pattern` by its value; an unknown name stays as it is.
fn fill(pattern: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        match values.iter().find(|(name, _)| *name == &rest[1..close]) {
            // Writing to a `String` does not fail.
            Some((_, value)) => _ = write!(filled, "{value}"),
            None => filled.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn phrases_are_filled_in_the_portal_language() {
        let words = "# a comment\nin {n} days = in {n} Tagen\nin 2 days = übermorgen\nGates = Tore";
        let german = Locale::new("de-AT", Some(words)).unwrap();
        assert_eq!(german.word("Gates"), "Tore");
        assert_eq!(german.word("Risks"), "Risks");
        assert_eq!(german.phrase("in {n} days", &[("n", &3)]), "in 3 Tagen");
        assert_eq!(german.phrase("in {n} days", &[("n", &2)]), "übermorgen");
        assert_eq!(german.phrase("{n} of {m", &[("n", &2)]), "2 of {m");
        assert_eq!(Locale::new("de", Some("Gates\n")).unwrap_err().line, 1);
        assert_eq!(
            Locale::new("he", None).unwrap().direction(),
            Direction::RightToLeft
        );
    }
}
