//! What holds for every gate and every fingerprint.

use proptest::prelude::*;

use super::{day, plan, train};
use crate::lifecycle::{StepFault, differences, fingerprint, gate_result, history, moves};
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
        original.len() == 31 && original.starts_with("fp1-"),
        "{original}"
    );
    let check = |from: &str, to: &str, differing: &[&str]| {
        let text = release(&FIELDS, "");
        assert!(text.contains(from), "{from}");
        let changed = fingerprint_of(&plan(&text.replace(from, to)), Kind::Release);
        let told = differences(&original, &changed);
        assert_eq!(told.as_deref(), Some(differing), "{from} to {to}");
    };
    let kept = |from: &str, to: &str| check(from, to, &[]);
    kept("title: One", "title: The first");
    kept("status: open", "status: done");
    kept("due: T-5bd", "due: T-5bd, done: 2026-11-30");
    kept("due: T-5bd", "due: 2026-11-30");
    kept("'1.10'", "\"1.10\" # as always");
    kept("stored: 2026-10-01", "stored: 2026-10-02");
    kept(
        "{construction: 2026-08-17/2026-10-16, ",
        "{construction: {from: 2026-08-17, to: 2026-10-16}, ",
    );
    kept(
        "{id: I-1, title: One, status: open}\n  - {id: I-2, title: Two}",
        "{id: I-2, title: Two}\n  - {id: I-1, title: One, status: open}",
    );
    kept(
        "application: a",
        "application: a\ndescription: Better\nowner: ana",
    );
    kept(
        "application: a",
        "application: a\nhistory: [{stage: construction, date: 2026-08-17}]",
    );
    kept(
        "application: a",
        "application: a\ngates: {verification: {criteria: [{id: load, status: met}]}}",
    );
    check("status: open", "status: dropped", &["scope"]);
    check("'1.10'", "'1.11'", &["scope"]);
    check("id: I-2", "id: I-3", &["scope"]);
    check(
        "application: a",
        "application: a\nextent: partial",
        &["scope"],
    );
    check("due: T-5bd", "due: T-6bd", &["tasks"]);
    check("id: fund", "id: found", &["tasks"]);
    check("/2026-12-06", "/2026-12-07", &["dates"]);
    // What is relative to a date moves with it.
    check("2026-12-05/", "2026-12-04/", &["dates", "tasks"]);
    check("version: '1',", "version: '2',", &["artifacts"]);
    check("name: x", "name: y", &["artifacts"]);
}

#[test]
fn fingerprints_of_another_form_are_not_compared() {
    let check =
        |covers: &str| assert_eq!(differences(covers, "fp1-0a1b2c-3d4e5f-607182-93a4b5"), None);
    check("fp2-0a1b2c-3d4e5f-607182-93a4b5");
    check("fp1-0a1b2c3d4e5f6071");
    check("fp1-0a1b2c-3d4e5f-607182");
    check("the plan of Tuesday");
}

/// Returns a train with a milestone, a release and a turnover, after `from` became `to`.
fn travelling(from: &str, to: &str) -> Plan {
    let text = "-- applications/a.md --\n---\ntitle: A\n---\n-- trains/t/index.md --\n---\ntitle: T
schedule: {deployment: 2026-12-05/2026-12-06}\nmilestones: [{id: done, due: T-3d}]\n---
-- trains/t/releases/r.md --\n---\napplication: a\nversion: '1.0'\nartifacts: [{name: x, version: '1'}]\n---
-- trains/t/turnovers/uat.md --\n---\nenvironment: production\nplanned: 2026-11-20 20:00/2h
tasks: [{id: stop, seq: 1, duration: 5m}, {id: go, seq: 2}]\nsmoke: [{id: login}]\n---\n";
    assert!(text.contains(from), "{from}");
    plan(&text.replace(from, to))
}

#[test]
fn what_travels_together_is_approved_together() {
    let original = travelling("", "");
    let check = |from: &str, to: &str, expected: [&[&str]; 3]| {
        let changed = travelling(from, to);
        let kinds = [Kind::Train, Kind::Release, Kind::Turnover];
        let differing = kinds.map(|kind| {
            let prints = (
                fingerprint_of(&original, kind),
                fingerprint_of(&changed, kind),
            );
            differences(&prints.0, &prints.1).unwrap()
        });
        assert_eq!(differing, expected.map(<[_]>::to_vec), "{from} to {to}");
    };
    check("'1.0'", "'1.1'", [&["scope"], &["scope"], &[]]);
    check(
        "version: '1'}",
        "version: '2'}",
        [&["artifacts"], &["artifacts"], &["artifacts"]],
    );
    // A release has the dates of its train.
    check("2026-12-05/", "2026-12-04/", [&["dates"], &["dates"], &[]]);
    check("T-3d", "T-4d", [&["dates"], &["dates"], &[]]);
    check("T-3d", "2026-12-02, done: 2026-12-02", [&[], &[], &[]]);
    check("seq: 2", "seq: 1", [&[], &[], &["tasks"]]);
    check(
        "{id: go, seq: 2}",
        "{id: go, seq: 2, status: done}",
        [&[], &[], &[]],
    );
    check("20:00", "21:00", [&[], &[], &["dates"]]);
    check(
        "{id: login}",
        "{id: login}, {id: logout}",
        [&[], &[], &["tasks"]],
    );
    let aside = "-- applications/b.md --\n---\ntitle: B\n---\n-- trains/t/releases/r.md --";
    check("-- trains/t/releases/r.md --", aside, [&[], &[], &[]]);
    let beside =
        "-- trains/t/releases/s.md --\n---\napplication: a\n---\n-- trains/t/turnovers/uat.md --";
    check(
        "-- trains/t/turnovers/uat.md --",
        beside,
        [&["scope"], &[], &["scope"]],
    );
    // What is given up is not approved.
    check(
        "version: '1.0'",
        "version: '1.0'\nhistory: [{stage: abandoned, date: 2026-11-01}]",
        [&["scope", "artifacts"], &[], &[]],
    );
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

    /// A history is told to be illegal, or to leave stages out, exactly where the moves of its model do not allow it.
    #[test]
    fn a_history_is_allowed_where_each_of_its_moves_is(
        listed in prop::collection::vec((0..6usize, 0..6usize), 0..8),
        entered in prop::collection::vec(0..6usize, 1..8),
    ) {
        let stages = ["idea", "fix", "soak", "live", "done", "abandoned"];
        let transitions: String = listed
            .iter()
            .map(|(from, to)| format!("  - {{from: {}, to: {}}}\n", stages[*from], stages[*to]))
            .collect();
        let entries: String = entered
            .iter()
            .map(|at| format!("  - {{stage: {}, date: 2026-05-01}}\n", stages[*at]))
            .collect();
        let plan = plan(&format!(
            "-- trains/t/index.md --\n---\nmodel: short\nhistory:\n{entries}---\n-- models/short.md --\n---\nstages: [{{id: \
             idea, canonical: draft}}, {{id: fix, canonical: construction}}, soak, {{id: live, canonical: deployment}}, {{id: \
             done, canonical: closed}}]\ntransitions:\n{transitions}---\n"
        ));
        let train = plan.find(Kind::Train, "t").unwrap();
        let moves = moves(&plan, train);
        let steps = history(&plan, train, day("2026-10-01"));
        prop_assert_eq!(steps.len(), entered.len());
        for (step, pair) in steps.iter().skip(1).zip(entered.windows(2)) {
            let allowed = moves.between(stages[pair[0]], stages[pair[1]]).is_some();
            let illegal = step.faults.iter().any(|fault| matches!(fault, StepFault::Illegal(_)));
            prop_assert_eq!(allowed, !illegal && step.skipped.is_empty(), "{:?}", step);
            prop_assert!(!illegal || step.skipped.is_empty(), "{step:?}");
        }
    }

    /// To say nothing of a criterion that the policy asks for never makes a gate pass, and why it is not passed is told.
    #[test]
    fn a_gate_is_monotone_in_what_is_said_of_its_criteria(
        said in prop::collection::vec(0..5usize, 2),
        unsaid in 0..2usize,
        today in 1..30u32,
    ) {
        let words = [
            "",
            "status: not-run",
            "status: not-met",
            "status: met, evidence: {url: 'https://ci.example/1', date: 2026-09-02, valid_for: 9d}",
            "status: not-met, waiver: {by: ruth, reason: R, date: 2026-09-02, expires: 2026-09-20}",
        ];
        let result = |said: &[usize]| {
            let criteria: String = ["regression", "load"]
                .iter()
                .zip(said)
                .filter(|(_, said)| **said > 0)
                .map(|(id, said)| format!("      - {{id: {id}, {}}}\n", words[*said]))
                .collect();
            let criteria = if criteria.is_empty() { " []\n".to_owned() } else { format!("\n{criteria}") };
            let (plan, train) = train(&format!(
                "gates:\n  construction:\n    criteria: [{{id: code-complete, status: met}}]\n    approvals: [{{level: \
                 development, by: hannah, decision: approved, date: 2026-08-01}}]\n  verification:\n    \
                 criteria:{criteria}    approvals:\n      - {{level: quality, by: sofia, decision: approved, date: \
                 2026-09-03}}\n      - {{level: executive, by: omar, decision: approved, date: 2026-09-03}}\n      - {{level: \
                 executive, by: ruth, decision: approved, date: 2026-09-03}}"
            ));
            let result = gate_result(&plan, train, "verification", day(&format!("2026-09-{today:02}"))).unwrap();
            (result.is_passed(), result.to_string())
        };
        let mut less = said.clone();
        less[unsaid] = 0;
        let ((before, words), (after, _)) = (result(&said), result(&less));
        prop_assert!(before || !after, "{said:?} without {unsaid}");
        prop_assert!(!words.ends_with("because "), "{words}");
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
