//! Every rule's page is its test: the plans on it give exactly the diagnostics that they mark.

#![expect(clippy::expect_used, reason = "a failed test may panic")]

mod hints;
mod written;

use super::{Example, Expectation, Found, Rule, all, judge};
use crate::diagnostic::{Diagnostic, Severity, fixed};
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

/// Returns what is wrong with `written`, and the plan that it is.
fn judged(written: &Written, example: &Example<'_>) -> (Vec<Diagnostic>, Plan) {
    let loaded = load(written);
    let as_of = Day::parse(example.as_of.unwrap_or(TODAY)).expect("a day");
    (judge(&loaded.plan, loaded.findings, as_of), loaded.plan)
}

/// Returns what `written` becomes when the fixes of `diagnostics` are applied.
fn mended(written: &Written, diagnostics: &[Diagnostic], plan: &Plan) -> Written {
    let texts = fixed(diagnostics, &plan.sources).into_iter();
    let paths = texts.map(|(file, text)| (plan.sources.get(file).path.clone(), text));
    let mut changed = written.with("", "");
    for (path, text) in paths {
        changed = changed.with(&path, &text);
    }
    changed
}

/// Returns how the fixes of `example` go wrong: one that leaves its fault, one that brings another, and a plan that is
/// still to be mended after three rounds.
fn wrong_fixes(example: &Example<'_>) -> Vec<String> {
    let written = Written::of(example.files);
    let (before, plan) = judged(&written, example);
    let count = |all: &[Diagnostic], one: &Diagnostic| {
        let (rule, message) = (one.finding.rule, &one.finding.message);
        let same = |it: &&Diagnostic| it.finding.rule == rule && it.finding.message == *message;
        all.iter().filter(same).count()
    };
    let mut wrong = Vec::new();
    for one in before.iter().filter(|it| it.finding.fix.is_some()) {
        let (after, _) = judged(&mended(&written, std::slice::from_ref(one), &plan), example);
        let (rule, message) = (one.finding.rule, &one.finding.message);
        if count(&after, one) >= count(&before, one) {
            wrong.push(format!("{rule}: still there: {message}"));
        }
        for new in after
            .iter()
            .filter(|it| count(&after, it) > count(&before, it))
        {
            let (new, said) = (new.finding.rule, &new.finding.message);
            wrong.push(format!("{rule}: {message}: brings {new}: {said}"));
        }
    }
    let (mut written, mut diagnostics, mut plan) = (written, before, plan);
    for _ in 0..3 {
        written = mended(&written, &diagnostics, &plan);
        (diagnostics, plan) = judged(&written, example);
    }
    let left = diagnostics.iter().filter(|it| it.finding.fix.is_some());
    wrong.extend(left.map(|it| format!("{}: never ends: {}", it.finding.rule, it.finding.message)));
    wrong
}

#[test]
fn every_fix_on_a_page_mends_its_fault_and_brings_no_other() {
    let mut wrong = Vec::new();
    let mut mending = std::collections::BTreeSet::new();
    for example in all().flat_map(Rule::examples) {
        let (diagnostics, _) = judged(&Written::of(example.files), &example);
        let fixes = diagnostics.iter().filter(|it| it.finding.fix.is_some());
        mending.extend(fixes.map(|it| it.finding.rule.0));
        wrong.extend(wrong_fixes(&example));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(mending.contains("value/unquoted-version"), "{mending:?}");
}

/// `cargo test --lib -- --ignored --nocapture the_rule_book_in_numbers`
#[test]
#[ignore = "a list for people"]
fn the_rule_book_in_numbers() {
    let mut list = String::new();
    for rule in all() {
        let examples = rule.examples();
        let count = |wanted| {
            let of = |example: &&Example<'_>| example.expectation == wanted;
            examples.iter().filter(of).count()
        };
        let fixes = examples.iter().flat_map(|example| {
            let (diagnostics, _) = judged(&Written::of(example.files), example);
            diagnostics
        });
        let fixes = fixes.filter(|it| it.finding.rule == rule.name && it.finding.fix.is_some());
        let (passes, fails) = (count(Expectation::Passes), count(Expectation::Fails));
        let (word, fixes) = (rule.severity.word(), fixes.count());
        list += &format!(
            "{} {word} passes={passes} fails={fails} fixes={fixes}\n",
            rule.name
        );
    }
    // A list is shown by a test that fails.
    assert!(list.is_empty(), "{list}");
}
