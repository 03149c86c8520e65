//! Decisions beside each other: what takes the place of what, and who counts as whom.

use super::{day, plan, train};
use crate::lifecycle::{Demand, JudgedVote, StepFault, gate_result, history, votes};
use crate::plan::Kind;

#[test]
fn a_later_decision_takes_the_place_of_an_earlier_one() {
    let check = |given: &[(&str, &str)], expected: &[&str]| {
        let line = |(decision, date): &(&str, &str)| {
            format!(
                "      - {{level: quality, by: sofia, decision: {decision}, date: {date}, reason: R, return_to: scoping}}\n"
            )
        };
        let lines: String = given.iter().map(line).collect();
        let (plan, train) = train(&format!("gates:\n  verification:\n    approvals:\n{lines}"));
        let votes = votes(&plan, train, day("2026-09-30"));
        let told = votes.iter().map(|vote| {
            let faults: Vec<_> = vote.faults.iter().map(ToString::to_string).collect();
            let counts = if vote.grants() {
                "counts"
            } else {
                "does not count"
            };
            format!("{counts} {}", faults.join("; "))
                .trim_end()
                .to_owned()
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{given:?}");
    };
    let over = "does not count they decided otherwise later";
    // To confirm takes nothing back; to abstain does, and on one day the order tells.
    check(
        &[("approved", "2026-08-26"), ("approved", "2026-08-28")],
        &["counts", "counts"],
    );
    check(
        &[("approved", "2026-08-26"), ("abstained", "2026-08-28")],
        &[over, "does not count"],
    );
    check(
        &[("rejected", "2026-08-26"), ("approved", "2026-08-26")],
        &[over, "counts"],
    );
    // A month says nothing of what came first, and a day to come replaces nothing yet.
    check(
        &[("approved", "2026-08-26"), ("rejected", "2026-08")],
        &["counts", "does not count"],
    );
    check(
        &[("approved", "2026-08-26"), ("rejected", "2026-10-26")],
        &["counts", "does not count its day has not come"],
    );
    check(
        &[("approved", "2026-08-26"), ("approved", "2026-08-26")],
        &["counts", "counts it is written twice"],
    );
}

#[test]
fn a_role_is_held_on_the_days_that_are_known() {
    let check = |role: &str, date: &str, counts: bool| {
        let plan = plan(&format!(
            "-- people/kim.md --\n---\nroles: [{{role: quality-lead, {role}}}]\n---
-- people/lee.md --\n---\nroles: []\n---
-- teams/q.md --\n---\nmembers: [lee]\nlead: kim\n---
-- trains/t/index.md --\n---\ntype: major\ngates:\n  verification:\n    approvals:
      - {{level: quality, by: kim, decision: approved, date: {date}}}
      - {{level: quality, by: 'team:q', decision: approved, date: {date}}}\n---\n"
        ));
        let votes = votes(
            &plan,
            plan.find(Kind::Train, "t").unwrap(),
            day("2026-12-31"),
        );
        let counted: Vec<_> = votes.iter().map(JudgedVote::grants).collect();
        assert_eq!(counted, [counts; 2], "{role} {date}");
    };
    check("from: 2026-09-01, to: 2026-10-31", "2026-09-01", true);
    check("from: 2026-09-01, to: 2026-10-31", "2026-10-31", true);
    check("from: 2026-09-01, to: 2026-10-31", "2026-08-31", false);
    check("from: 2026-09-01, to: 2026-10-31", "2026-11-01", false);
    check("from: 2026-09-01, to: 2026-10-31", "2026-08", false);
    check("from: 2026-09-01, to: 2026-10-31", "2026-W36", true);
    check("from: 2026-09, to: 2026-Q4", "2026-12-31", true);
    check("to: tbd", "2026-12-31", true);
    // Held twice, with a gap.
    check(
        "to: 2026-06-30}, {role: quality-lead, from: 2026-09-01",
        "2026-07-15",
        false,
    );
    check(
        "to: 2026-06-30}, {role: quality-lead, from: 2026-09-01",
        "2026-09-15",
        true,
    );
}

#[test]
fn a_team_is_one_voice_and_its_member_no_other() {
    let check = |members: &str, approvals: [&str; 2], expected: &str| {
        let votes = approvals.map(|by| {
            format!(
                "      - {{level: executive, by: '{by}', decision: approved, date: 2026-08-27}}\n"
            )
        });
        let fields = format!(
            "manager: ana\ngates:\n  verification:\n    approvals:\n{}",
            votes.concat()
        );
        let plan = plan(&format!(
            "-- teams/board.md --\n---\nmembers: [{members}]\n---\n-- trains/t/index.md --\n---\ntype: major\n{fields}\n---\n"
        ));
        let train = plan.find(Kind::Train, "t").unwrap();
        let result = gate_result(&plan, train, "verification", day("2026-09-01")).unwrap();
        let executive = &result.signoffs[1];
        let told = |votes: &[JudgedVote<'_>]| -> Vec<String> {
            votes
                .iter()
                .map(|vote| vote.vote.by().unwrap().written.to_string())
                .collect()
        };
        let (granted, others) = (told(&executive.granted), told(&executive.others));
        assert_eq!(
            format!("{} / {}", granted.join(" "), others.join(" ")),
            expected
        );
    };
    check("omar, ruth", ["team:board", "omar"], "team:board / omar");
    check("omar, hannah", ["team:board", "ruth"], "team:board ruth / ");
    // Only the manager of the train holds the role, so it can only have been her.
    check("ana, hannah", ["team:board", "ruth"], "ruth / team:board");
    check("ana, omar", ["team:board", "ruth"], "team:board ruth / ");
}

#[test]
fn what_changes_later_does_not_undo_a_move() {
    let (plan, train) = train(
        "history: [{stage: construction, date: 2026-07-01}, {stage: verification, date: 2026-08-02}]\ngates:
  construction:\n    criteria: [{id: code-complete, status: met}]\n    approvals: [{level: development, by: hannah, decision: \
         approved, date: 2026-08-01, covers: fp1-000000-000000-000000-000000}]",
    );
    let today = day("2026-09-01");
    let steps = history(&plan, train, today);
    let lacks = |fault: &StepFault<'_>| matches!(fault, StepFault::Lacks(Demand::Gate(..)));
    assert!(!steps[1].faults.iter().any(lacks), "{:?}", steps[1].faults);
    let result = gate_result(&plan, train, "construction", today).unwrap();
    assert_eq!(
        result
            .to_string()
            .split(&[',', '('][..])
            .next()
            .unwrap()
            .trim(),
        "not passed because development is not approved"
    );
}
