//! The machine format: one JSON object, whose shape is a promise (the portal's spec, "The machine format of `check`").
//!
//! A change that a reader could notice raises [`VERSION`].

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::place::Place;
use super::{Format, Report};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, RuleName, Severity};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "one JSON object, for programs",
    write,
};

const VERSION: u32 = 1;

/// What `trainboard check --format json` prints.
///
/// Lines and columns are 1-based, columns count Unicode scalar values, ends are exclusive, and paths are relative to the
/// plan with forward slashes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "trainboard diagnostics")]
struct Object<'a> {
    /// The version of this shape.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The day on which the plan was judged, as `2026-11-21`.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// What was checked and how it went.
    summary: Summary,
    /// What was found, sorted by file, line, column and rule.
    diagnostics: Vec<Entry<'a>>,
}

/// How many of each.
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Documents checked.
    documents: usize,
    /// Diagnostics that fail `check`.
    errors: usize,
    /// Diagnostics that fail `check --deny-warnings`.
    warnings: usize,
    /// Diagnostics that never fail it.
    infos: usize,
}

/// One diagnostic.
#[derive(Serialize, JsonSchema)]
struct Entry<'a> {
    /// The rule's stable name, such as `freeze/overlap`.
    #[schemars(with = "String", regex(pattern = "^[a-z]+/[a-z0-9-]+$"))]
    rule: RuleName,
    /// `error`, `warning` or `info`.
    severity: Severity,
    /// The fact.
    message: &'a str,
    /// The place at fault.
    #[serde(flatten)]
    at: Place<'a>,
    /// Other places that explain it.
    labels: Vec<EntryLabel<'a>>,
    /// The action that mends it.
    hint: Option<&'a str>,
    /// The change that mends it, where one is safe.
    fix: Option<EntryFix<'a>>,
}

/// A place that helps to explain a diagnostic.
#[derive(Serialize, JsonSchema)]
struct EntryLabel<'a> {
    /// Where.
    #[serde(flatten)]
    at: Place<'a>,
    /// What is there.
    text: &'a str,
}

/// A change that is safe to apply unseen.
#[derive(Serialize, JsonSchema)]
struct EntryFix<'a> {
    /// What the change does.
    title: &'a str,
    /// Its replacements; they do not overlap.
    edits: Vec<EntryEdit<'a>>,
}

/// One replacement in one file.
#[derive(Serialize, JsonSchema)]
struct EntryEdit<'a> {
    /// What goes.
    #[serde(flatten)]
    at: Place<'a>,
    /// What comes.
    replacement: &'a str,
}

/// Returns the JSON Schema (draft 2020-12) of the report, made from the types that write it.
pub(super) fn schema() -> schemars::Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Object<'_>>()
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let object = Object {
        version: VERSION,
        as_of: report.as_of.to_string(),
        summary: Summary {
            documents: report.documents,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            infos: report.count(Severity::Info),
        },
        diagnostics: report
            .diagnostics
            .iter()
            .map(|diagnostic| entry(diagnostic, report))
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn entry<'a>(diagnostic: &'a Diagnostic, report: &Report<'a>) -> Entry<'a> {
    let finding = &diagnostic.finding;
    let label = |label: &'a Label| EntryLabel {
        at: Place::of(label.at, report),
        text: &label.text,
    };
    let edit = |edit: &'a Edit| EntryEdit {
        at: Place::of(edit.at, report),
        replacement: &edit.replacement,
    };
    let fix = |fix: &'a Fix| EntryFix {
        title: &fix.title,
        edits: fix.edits.iter().map(edit).collect(),
    };
    Entry {
        rule: finding.rule,
        severity: diagnostic.severity,
        message: &finding.message,
        at: Place::of(finding.at, report),
        labels: finding.labels.iter().map(label).collect(),
        hint: finding.hint.as_deref(),
        fix: finding.fix.as_ref().map(fix),
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a report that cannot be read is a failed test"
    )]

    use boon::{Compiler, Schemas};
    use serde_json::{Value, json};

    use crate::report::fixture::Fixture;

    /// Returns whether `report` is what the schema describes.
    fn is_described(report: &Value) -> bool {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        let schema = serde_json::to_value(super::schema()).unwrap();
        compiler.add_resource("diagnostics.json", schema).unwrap();
        let schema = compiler.compile("diagnostics.json", &mut schemas).unwrap();
        schemas.validate(report, schema).is_ok()
    }

    #[test]
    fn the_schema_describes_each_report_and_nothing_less() {
        let report = |fixture: &Fixture| -> Value {
            serde_json::from_str(&fixture.write(&super::FORMAT)).unwrap()
        };
        assert!(is_described(&report(&Fixture::default())));
        let mut fixture = Fixture::frozen();
        fixture.fix("move it", "2027-01-09");
        let whole = report(&fixture);
        assert!(is_described(&whole));
        let broken = [
            ("/version", json!(2)),
            ("/as_of", json!("soon")),
            ("/summary", json!({ "documents": 61 })),
            ("/diagnostics/0", json!({ "rule": "freeze/overlap" })),
            ("/diagnostics/0/rule", json!("Overlap")),
            ("/diagnostics/0/severity", json!("fatal")),
            ("/diagnostics/0/line", json!(0)),
            ("/diagnostics/0/labels/0/text", json!(null)),
            ("/diagnostics/0/fix/edits/0/replacement", json!(1)),
        ];
        for (part, value) in broken {
            let mut report = whole.clone();
            *report.pointer_mut(part).unwrap() = value;
            assert!(!is_described(&report), "{part}");
        }
    }

    #[test]
    fn the_shape_is_the_promised_one() {
        Fixture::frozen().check(
            &super::FORMAT,
            r#"{
  "version": 1,
  "as_of": "2026-11-21",
  "summary": {
    "documents": 61,
    "errors": 1,
    "warnings": 0,
    "infos": 0
  },
  "diagnostics": [
    {
      "rule": "freeze/overlap",
      "severity": "error",
      "message": "turnover 2026-q4/production is in hard freeze year-end-2026",
      "file": "trains/2026-q4/turnovers/production.md",
      "line": 4,
      "column": 5,
      "end_line": 4,
      "end_column": 21,
      "labels": [
        {
          "file": "freezes/year-end-2026.md",
          "line": 3,
          "column": 9,
          "end_line": 3,
          "end_column": 30,
          "text": "the freeze"
        }
      ],
      "hint": "next fit: Sat 9 January 2027 22:00 Europe/London",
      "fix": null
    }
  ]
}
"#,
        );
    }

    #[test]
    fn a_fix_lists_its_edits() {
        let mut fixture = Fixture::default();
        fixture.file("releases/pay.md", "---\nversion: «1.10»\n---\n");
        fixture.error("value/unquoted-version", "version 1.10 is a number");
        fixture.fix("quote the version", "\"1.10\"");
        let text = fixture.write(&super::FORMAT);
        let expected = r#"      "hint": null,
      "fix": {
        "title": "quote the version",
        "edits": [
          {
            "file": "releases/pay.md",
            "line": 2,
            "column": 10,
            "end_line": 2,
            "end_column": 14,
            "replacement": "\"1.10\""
          }
        ]
      }
"#;
        assert!(text.contains(expected), "{text}");
    }
}
