//! Diagnostics for readers: one file per format, from a drawing for a terminal to what forges and test runners read.
//!
//! [`FORMATS`] is the registry: a new format is one file and one line in it. A format takes a [`Report`] and writes
//! text; it judges nothing, reads no file and asks for no terminal: how to draw is part of what it is given.
//! All formats say the same: 1-based lines, columns in Unicode scalar values, exclusive ends, paths with forward
//! slashes, diagnostics in the order in which they came.

pub mod answers;

mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod sarif;
mod short;

mod fingerprint;
mod place;
mod plain;

#[cfg(test)]
mod fixture;

use std::io::{self, Write};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Sources;

/// Every format, in the order in which help lists them; the first is the default.
pub static FORMATS: &[Format] = &[
    human::FORMAT,
    short::FORMAT,
    json::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    junit::FORMAT,
];

/// Returns the JSON Schema of what the format `json` writes.
pub fn schema() -> serde_json::Value {
    json::schema().to_value()
}

/// A way to write a report.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// Who reads it, in a few words for help.
    pub about: &'static str,
    /// Writes the report; fails only when the writer does.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

impl Format {
    /// Returns the format that `--format` calls `name`.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

/// What one run of the checks has to say.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The diagnostics, sorted by file, line, column and rule.
    pub diagnostics: &'a [Diagnostic],
    /// The files that the diagnostics point into.
    pub sources: &'a Sources,
    /// How many documents were checked.
    pub documents: usize,
    /// The day on which the plan was judged.
    pub as_of: Date,
    /// The plan's folder as seen from the root of its repository, such as `docs/plan/`, or empty: forges name files
    /// from there.
    pub folder: &'a str,
    /// How the human format draws.
    pub drawing: Drawing,
}

impl Report<'_> {
    /// Returns how many diagnostics have the severity `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }
}

/// What the reader's terminal can show.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// Whether to use colour.
    pub ink: Ink,
    /// Which characters lines are drawn with.
    pub strokes: Strokes,
    /// The width to keep source lines within, in columns.
    pub width: usize,
}

impl Default for Drawing {
    /// Returns what is safe to write to a file: no colour, ASCII, 120 columns.
    fn default() -> Self {
        Self {
            ink: Ink::Plain,
            strokes: Strokes::Ascii,
            width: 120,
        }
    }
}

/// Whether a drawing is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text only.
    Plain,
    /// ANSI colours; the writer strips or translates them where the terminal needs it.
    Colour,
}

/// The characters that a drawing's lines are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strokes {
    /// `-->`, `|` and `^`.
    Ascii,
    /// Box-drawing characters.
    Unicode,
}

#[cfg(test)]
mod tests {
    use super::fixture::Fixture;
    use super::{FORMATS, Format};

    #[test]
    fn every_format_is_found_by_its_name_and_writes_a_clean_report() {
        let clean = Fixture::default();
        for format in FORMATS {
            let found = Format::named(format.name).map(|found| found.about);
            assert_eq!(found, Some(format.about), "{} is taken", format.name);
            clean.write(format);
        }
        assert!(Format::named("xml").is_none());
    }

    #[test]
    fn what_people_read_holds_no_control_character() {
        let mut nasty = Fixture::default();
        nasty.file(
            "a\u{1b}[2J.md",
            "title: «\u{1b}]0;owned\u{7}\u{9b}2J»\u{202e} x\n",
        );
        nasty.error("value/invalid-date", "bad \u{1b}[31m\r\n\u{9b}1m day");
        nasty.finding().hint = Some("write\u{8} it\u{85}".into());
        let acts = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        for format in FORMATS {
            let text = nasty.write(format);
            let is_json = text.starts_with(['{', '[']);
            assert!(is_json || !text.contains(acts), "{}: {text:?}", format.name);
        }
    }
}
