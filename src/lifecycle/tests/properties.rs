//! What holds for every gate and every fingerprint.

use proptest::prelude::*;

use super::{day, plan, train};
use crate::lifecycle::{StepFault, fingerprint, gate_result, history, moves};
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
