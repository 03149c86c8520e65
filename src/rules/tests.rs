//! Every rule's page is its test: the plans on it give exactly the diagnostics that they mark.

#![expect(clippy::expect_used, reason = "a failed test may panic")]

mod hints;
mod written;

use super::{Example, Expectation, Found, Rule, all, judge};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::load;
use crate::plan::Plan;
use crate::time::Day;
use written::{Mark, Written};

/// The day that counts as today when an example names none.
const TODAY: &str = "2026-11-21";

/// Checks that `example` gives the diagnostics that it marks: all of its rule's, and every error.
fn check(rule: &Rule, example: &Example<'_>) {
    let written = Written::of(example.files);
    let loaded = load(&written);
    let as_of = Day::parse(example.as_of.unwrap_or(TODAY)).expect("a day");
    let diagnostics = judge(&loaded.plan, loaded.findings, as_of);
    let counts = |diagnostic: &&Diagnostic| {
        diagnostic.finding.rule == rule.name || diagnostic.severity == Severity::Error
    };
    let counted = diagnostics.iter().filter(counts);
    let mut found: Vec<Mark> = counted.map(|it| mark(it, &loaded.plan)).collect();
    found.sort();
    let messages: Vec<_> = diagnostics.iter().map(|it| &it.finding.message).collect();
    let (name, marks) = (rule.name, &written.marks);
    assert_eq!(&found, marks, "{name}:\n{}\n{messages:#?}", example.files);
    let fails = marks.iter().any(|(.., marked)| marked == name.0);
    assert_eq!(
        fails,
        example.expectation == Expectation::Fails,
        "{name}: marks of its own"
    );
}

/// Returns how an example would mark `diagnostic`.
fn mark(diagnostic: &Diagnostic, plan: &Plan) -> Mark {
    let at = diagnostic.finding.at;
    let (start, _) = plan.sources.positions(at);
    let path = plan.sources.get(at.file).path.clone();
    (
        path,
        start.line as usize,
        start.column as usize,
        diagnostic.finding.rule.0.to_owned(),
    )
}

#[test]
fn every_page_is_its_rule_s_test() {
    let mut failures = Vec::new();
    // What only a build shows, no plan on a page can.
    let shown = |rule: &&Rule| !matches!(rule.found, Found::Building);
    for rule in all().filter(shown) {
        let examples = rule.examples();
        for expectation in [Expectation::Passes, Expectation::Fails] {
            if !examples
                .iter()
                .any(|example| example.expectation == expectation)
            {
                failures.push(format!("{}: no example that {expectation:?}", rule.name));
            }
        }
        for example in &examples {
            let checked = std::panic::catch_unwind(|| check(rule, example));
            if let Err(panic) = checked {
                failures.push(panic.downcast_ref::<String>().cloned().unwrap_or_default());
            }
        }
    }
    let count = failures.len();
    assert!(
        count == 0,
        "{count} of the rule book's examples are wrong:\n{}",
        failures.join("\n\n")
    );
}

#[test]
fn every_rule_stands_in_its_group_once() {
    let mut names: Vec<_> = all().map(|rule| rule.name).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "a rule is listed twice");
    for group in super::GROUPS {
        let at_home = |rule: &Rule| rule.name.group() == group.name;
        assert!(
            group.rules.iter().all(at_home),
            "{} has a stranger",
            group.name
        );
    }
}
