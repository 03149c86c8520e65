//! JUnit XML, which test runners' views show: a diagnostic is a test case of its file.
//!
//! An error is a failure. A warning or an info is a skipped case, which views list without failing the run. A plan
//! without diagnostics is one case that passes, since many views take a run without cases for a broken one.

use std::io::{self, Write};

use super::place::Place;
use super::plain::one_line;
use super::{Format, Report};
use crate::diagnostic::{Diagnostic, Severity};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "junit",
    about: "JUnit XML, for test views",
    write,
};

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let cases = report.diagnostics.len();
    let failures = report.count(Severity::Error);
    let tests = cases.max(1);
    let skipped = cases - failures;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites tests="{tests}" failures="{failures}" skipped="{skipped}" errors="0">"#
    )?;
    writeln!(
        out,
        r#"  <testsuite name="trainboard" tests="{tests}" failures="{failures}" skipped="{skipped}" errors="0">"#
    )?;
    writeln!(out, "    <properties>")?;
    writeln!(
        out,
        r#"      <property name="as-of" value="{}"/>"#,
        report.as_of
    )?;
    writeln!(
        out,
        r#"      <property name="documents" value="{}"/>"#,
        report.documents
    )?;
    writeln!(out, "    </properties>")?;
    if report.diagnostics.is_empty() {
        writeln!(out, r#"    <testcase classname="plan" name="all well"/>"#)?;
    }
    for diagnostic in report.diagnostics {
        write_case(diagnostic, report, out)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn write_case(diagnostic: &Diagnostic, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let finding = &diagnostic.finding;
    let place = Place::of(finding.at, report);
    let (file, line, column) = (escape(place.file), place.line, place.column);
    let rule = finding.rule;
    let message = escape(&finding.message);
    let hint = finding.hint.as_deref().map(escape).unwrap_or_default();
    writeln!(
        out,
        r#"    <testcase classname="{file}" name="{rule} at {line}:{column}" file="{file}" line="{line}">"#
    )?;
    let element = match diagnostic.severity {
        Severity::Error => {
            format!(r#"<failure type="{rule}" message="{message}">{hint}</failure>"#)
        }
        Severity::Warning | Severity::Info => {
            let word = diagnostic.severity.word();
            format!(r#"<skipped message="{word}: {message}">{hint}</skipped>"#)
        }
    };
    writeln!(out, "      {element}\n    </testcase>")
}

/// Returns `text` for an attribute or an element: on one line, without the characters that XML 1.0 has no way to hold.
fn escape(text: &str) -> String {
    one_line(text)
        .replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::Fixture;

    #[test]
    fn errors_fail_and_warnings_are_skipped() {
        let mut fixture = Fixture::frozen();
        fixture.file("a&b.md", "«x»");
        fixture.warning("value/no-zone", "\"no\" <zone>\u{1b}");
        fixture.check(
            &super::FORMAT,
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" skipped="1" errors="0">
  <testsuite name="trainboard" tests="2" failures="1" skipped="1" errors="0">
    <properties>
      <property name="as-of" value="2026-11-21"/>
      <property name="documents" value="61"/>
    </properties>
    <testcase classname="trains/2026-q4/turnovers/production.md" name="freeze/overlap at 4:5" file="trains/2026-q4/turnovers/production.md" line="4">
      <failure type="freeze/overlap" message="turnover 2026-q4/production is in hard freeze year-end-2026">next fit: Sat 9 January 2027 22:00 Europe/London</failure>
    </testcase>
    <testcase classname="a&amp;b.md" name="value/no-zone at 1:1" file="a&amp;b.md" line="1">
      <skipped message="warning: &quot;no&quot; &lt;zone&gt;\u{1b}"></skipped>
    </testcase>
  </testsuite>
</testsuites>
"#,
        );
    }
}
