//! SARIF 2.1.0 (OASIS), which code scanning services read.
//!
//! Section numbers in this file are the standard's. Columns count code points (`columnKind`), ends are exclusive
//! (§3.30.8), and a file is a relative URI under `%SRCROOT%`, the repository's root.

use std::collections::BTreeSet;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::place::Place;
use super::{Format, Report};
use crate::diagnostic::{Diagnostic, Edit, Fix, RuleName, Severity};
use crate::rules;
use crate::text::{FileId, Location};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    write,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a relative URI's path escapes: all but RFC 3986's unreserved characters and the slash.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The log file (§3.13).
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

/// One run of the checks (§3.14).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    original_uri_base_ids: Bases,
    results: Vec<Outcome<'a>>,
    properties: RunProperties,
}

/// What relative URIs are relative to (§3.14.14).
#[derive(Serialize)]
struct Bases {
    #[serde(rename = "%SRCROOT%")]
    root: Base,
}

/// A folder whose address only the reader knows, described in words.
#[derive(Serialize)]
struct Base {
    description: Text<'static>,
}

/// What the standard has no place for (§3.8).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunProperties {
    as_of: String,
    documents: usize,
}

/// The tool that ran (§3.18).
#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

/// Its one component (§3.19).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

/// A rule that found something (§3.49): what it asks for, and its page as help.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: RuleName,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
    properties: Tags,
}

/// Text and the same as Markdown (§3.12).
#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

/// What a rule's results are unless the plan says otherwise (§3.50).
#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

/// Words to filter by: the rule's group.
#[derive(Serialize)]
struct Tags {
    tags: [&'static str; 1],
}

/// One diagnostic (§3.27).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: RuleName,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Spot<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Spot<'a>>,
    partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Change<'a>; 1]>,
}

/// How the result is recognised in a later run (§3.27.17).
#[derive(Serialize)]
struct Fingerprint {
    #[serde(rename = "trainboard/v1")]
    v1: String,
}

/// Plain text (§3.11).
#[derive(Serialize)]
struct Message {
    text: String,
}

/// A place and what is there (§3.28).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spot<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

/// Borrowed plain text (§3.11).
#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

/// A range of a file (§3.29).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

/// A file (§3.4).
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

/// A range of characters (§3.30).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// A fix (§3.55).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    description: Text<'a>,
    artifact_changes: Vec<ArtifactChange<'a>>,
}

/// What a fix does to one file (§3.56).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

/// One replacement (§3.57).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: BTreeSet<RuleName> = report
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.finding.rule)
        .collect();
    let rules: Vec<RuleName> = rules.into_iter().collect();
    let mut fingerprints = Fingerprints::default();
    let results = report.diagnostics.iter().map(|diagnostic| {
        let fingerprint = fingerprints.of(diagnostic, report);
        outcome(diagnostic, report, &rules, fingerprint)
    });
    let run = Run {
        results: results.collect(),
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: Bases {
            root: Base {
                description: Text {
                    text: "the top of the repository that holds the plan",
                },
            },
        },
        properties: RunProperties {
            as_of: report.as_of.to_string(),
            documents: report.documents,
        },
        tool: Tool {
            driver: Driver {
                name: "trainboard",
                version: env!("CARGO_PKG_VERSION"),
                rules: rules.into_iter().map(descriptor).collect(),
            },
        },
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(id: RuleName) -> Descriptor<'static> {
    let rule = rules::find(id.0);
    Descriptor {
        id,
        short_description: rule.map(|rule| Message {
            text: rule.first_sentence(),
        }),
        // A page is written to read well as plain text, too.
        help: rule.map(|rule| Help {
            text: rule.page,
            markdown: rule.page,
        }),
        default_configuration: rule.map(|rule| Configuration {
            level: level(rule.severity),
        }),
        properties: Tags { tags: [id.group()] },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn outcome<'a>(
    diagnostic: &'a Diagnostic,
    report: &Report<'_>,
    rules: &[RuleName],
    fingerprint: String,
) -> Outcome<'a> {
    let finding = &diagnostic.finding;
    let text = match &finding.hint {
        Some(hint) => format!("{}\nhelp: {hint}", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.labels.iter().enumerate().map(|(id, label)| Spot {
        id: Some(id),
        ..spot(label.at, &label.text, report)
    });
    Outcome {
        rule_id: finding.rule,
        // The rules were gathered from these diagnostics, so the search always finds.
        rule_index: rules.partition_point(|&rule| rule < finding.rule),
        level: level(diagnostic.severity),
        message: Message { text },
        locations: [spot(finding.at, &finding.label, report)],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprint { v1: fingerprint },
        fixes: finding.fix.as_ref().map(|fix| [change(fix, report)]),
    }
}

fn spot<'a>(at: Location, text: &'a str, report: &Report<'_>) -> Spot<'a> {
    Spot {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(at.file, report),
            region: region(at, report),
        },
        message: (!text.is_empty()).then_some(Text { text }),
    }
}

fn change<'a>(fix: &'a Fix, report: &Report<'_>) -> Change<'a> {
    let replacement = |edit: &'a Edit| Replacement {
        deleted_region: region(edit.at, report),
        inserted_content: Text {
            text: &edit.replacement,
        },
    };
    let files = fix.by_file().into_iter();
    let artifact_changes = files.map(|(file, edits)| ArtifactChange {
        artifact_location: artifact(file, report),
        replacements: edits.into_iter().map(replacement).collect(),
    });
    Change {
        description: Text { text: &fix.title },
        artifact_changes: artifact_changes.collect(),
    }
}

fn artifact(file: FileId, report: &Report<'_>) -> ArtifactLocation {
    let path = format!("{}{}", report.folder, report.sources.get(file).path);
    ArtifactLocation {
        uri: utf8_percent_encode(&path, PATH).to_string(),
        uri_base_id: "%SRCROOT%",
    }
}

fn region(at: Location, report: &Report<'_>) -> Region {
    let place = Place::of(at, report);
    Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a log that cannot be read is a failed test"
    )]

    use serde_json::{Value, json};

    use crate::report::fixture::Fixture;

    #[test]
    fn a_result_has_its_places_its_fingerprint_and_its_fix() {
        let mut fixture = Fixture::frozen();
        fixture.folder = "docs/my plan/";
        fixture.fix("move the turnover", "2027-01-09 22:00");
        let log: Value = serde_json::from_str(&fixture.write(&super::FORMAT)).unwrap();
        let turnover = json!({
            "uri": "docs/my%20plan/trains/2026-q4/turnovers/production.md", "uriBaseId": "%SRCROOT%"
        });
        let at = json!({ "startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 21 });
        let expected = json!({
            "ruleId": "freeze/overlap",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "turnover 2026-q4/production is in hard freeze year-end-2026\nhelp: next fit: \
                Sat 9 January 2027 22:00 Europe/London" },
            "locations": [{ "physicalLocation": { "artifactLocation": turnover, "region": at } }],
            "relatedLocations": [{
                "id": 0,
                "physicalLocation": {
                    "artifactLocation": { "uri": "docs/my%20plan/freezes/year-end-2026.md", "uriBaseId": "%SRCROOT%" },
                    "region": { "startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 30 },
                },
                "message": { "text": "the freeze" },
            }],
            "partialFingerprints": { "trainboard/v1": "d4d9dd5734eba08dba2b24ee114bb42a" },
            "fixes": [{
                "description": { "text": "move the turnover" },
                "artifactChanges": [{
                    "artifactLocation": turnover,
                    "replacements": [{ "deletedRegion": at, "insertedContent": { "text": "2027-01-09 22:00" } }],
                }],
            }],
        });
        assert_eq!(log["runs"][0]["results"], json!([expected]));
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "freeze/overlap");
        assert_eq!(rule["defaultConfiguration"]["level"], "error");
        assert_eq!(
            rule["help"]["text"],
            crate::rules::find("freeze/overlap").unwrap().page
        );
    }
}
