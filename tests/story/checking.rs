//! Somebody asks what is wrong with a plan.

use serde_json::{Value, json};

use crate::stage::{Plan, SMALL, TODAY};

#[test]
fn the_sample_plan_is_clean_on_its_day_and_can_be_judged_on_any() {
    let plan = Plan::sample();
    plan.run(&format!("check --as-of {TODAY}"))
        .exits(0)
        .says("documents as of 2026-11-21: all well");
    for day in ["2024-01-01", "2030-01-01"] {
        // What was right then may be late by now: that is for the plan's people, not for the program to stumble over.
        let said = plan.run(&format!("check --as-of {day} --format short"));
        assert!(said.err.is_empty(), "{day}: {}", said.err);
        let places = said
            .out
            .lines()
            .filter(|line| !line.contains(".md:") && !line.contains(".yaml:"));
        assert_eq!(places.count(), 0, "{day}: {}", said.out);
    }
}

/// Faults in three files: an owner whom nobody knows, a day that does not exist, an unknown key, no frontmatter.
const BROKEN: &str = "\
-- trainboard.yaml --
title: Broken
timezone: Europe/London
-- people/ana.md --
---
name: Ana
shoe_size: 38
---
-- freezes/summer.md --
---
title: Summer
owner: anna
planned: 2026-06-31/2026-07-04
severity: hard
---
-- pages/prose.md --
No frontmatter at all.
";

#[test]
fn every_format_says_the_same_about_a_broken_plan() {
    let plan = Plan::of(BROKEN);
    let short = plan
        .run("check --as-of 2026-11-21 --format short")
        .exits(1)
        .out;
    let report: Value = serde_json::from_str(
        &plan
            .run("check --as-of 2026-11-21 --format json")
            .exits(1)
            .out,
    )
    .unwrap();

    assert_eq!(
        keys(&report),
        ["as_of", "diagnostics", "summary", "version"]
    );
    assert_eq!(
        (&report["version"], &report["as_of"]),
        (&json!(1), &json!(TODAY))
    );
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let count = |severity: &str| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic["severity"] == severity)
            .count()
    };
    // What has no frontmatter is a document all the same, by its place: what refers to it is not at fault.
    let summary = json!({"documents": 3, "errors": count("error"), "warnings": count("warning"), "infos": count("info")});
    assert_eq!(report["summary"], summary);

    let line = |diagnostic: &Value| {
        let text = |key: &str| diagnostic[key].as_str().unwrap().to_owned();
        let (rule, severity, message, file) = (
            text("rule"),
            text("severity"),
            text("message"),
            text("file"),
        );
        format!(
            "{file}:{}:{}: {severity}[{rule}]: {message}\n",
            diagnostic["line"], diagnostic["column"]
        )
    };
    assert_eq!(diagnostics.iter().map(line).collect::<String>(), short);
    for diagnostic in diagnostics {
        let promised = "column end_column end_line file fix hint labels line message rule severity";
        assert_eq!(keys(diagnostic).join(" "), promised);
    }

    let place = |diagnostic: &Value| {
        let number = |key: &str| diagnostic[key].as_u64().unwrap();
        (
            diagnostic["file"].to_string(),
            number("line"),
            number("column"),
            diagnostic["rule"].to_string(),
        )
    };
    assert!(diagnostics.is_sorted_by_key(place), "{short}");
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it["rule"].as_str().unwrap(), place(it).1, place(it).2))
        .collect();
    let expected = [
        ("person/unknown", 3, 8),
        ("value/impossible-date", 4, 18),
        ("document/no-frontmatter", 1, 1),
        ("document/unknown-key", 3, 1),
    ];
    for fault in expected {
        assert!(found.contains(&fault), "no {fault:?} in\n{short}");
    }
}

/// Returns the keys of an object, sorted.
fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let plan = Plan::of(SMALL);
    plan.write(
        "trainboard.yaml",
        "title: Strict\nrules:\n  document/unknown-key: warning\n",
    );
    plan.edit("people/ana.md", "name:", "shoe_size: 38\nname:");
    plan.run("check").exits(0).says("1 warning");
    plan.run("check --deny-warnings").exits(1);
    plan.run("build --output ../site --deny-warnings")
        .exits(1)
        .says("the portal was not built");
    plan.run("build --output ../site").exits(0);
}

#[test]
fn what_is_safe_to_mend_is_mended_in_place() {
    let plan = Plan::of(SMALL);
    let release = "---\napplication: pay\nversion: 1.10 # the tenth\n---\n";
    plan.write("releases/pay-1.10.md", release);
    plan.run("check").exits(1).says("value/unquoted-version");
    assert_eq!(
        plan.read("releases/pay-1.10.md"),
        release,
        "looking changes nothing"
    );
    plan.run("check --fix").exits(0);
    assert_eq!(
        plan.read("releases/pay-1.10.md"),
        release.replace("1.10 #", "\"1.10\" #")
    );
}

#[test]
fn a_name_in_the_wrong_case_is_mended_and_a_guess_is_not() {
    let plan = Plan::of(SMALL);
    plan.write(
        "policies/p.md",
        "---\ntypes:\n  major: {}\n  minor: {}\n---\n",
    );
    let train = "---\ntype:  Major # as ever\nschedule:\n  # the long one\n  Construction: 2026-10-01/2026-11-20\n  \
                 verifcation: 2026-11-21/2026-12-04\n---\n";
    plan.write("trains/q4/index.md", train);
    plan.run("check --fix").exits(1).says("train/unknown-stage");
    assert_eq!(
        plan.read("trains/q4/index.md"),
        train
            .replace("Major #", "major #")
            .replace("Construction:", "construction:")
    );
}

#[test]
fn the_rule_book_is_at_hand() {
    let plan = Plan::of("");
    plan.run("explain")
        .exits(0)
        .says("document/unknown-key\nreference/unknown\ntrain/no-manager");
    plan.run("explain reference/unknown")
        .exits(0)
        .says("reference/unknown (error)");
    plan.run("explain reference/unkown").exits(2).says(
        "error: there is no rule `reference/unkown`\n  hint: did you mean `reference/unknown`?",
    );
}

#[test]
fn a_command_without_a_plan_says_what_a_plan_is() {
    let empty = Plan::of("");
    for command in ["check", "build", "serve"] {
        empty
            .run(command)
            .exits(2)
            .says("error: there is no trainboard.yaml in\n  hint: a plan is a folder that holds");
    }
    empty.run("check nowhere").exits(2).says("error: \nnowhere");
    empty.run("check --format xml").exits(2).says("sarif");
    empty
        .run("check --as-of yesterday")
        .exits(2)
        .says("--as-of");
}
