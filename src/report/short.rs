//! One line per diagnostic, `file:line:column: severity[rule]: message`: what editors and `grep` read.

use std::io::{self, Write};

use super::place::Place;
use super::plain::one_line;
use super::{Format, Report};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "short",
    about: "one line per diagnostic, for editors and grep",
    write,
};

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.diagnostics {
        let finding = &diagnostic.finding;
        let place = Place::of(finding.at, report);
        writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            one_line(place.file),
            place.line,
            place.column,
            diagnostic.severity.word(),
            finding.rule,
            one_line(&finding.message),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::Fixture;

    #[test]
    fn a_diagnostic_is_one_line() {
        let mut fixture = Fixture::frozen();
        fixture.file("notes/a.md", "a\nbé: «x»\n");
        fixture.warning("value/no-zone", "no zone\nhere");
        fixture.check(
            &super::FORMAT,
            "\
trains/2026-q4/turnovers/production.md:4:5: error[freeze/overlap]: turnover 2026-q4/production is in hard freeze \
year-end-2026
notes/a.md:2:5: warning[value/no-zone]: no zone\\nhere
",
        );
    }
}
