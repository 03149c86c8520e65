//! GitLab's Code Quality report: a JSON array that a merge request shows beside the change.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::place::Place;
use super::{Format, Report};
use crate::diagnostic::{Diagnostic, RuleName, Severity};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "gitlab",
    about: "GitLab's Code Quality report",
    write,
};

/// One diagnostic, as GitLab's "Code Quality report format" names its parts.
#[derive(Serialize)]
struct Issue<'a> {
    /// The fact and, after a semicolon, the action.
    description: String,
    /// The rule's stable name.
    check_name: RuleName,
    /// What tells this issue from all others, over time.
    fingerprint: String,
    /// `info`, `minor`, `major`, `critical` or `blocker`.
    severity: &'a str,
    /// The place at fault.
    location: IssueLocation,
}

/// Where an issue is.
#[derive(Serialize)]
struct IssueLocation {
    /// Path from the repository's root.
    path: String,
    /// The lines.
    lines: Lines,
}

/// The lines of an issue, 1-based, both included.
#[derive(Serialize)]
struct Lines {
    /// The first.
    begin: u32,
    /// The last.
    end: u32,
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue<'_>> = report
        .diagnostics
        .iter()
        .map(|diagnostic| issue(diagnostic, report, &mut fingerprints))
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue<'a>(
    diagnostic: &'a Diagnostic,
    report: &Report<'a>,
    fingerprints: &mut Fingerprints,
) -> Issue<'a> {
    let finding = &diagnostic.finding;
    let place = Place::of(finding.at, report);
    let description = match &finding.hint {
        Some(hint) => format!("{}; {hint}", finding.message),
        None => finding.message.clone(),
    };
    Issue {
        description,
        check_name: finding.rule,
        fingerprint: fingerprints.of(diagnostic, report),
        severity: match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: IssueLocation {
            path: format!("{}{}", report.folder, place.file),
            lines: Lines {
                begin: place.line,
                end: place.end_line,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::Fixture;

    fn fingerprints(fixture: &Fixture) -> Vec<String> {
        let text = fixture.write(&super::FORMAT);
        let lines = text.lines().filter(|line| line.contains("fingerprint"));
        lines.map(str::to_owned).collect()
    }

    #[test]
    fn a_diagnostic_is_an_issue() {
        let mut fixture = Fixture::frozen();
        fixture.folder = "docs/";
        fixture.check(
            &super::FORMAT,
            r#"[
  {
    "description": "turnover 2026-q4/production is in hard freeze year-end-2026; next fit: Sat 9 January 2027 22:00 Europe/London",
    "check_name": "freeze/overlap",
    "fingerprint": "d4d9dd5734eba08dba2b24ee114bb42a",
    "severity": "major",
    "location": {
      "path": "docs/trains/2026-q4/turnovers/production.md",
      "lines": {
        "begin": 4,
        "end": 4
      }
    }
  }
]
"#,
        );
    }

    #[test]
    fn a_fingerprint_survives_moved_lines_and_tells_twins_apart() {
        let find_late = |text: &str, days: u32| {
            let mut fixture = Fixture::default();
            fixture.file("a.md", text);
            for _ in 0..2 {
                fixture.error("test/rule", &format!("{days} days late"));
            }
            fingerprints(&fixture)
        };
        let find = |text: &str| find_late(text, 3);
        let before = find("at: «here»\n");
        assert_eq!(find("more\nat: «here»\n"), before);
        assert_eq!(find_late("at: «here»\n", 14), before, "another day");
        assert_ne!(before[0], before[1]);
        assert_ne!(find("at: «there»\n")[0], before[0]);
    }
}
