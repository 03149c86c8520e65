//! What holds for every gate and every fingerprint.

use proptest::prelude::*;

use super::{day, plan, train};
use crate::lifecycle::{fingerprint, gate_result};
use crate::plan::{Kind, Plan};

/// Returns the fingerprint of the first document of `kind`.
fn fingerprint_of(plan: &Plan, kind: Kind) -> String {
    fingerprint(plan, plan.of_kind(kind).next().unwrap().0).unwrap()
}

/// Returns a release with the fields `fields`, in this order, and a body.
fn release(fields: &[&str], body: &str) -> String {
    let application = "-- applications/a.md --\n---\ntitle: A\n---\n";
    let fields: String = fields.iter().map(|field| format!("{field}\n")).collect();
    format!("{application}-- releases/r.md --\n---\n{fields}---\n{body}\n")
}

const FIELDS: [&str; 6] = [
    "application: a",
    "version: '1.10'",
    "schedule: {construction: 2026-08-17/2026-10-16, deployment: 2026-12-05/2026-12-06}",
    "items:\n  - {id: I-1, title: One, status: open}\n  - {id: I-2, title: Two}",
    "artifacts: [{name: x, version: '1', stored: 2026-10-01}]",
    "tasks: [{id: fund, title: Fund it, due: T-5bd}]",
];

#[test]
fn a_fingerprint_is_of_what_was_approved() {
    let original = fingerprint_of(&plan(&release(&FIELDS, "")), Kind::Release);
    assert!(
        original.len() == 20 && original.starts_with("fp1-"),
        "{original}"
    );
    let check = |from: &str, to: &str, same: bool| {
        let changed = release(&FIELDS, "").replace(from, to);
        let changed = fingerprint_of(&plan(&changed), Kind::Release);
        assert_eq!(changed == original, same, "{from} to {to}");
    };
    check("title: One", "title: The first", true);
    check("status: open", "status: done", true);
    check("due: T-5bd", "due: T-5bd, done: 2026-11-30", true);
    check("'1.10'", "\"1.10\"", true);
    check(
        "{construction: 2026-08-17/2026-10-16, ",
        "{construction: {from: 2026-08-17, to: 2026-10-16}, ",
        true,
    );
    check("status: open", "status: dropped", false);
    check("'1.10'", "'1.11'", false);
    check("id: I-2", "id: I-3", false);
    check("due: T-5bd", "due: T-6bd", false);
    check("2026-12-05/", "2026-12-04/", false);
    check("version: '1',", "version: '2',", false);
}

#[test]
fn the_fingerprint_of_a_train_covers_its_releases() {
    let train = |version: &str| {
        let release = format!(
            "-- trains/t/releases/r.md --\n---\napplication: a\nversion: '{version}'\n---\n"
        );
        let plan = plan(&format!(
            "-- applications/a.md --\n---\ntitle: A\n---\n-- trains/t/index.md --\n---\ntitle: T\n---\n{release}"
        ));
        fingerprint_of(&plan, Kind::Train)
    };
    assert_eq!(train("1.0"), train("1.0"));
    assert_ne!(train("1.0"), train("1.1"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_fingerprint_ignores_layout(fields in Just(FIELDS.to_vec()).prop_shuffle(), body in "[a-z \n]{0,40}") {
        let block = release(&fields, &body).replace(
            "tasks: [{id: fund, title: Fund it, due: T-5bd}]",
            "tasks:\n  fund:\n    due: T-5bd   # in time\n    title: Fund it",
        );
        let original = fingerprint_of(&plan(&release(&FIELDS, "")), Kind::Release);
        prop_assert_eq!(fingerprint_of(&plan(&block), Kind::Release), original);
    }

    /// One more approval by somebody who may give it never makes a gate fail that was passed without it.
    #[test]
    fn a_gate_is_monotone_in_its_approvals(
        given in prop::collection::vec((0..3usize, 1..30u32), 0..5),
        more in (0..3usize, 1..30u32),
        evidence in 1..30u32,
        valid in 1..20u32,
    ) {
        let makers = [("quality", "sofia"), ("executive", "omar"), ("executive", "ruth")];
        let line = |(maker, day): &(usize, u32)| {
            let (level, by) = makers[*maker];
            format!("      - {{level: {level}, by: {by}, decision: approved, date: 2026-09-{day:02}}}\n")
        };
        let passes = |given: &[(usize, u32)]| {
            let lines: String = given.iter().map(line).collect();
            let (plan, train) = train(&format!(
                "gates:\n  construction:\n    criteria: [{{id: code-complete, status: met}}]\n    approvals: [{{level: \
                 development, by: hannah, decision: approved, date: 2026-08-01}}]\n  verification:\n    criteria:\n      \
                 - {{id: load, status: met}}\n      - {{id: regression, status: met, evidence: {{url: \
                 'https://ci.example/1', date: 2026-09-{evidence:02}, valid_for: {valid}d}}}}\n    approvals:\n{lines}"
            ));
            gate_result(&plan, train, "verification", day("2026-10-01")).unwrap().is_passed()
        };
        let mut all = given.clone();
        let before = passes(&all);
        all.push(more);
        prop_assert!(!before || passes(&all), "{given:?} and {more:?}");
    }
}
