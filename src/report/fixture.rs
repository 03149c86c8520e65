//! Reports for the formats' tests: files with marked places, and what was found there.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be built is a failed test"
)]

use jiff::civil::date;

use super::{Drawing, Format, Report};
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::text::{Location, Source, Sources, Span};

/// A report in the making.
#[derive(Default)]
pub(super) struct Fixture {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    marked: Option<Location>,
    /// The plan's folder in its repository.
    pub(super) folder: &'static str,
    /// How the human format draws.
    pub(super) drawing: Drawing,
}

impl Fixture {
    /// Returns the example of the spec: a turnover in a freeze, with a label in another file and a hint.
    pub(super) fn frozen() -> Self {
        let mut fixture = Self::default();
        let freeze = fixture.file(
            "freezes/year-end-2026.md",
            "---\nkind: freeze\nperiod: «2026-12-18/2027-01-04»\n---\n",
        );
        fixture.file(
            "trains/2026-q4/turnovers/production.md",
            "---\nkind: turnover\nstate: planned\nat: «2026-12-19 22:00»\n---\n",
        );
        let message = "turnover 2026-q4/production is in hard freeze year-end-2026";
        fixture.error("freeze/overlap", message);
        let finding = fixture.finding();
        *finding = finding
            .clone()
            .also(freeze, "the freeze")
            .hint("next fit: Sat 9 January 2027 22:00 Europe/London");
        fixture
    }

    /// Adds a file; `«` and `»` in `text` mark the place of the next finding. Returns that place.
    pub(super) fn file(&mut self, path: &str, text: &str) -> Location {
        let start = text.find('«').unwrap_or(text.len());
        let end = text.find('»').map_or(start, |end| end - '«'.len_utf8());
        let file = self
            .sources
            .add(Source::new(path, text.replace(['«', '»'], "")));
        self.marked = Some(Location::new(file, Span::new(start..end)));
        self.marked.unwrap()
    }

    /// Adds an error of `rule` at the marked place.
    pub(super) fn error(&mut self, rule: &'static str, message: &str) {
        self.find(Severity::Error, rule, message);
    }

    /// Adds a warning of `rule` at the marked place.
    pub(super) fn warning(&mut self, rule: &'static str, message: &str) {
        self.find(Severity::Warning, rule, message);
    }

    /// Adds a diagnostic of `rule` at the marked place.
    pub(super) fn find(&mut self, severity: Severity, rule: &'static str, message: &str) {
        let finding = Finding::new(rule, self.marked.unwrap(), message);
        self.diagnostics.push(Diagnostic { severity, finding });
    }

    /// Returns the latest finding, to add to it.
    pub(super) fn finding(&mut self) -> &mut Finding {
        &mut self.diagnostics.last_mut().unwrap().finding
    }

    /// Gives the latest finding a fix: the marked place becomes `replacement`.
    pub(super) fn fix(&mut self, title: &str, replacement: &str) {
        let finding = self.finding();
        *finding = finding.clone().fix(title, finding.at.span, replacement);
    }

    /// Returns what `format` writes.
    pub(super) fn write(&self, format: &Format) -> String {
        let report = Report {
            diagnostics: &self.diagnostics,
            sources: &self.sources,
            documents: 61,
            as_of: date(2026, 11, 21),
            folder: self.folder,
            drawing: self.drawing,
        };
        let mut out = Vec::new();
        (format.write)(&report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Asserts that `format` writes `expected`.
    #[track_caller]
    pub(super) fn check(&self, format: &Format, expected: &str) {
        let written = self.write(format);
        assert!(
            written == expected,
            "written:\n{written}\nexpected:\n{expected}"
        );
    }
}
