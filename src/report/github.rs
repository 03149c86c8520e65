//! GitHub's workflow commands: a line on a job's output becomes an annotation on the changed file.
//!
//! GitHub shows ten annotations of each level for a step and drops the rest, so the worst come first, each level in the
//! order of the files. The escapes are those of the runner's `ActionCommand`: `%`, line ends, and in properties also `:` and `,`.

use std::io::{self, Write};

use super::place::Place;
use super::plain::one_line;
use super::{Format, Report};
use crate::diagnostic::{Diagnostic, Finding, Severity};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "annotations on a GitHub pull request",
    write,
};

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut diagnostics: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity);
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let finding = &diagnostic.finding;
        let place = Place::of(finding.at, report);
        let file = property(&format!("{}{}", report.folder, place.file));
        let range = range(&place);
        let title = property(finding.rule.0);
        let text = text(finding);
        writeln!(out, "::{command} file={file},{range},title={title}::{text}")?;
    }
    Ok(())
}

/// Returns the place's properties; GitHub knows columns within one line only.
fn range(place: &Place<'_>) -> String {
    let Place {
        line,
        column,
        end_line,
        end_column,
        ..
    } = *place;
    if line == end_line {
        format!("line={line},endLine={end_line},col={column},endColumn={end_column}")
    } else {
        format!("line={line},endLine={end_line}")
    }
}

/// Returns what the annotation says: the fact and, on a line of its own, the action.
fn text(finding: &Finding) -> String {
    let message = escape(&one_line(&finding.message));
    match &finding.hint {
        Some(hint) => format!("{message}%0Ahelp: {}", escape(&one_line(hint))),
        None => message,
    }
}

fn property(text: &str) -> String {
    escape(&one_line(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

fn escape(text: &str) -> String {
    text.replace('%', "%25")
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::Fixture;

    #[test]
    fn a_diagnostic_is_one_command() {
        let mut fixture = Fixture::frozen();
        fixture.folder = "docs/";
        fixture.file("notes/a,b.md", "«100 %\n»x");
        fixture.find(
            crate::diagnostic::Severity::Info,
            "train/empty",
            "100 % of: nothing",
        );
        fixture.error("train/no-manager", "nobody leads it");
        fixture.check(
            &super::FORMAT,
            "\
::error file=docs/trains/2026-q4/turnovers/production.md,line=4,endLine=4,col=5,endColumn=21,title=freeze/overlap::\
turnover 2026-q4/production is in hard freeze year-end-2026%0A\
help: next fit: Sat 9 January 2027 22:00 Europe/London
::error file=docs/notes/a%2Cb.md,line=1,endLine=2,title=train/no-manager::nobody leads it
::notice file=docs/notes/a%2Cb.md,line=1,endLine=2,title=train/empty::100 %25 of: nothing
",
        );
    }
}
