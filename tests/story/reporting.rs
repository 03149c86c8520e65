//! Programs read what `check` found: forges, editors, test views.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use boon::{Compiler, Schemas};
use serde_json::Value;
use walkdir::WalkDir;

use crate::stage::{Plan, SMALL, TODAY, trainboard};

/// Faults of many shapes: in two files at once, with a fix, in a path that URIs must escape, after wide characters.
const FAULTY: &str = "\
-- trainboard.yaml --
title: Faulty
timezone: Europe/London
-- people/ana.md --
---
name: Ana
shoe_size: 38
---
-- applications/pay.md --
---
title: Pay
owner: anna
---
-- releases/pay 100 %.md --
---
title: 日本語 🚂
application: pay
version: 1.10
planned: 2026-06-31/2026-07-04
---
[gone](gone.md)
-- people/other.md --
---
id: ana
name: Ana
---
-- pages/prose.md --
No frontmatter at all.
";

/// Holds `report` to `schema`.
#[track_caller]
fn check_schema(schema: Value, report: &Value) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("schema.json", schema).unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(report, schema) {
        panic!("{error:#}\n{report:#}");
    }
}

fn read(plan: &Plan, format: &str) -> Value {
    let said = plan.run(&format!("check --as-of 2026-11-21 --format {format}"));
    serde_json::from_str(&said.out).unwrap()
}

/// Returns the official schema of SARIF 2.1.0, which the crate `serde-sarif` carries. The crate is never compiled; cargo
/// has it on disk and says where.
fn schema_of_sarif() -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--format-version", "1"]);
    let output = cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let carrier = packages.iter().find(|it| it["name"] == "serde-sarif");
    let manifest = Path::new(carrier.unwrap()["manifest_path"].as_str().unwrap());
    let schema = manifest.with_file_name("src").join("schema.json");
    serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap()
}

#[test]
fn sarif_is_what_the_official_schema_describes() {
    let schema = schema_of_sarif();
    assert!(schema["title"].as_str().unwrap().contains("2.1.0"));
    let faulty = read(&Plan::of(FAULTY), "sarif");
    check_schema(schema.clone(), &faulty);
    check_schema(schema, &read(&Plan::sample(), "sarif"));

    let run = &faulty["runs"][0];
    let results = run["results"].as_array().unwrap();
    let has = |key: &str| results.iter().any(|result| result.get(key).is_some());
    assert!(has("fixes") && has("relatedLocations"), "{run:#}");
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
        assert!(uri.bytes().all(is_plain) && !uri.starts_with('/'), "{uri}");
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().len() > 100);
    }
    assert!(run.to_string().contains("releases/pay%20100%20%25.md"));
}

#[test]
fn the_exported_schema_describes_the_json_report() {
    let plan = Plan::of(FAULTY);
    let printed = plan.run("export schema --of diagnostics").exits(0).out;
    plan.run("export schema --of diagnostics -o diagnostics.schema.json")
        .exits(0);
    assert_eq!(plan.read("diagnostics.schema.json"), printed);
    let schema: Value = serde_json::from_str(&printed).unwrap();
    check_schema(schema.clone(), &read(&plan, "json"));
    check_schema(schema, &read(&Plan::sample(), "json"));
    plan.run("export schema --of everything")
        .exits(2)
        .says("diagnostics");
    plan.run("export schema --of diagnostics -o nowhere/schema.json")
        .exits(2)
        .says("error: cannot write nowhere/schema.json\nhint: give a path");
}

#[test]
fn gitlab_gets_every_field_that_it_needs_and_distinct_fingerprints() {
    let report = read(&Plan::of(FAULTY), "gitlab");
    let issues = report.as_array().unwrap();
    let mut fingerprints = BTreeSet::new();
    for issue in issues {
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        for text in [
            "/description",
            "/check_name",
            "/fingerprint",
            "/location/path",
        ] {
            assert!(issue.pointer(text).unwrap().is_string(), "{text} {issue}");
        }
        assert!(issue["location"]["lines"]["begin"].as_u64() > Some(0));
        fingerprints.insert(issue["fingerprint"].to_string());
    }
    assert!(!issues.is_empty());
    assert_eq!(fingerprints.len(), issues.len());
}

#[test]
fn every_page_of_the_rule_book_is_a_rule_of_its_group() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files = WalkDir::new(&folder).into_iter().map(Result::unwrap);
    let pages = files.filter_map(|file| {
        let path = file.path().strip_prefix(&folder).unwrap();
        let name = path.to_str().unwrap().replace('\\', "/");
        name.strip_suffix(".md").map(str::to_owned)
    });
    let pages: BTreeSet<String> = pages.collect();
    let rules = trainboard::rules::all().map(|rule| rule.name.0.to_owned());
    assert_eq!(rules.collect::<BTreeSet<_>>(), pages);
}

#[test]
fn a_reader_who_has_seen_enough_hears_nothing_more() {
    let plan = Plan::of(SMALL);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut check = trainboard(&plan.path(""));
    let check = check.args(["check", "--as-of", TODAY]);
    let ended = check.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let ended = ended.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    // What was found is not known, so it is not called fine.
    assert_eq!(ended.status.code(), Some(2));
}
