//! Moves and histories.

use super::{day, plan, train};
use crate::lifecycle::{Demand, RetrospectiveState, StepFault, history, moves, retrospective};
use crate::plan::{Kind, Plan};

fn demand(plan: &Plan, demand: &Demand<'_>) -> String {
    match demand {
        Demand::Field(name) => (*name).to_owned(),
        Demand::Gate(of, name) => format!("gate {name} of {}", plan.document(*of).id),
        Demand::Reason => "reason".to_owned(),
        Demand::Addressee => "addressee".to_owned(),
        Demand::Decider => "decider".to_owned(),
        Demand::FailedTurnover => "failed turnover".to_owned(),
        Demand::Closing => "closing".to_owned(),
    }
}

#[test]
fn moves_are_those_of_the_model_or_the_default_ones() {
    let check = |archive: &str, expected: &[&str]| {
        let plan = plan(archive);
        let moves = moves(&plan, plan.find(Kind::Train, "t").unwrap());
        let from = moves
            .stages
            .names()
            .flat_map(|stage| moves.from(stage).collect::<Vec<_>>());
        let told: Vec<_> = from
            .map(|step| {
                let demands: Vec<_> = step.demands.iter().map(|one| demand(&plan, one)).collect();
                format!("{} > {}: {}", step.from, step.to, demands.join(", "))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        assert_eq!(told, expected, "{archive}");
    };
    check(
        "-- trains/t/index.md --\n---\ntype: major\n---\n",
        &[
            "draft > scoping: type, manager, purpose, schedule",
            "draft > abandoned: reason, decider",
            "scoping > construction:",
            "scoping > abandoned: reason, decider",
            "construction > scoping: reason",
            "construction > verification: gate construction of t",
            "construction > abandoned: reason, decider",
            "verification > construction: reason, addressee",
            "verification > deployment: gate verification of t",
            "verification > abandoned: reason, decider",
            "deployment > verification: failed turnover",
            "deployment > closed: closing",
            "deployment > abandoned: reason, decider",
        ],
    );
    check(
        "-- trains/t/index.md --\n---\ntype: emergency\nmodel: short\n---\n-- models/short.md --
---
stages: [{id: idea, canonical: draft}, {id: fix, canonical: construction}, soak, deployment]
transitions:
  - {from: fix, to: soak, requires: [construction]}
  - {from: soak, to: fix}
  - {from: soak, to: deployment}
---
",
        &[
            "idea > fix: type, manager, purpose, schedule",
            "idea > abandoned: reason, decider",
            "fix > soak: gate construction of t",
            "fix > abandoned: reason, decider",
            "soak > fix: reason",
            "soak > deployment:",
            "soak > abandoned: reason, decider",
            "deployment > closed: closing",
            "deployment > abandoned: reason, decider",
        ],
    );
    // What closes a stage is asked for also where the model does not name it.
    check(
        "-- trains/t/index.md --\n---\ntype: emergency\nmodel: short\ngates: {soak: {criteria: [{id: quiet}]}}\n---\n-- \
         models/short.md --
---
stages: [{id: idea, canonical: draft}, {id: fix, canonical: construction}, soak, {id: deployment}]
transitions:
  - {from: fix, to: soak}
  - {from: soak, to: deployment}
  - {from: fix, to: deployment}
---
",
        &[
            "idea > fix: type, manager, purpose, schedule",
            "idea > abandoned: reason, decider",
            "fix > soak: gate construction of t",
            "fix > deployment: gate construction of t",
            "fix > abandoned: reason, decider",
            "soak > deployment: gate soak of t",
            "soak > abandoned: reason, decider",
            "deployment > closed: closing",
            "deployment > abandoned: reason, decider",
        ],
    );
}

/// Checks what is said of each entry of the history of a train whose fields are `frontmatter`.
fn check(frontmatter: &str, expected: &[&str]) {
    let (plan, train) = train(frontmatter);
    let told: Vec<_> = history(&plan, train, day("2026-11-21"))
        .iter()
        .map(|step| {
            let faults: Vec<_> = step.faults.iter().map(|fault| told(&plan, fault)).collect();
            format!("{}: {}", &*step.to.value, faults.join("; "))
                .trim_end()
                .to_owned()
        })
        .collect();
    assert_eq!(told, expected, "{frontmatter}");
}

fn told(plan: &Plan, fault: &StepFault<'_>) -> String {
    match fault {
        StepFault::Illegal(known) => format!("illegal, but {}", known.join(" "))
            .trim_end()
            .to_owned(),
        StepFault::Skips(stage) => format!("skips {stage}"),
        StepFault::Lacks(lacking) => format!("lacks {}", demand(plan, lacking)),
        StepFault::Early(_) => "early".to_owned(),
        StepFault::Future => "future".to_owned(),
    }
}

#[test]
fn each_entry_of_a_history_is_a_move_that_is_allowed() {
    let fields = "manager: ana\npurpose: P\nschedule: {deployment: 2026-12-05/2026-12-06}\n";
    let gates = "
gates:
  construction:
    criteria: [{id: code-complete, status: met}]
    approvals: [{level: development, by: hannah, decision: approved, date: 2026-08-01}]
";
    let history = |entries: &[&str]| {
        let entries: String = entries
            .iter()
            .map(|entry| format!("  - {{{entry}}}\n"))
            .collect();
        format!("{fields}history:\n{entries}{gates}")
    };
    check(
        &history(&[
            "stage: draft, date: 2026-05-01",
            "stage: scoping, date: 2026-06-01",
            "stage: construction, date: 2026-07-01",
            "stage: verification, date: 2026-08-02",
            "stage: construction, date: 2026-08-10, reason: Blocker",
            "stage: scoping, date: 2026-08-09, reason: More",
            "stage: deployment, date: 2027-01-01",
        ]),
        &[
            "draft:",
            "scoping:",
            "construction:",
            "verification:",
            "construction: lacks addressee",
            "scoping: early",
            "deployment: skips construction; skips verification; lacks gate construction of t; lacks gate verification \
             of t; future",
        ],
    );
    check(
        &history(&[
            "stage: draft, date: 2026-05-01",
            "stage: closed, date: 2026-06-01",
            "stage: draft, date: 2026-07-01",
        ]),
        &[
            "draft:",
            "closed: skips scoping; skips construction; skips verification; skips deployment",
            "draft: illegal, but",
        ],
    );
    // A move that a return has taken back is not judged by what its gates say now.
    check(
        &history(&[
            "stage: scoping, date: 2026-06-01",
            "stage: construction, date: 2026-07-01",
            "stage: verification, date: 2026-07-02",
            "stage: construction, date: 2026-07-20, reason: R, addressee: ana",
            "stage: verification, date: 2026-08-02",
            "stage: scoping, date: 2026-08-02",
            "stage: abandoned, date: 2026-08-03",
        ]),
        &[
            "scoping:",
            "construction:",
            "verification:",
            "construction:",
            "verification:",
            "scoping: illegal, but construction deployment abandoned",
            "abandoned: lacks reason; lacks decider",
        ],
    );
    check(
        &history(&[
            "stage: scoping, date: 2026-06-01",
            "stage: construction, date: 2026-07-01",
            "stage: verification, date: 2026-07-31",
        ]),
        &[
            "scoping:",
            "construction:",
            "verification: lacks gate construction of t",
        ],
    );
    check(
        "history: [{stage: scoping, date: 2026-06-01}]",
        &["scoping: lacks manager; lacks purpose; lacks schedule"],
    );
}

#[test]
fn an_emergency_gives_the_approvals_that_it_skips_afterwards() {
    let check = |history: &str, approvals: &str, today: &str, expected: Vec<String>| {
        let plan = plan(&format!(
            "-- trains/t/index.md --\n---\ntype: emergency\nhistory: [{{stage: construction, date: 2026-08-20}}, \
             {history}]\ngates: {{verification: {{approvals: [{approvals}]}}}}\n---\n"
        ));
        let train = plan.find(Kind::Train, "t").unwrap();
        let owed = retrospective(&plan, train, day(today));
        let told: Vec<_> = owed
            .iter()
            .map(|owed| {
                let state = match owed.state {
                    RetrospectiveState::Given(_) => "given",
                    RetrospectiveState::Late(_) => "late",
                    RetrospectiveState::Open => "open",
                    RetrospectiveState::Missing => "missing",
                };
                format!("{} by {}: {state}", owed.signoff.level, owed.deadline)
            })
            .collect();
        assert_eq!(told, expected, "{history} {approvals}");
    };
    let deployed = "{stage: deployment, date: 2026-08-21}";
    let quality = "{level: quality, by: sofia, decision: approved, date: 2026-08-28}";
    // 21 August 2026 is a Friday.
    let both = |quality: &str, executive: &str| {
        vec![
            format!("quality by 2026-08-28: {quality}"),
            format!("executive by 2026-08-28: {executive}"),
        ]
    };
    check(deployed, quality, "2026-08-28", both("given", "open"));
    check(deployed, quality, "2026-08-29", both("given", "missing"));
    let late = "{level: quality, by: sofia, decision: approved, date: 2026-08-31}";
    check(deployed, late, "2026-09-01", both("late", "missing"));
    // The stage may have another name in the model, and in the policy.
    let renamed = |skips: &str| {
        let archive = format!(
            "-- trains/t/index.md --\n---\ntype: hotfix\nmodel: short\npolicy: hotfixes\nhistory: [{{stage: fix, date: \
             2026-08-20}}, {{stage: live, date: 2026-08-21}}]\n---\n-- policies/hotfixes.md --\n---\napplies_to: {{types: \
             [hotfix]}}\ntypes: {{hotfix: {{skips: [{skips}], retrospective_approval: 5bd}}}}\ngates: {{verification: \
             {{approvals: [{{level: quality}}]}}}}\n---\n-- models/short.md --\n---\nstages: [{{id: fix, canonical: \
             construction}}, {{id: look, canonical: verification}}, {{id: live, canonical: deployment}}]\n---\n"
        );
        let plan = plan(&archive);
        let train = plan.find(Kind::Train, "t").unwrap();
        let owed = retrospective(&plan, train, day("2026-09-01"));
        let moves = history(&plan, train, day("2026-09-01"));
        let faults: Vec<_> = moves.iter().flat_map(|step| &step.faults).collect();
        (owed.len(), faults.len())
    };
    assert_eq!(renamed("look"), (1, 0));
    assert_eq!(renamed("verification"), (1, 0));
    // Whoever may not skip it owes the stage, and its gate.
    assert_eq!(renamed("scoping"), (0, 2));
    // Nothing is owed by whoever skipped nothing.
    let verified = "{stage: verification, date: 2026-08-21}, {stage: deployment, date: 2026-08-22}";
    check(verified, quality, "2026-09-01", Vec::new());
}
