//! JUnit XML, which test runners' views show: a diagnostic is a test case of its file.
//!
//! An error is a failure. A warning or an info is a skipped case, which views list without failing the run. A plan
//! without diagnostics is one case that passes, since many views take a run without cases for a broken one. Nothing is timed, but readers that follow the schemas of Ant and Jenkins want to be told a time, so all
//! times are 0 and the suite's is the day of the report: the same plan on the same day gives the same bytes.

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
        r#"<testsuites tests="{tests}" failures="{failures}" errors="0" time="0">"#
    )?;
    writeln!(
        out,
        r#"  <testsuite name="trainboard" tests="{tests}" failures="{failures}" skipped="{skipped}" errors="0" time="0" timestamp="{}T00:00:00">"#,
        report.as_of
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
        writeln!(
            out,
            r#"    <testcase classname="plan" name="all well" time="0"/>"#
        )?;
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
        r#"    <testcase classname="{file}" name="{rule} at {line}:{column}" time="0" file="{file}" line="{line}">"#
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
    #![expect(
        clippy::unwrap_used,
        reason = "a report that is no XML is a failed test"
    )]

    use roxmltree::{Document, Node};

    use crate::report::fixture::Fixture;

    /// What the schemas in use (Ant's, Jenkins', GitLab's reader) agree on: each element, its attributes, what is in it.
    const SHAPE: &[(&str, &[&str], &[&str])] = &[
        (
            "testsuites",
            &["tests", "failures", "errors", "time"],
            &["testsuite"],
        ),
        (
            "testsuite",
            &[
                "name",
                "tests",
                "failures",
                "skipped",
                "errors",
                "time",
                "timestamp",
            ],
            &["properties", "testcase"],
        ),
        ("properties", &[], &["property"]),
        ("property", &["name", "value"], &[]),
        (
            "testcase",
            &["classname", "name", "time", "file", "line"],
            &["failure", "skipped"],
        ),
        ("failure", &["type", "message"], &[]),
        ("skipped", &["message"], &[]),
    ];

    /// Checks that `text` is well-formed, that it keeps to [`SHAPE`], and that its counts are right.
    #[track_caller]
    fn check_shape(text: &str) {
        let document = Document::parse(text).unwrap();
        for node in document.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            let (_, attributes, children) =
                SHAPE.iter().find(|(known, ..)| *known == name).unwrap();
            for attribute in node.attributes() {
                assert!(attributes.contains(&attribute.name()), "{name} {text}");
            }
            for child in node.children().filter(Node::is_element) {
                assert!(children.contains(&child.tag_name().name()), "{name} {text}");
            }
        }
        let count = |name: &str| {
            let named = |node: &Node<'_, '_>| node.has_tag_name(name);
            document.descendants().filter(named).count().to_string()
        };
        let suite = document
            .descendants()
            .find(|node| node.has_tag_name("testsuite"));
        let counted = |attribute| suite.unwrap().attribute(attribute).unwrap().to_owned();
        assert_eq!(counted("tests"), count("testcase"));
        assert_eq!(counted("failures"), count("failure"));
        assert_eq!(counted("skipped"), count("skipped"));
    }

    #[test]
    fn every_report_is_well_formed_and_of_the_usual_shape() {
        check_shape(&Fixture::default().write(&super::FORMAT));
        let mut fixture = Fixture::frozen();
        let awkward: String = ('\0'..='\u{a0}')
            .chain(['\u{fffe}', '\u{ffff}', '\u{1f600}'])
            .collect();
        fixture.file(&format!("{awkward}.md"), "«x»");
        fixture.warning("value/no-zone", &format!("]]> {awkward}"));
        fixture.finding().hint = Some(awkward);
        check_shape(&fixture.write(&super::FORMAT));
    }

    #[test]
    fn errors_fail_and_warnings_are_skipped() {
        let mut fixture = Fixture::frozen();
        fixture.file("a&b.md", "«x»");
        fixture.warning("value/no-zone", "\"no\" <zone>\u{1b}");
        fixture.check(
            &super::FORMAT,
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" errors="0" time="0">
  <testsuite name="trainboard" tests="2" failures="1" skipped="1" errors="0" time="0" timestamp="2026-11-21T00:00:00">
    <properties>
      <property name="as-of" value="2026-11-21"/>
      <property name="documents" value="61"/>
    </properties>
    <testcase classname="trains/2026-q4/turnovers/production.md" name="freeze/overlap at 4:5" time="0" file="trains/2026-q4/turnovers/production.md" line="4">
      <failure type="freeze/overlap" message="turnover 2026-q4/production is in hard freeze year-end-2026">next fit: Sat 9 January 2027 22:00 Europe/London</failure>
    </testcase>
    <testcase classname="a&amp;b.md" name="value/no-zone at 1:1" time="0" file="a&amp;b.md" line="1">
      <skipped message="warning: &quot;no&quot; &lt;zone&gt;\u{1b}"></skipped>
    </testcase>
  </testsuite>
</testsuites>
"#,
        );
    }
}
