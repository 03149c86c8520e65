//! Asking a plan: may this be deployed, what is due, what does an approval take.

use crate::stage::{Plan, SMALL};

#[test]
fn a_pipeline_asks_before_it_deploys() {
    let plan = Plan::sample();
    plan.run("can-deploy --environment production --at 2026-12-24T22:00 --for 2h --as-of 2026-11-21")
        .exits(1)
        .says(
            "no: a deployment may not go to production from 22:00 on 24 December 2026 to 00:00 on 25 December 2026
  - hard freeze year-end holds from 18 December 2026 to 4 January 2027, and no exception permits it
    freezes/year-end.md:5:10
  - it is outside of window saturday-night
next fit: Sat 9 January 2027 22:00 Europe/London",
        );
    let night =
        "can-deploy --environment production -a payments --at 2026-12-05T22:00 --as-of 2026-11-21";
    plan.run(night).exits(1).says("say `--train 2026-q4`");
    plan.run(&format!("{night} --train 2026-q4")).exits(1).says(
        "gate verification of train 2026-q4 is not passed because security-scan is not run
nobody has accepted turnover 2026-q4/production
the time fits: Sat 5 December 2026 22:00 Europe/London, once all of this is answered",
    );
    let quiet = plan.run("can-deploy --environment uat --train 2026-q4 --at 2026-11-24T19:00 --quiet --as-of 2026-11-21");
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    quiet.exits(0);
    let json = plan
        .run("can-deploy -e training --format json --as-of 2026-11-21")
        .exits(1);
    let answer: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(answer["version"], 1);
    assert_eq!(answer["answer"], "no");
    assert_eq!(answer["reasons"][0]["reason"], "environment-offline");
    assert_eq!(answer["reasons"][0]["file"], "environments/training.md");
    assert_eq!(answer["from"], "2026-11-21T00:00:00+00:00");
}

#[test]
fn a_question_with_a_slip_is_answered_with_what_was_meant() {
    let plan = Plan::sample();
    let check = |arguments: &str, lines: &str| {
        plan.run(&format!("{arguments} --as-of 2026-11-21"))
            .exits(2)
            .says(lines);
    };
    check("can-deploy -e prodution", "did you mean `production`?");
    check("can-deploy -e uat -a paymnts", "did you mean `payments`?");
    check("can-deploy -e uat --type minr", "did you mean `minor`?");
    check(
        "can-deploy -e uat --at 2026-12",
        "write a day such as 2026-12-12",
    );
    check(
        "can-deploy -e uat --turnover production",
        "turnover:2026-q4/production",
    );
    check(
        "can-deploy -e uat --turnover 2026-q4/production",
        "goes to production, not to uat",
    );
    check(
        "can-deploy -e production --train 2026-q4 -a fraud",
        "does not bring fraud",
    );
    check("due --within 36h", "what falls due is counted in days");
    check("due --owner onar", "did you mean `omar`?");
    check("approve 2026-q4", "`2026-q4/verification`");
    check(
        "approve 2026-q4/verifcation",
        "did you mean `verification`?",
    );
    check("approve verification", "train:2026-q4/verification or");
    check(
        "approve 2026-q4/verification --decision rejected",
        "--return-to",
    );
    check(
        "approve 2026-q4/verification --level exec",
        "did you mean `executive`?",
    );
}

#[test]
fn a_broken_plan_proves_nothing_about_what_it_hides() {
    let plan = Plan::of(SMALL);
    plan.write(
        "environments/production.md",
        "---\ncategory: production\n---\n",
    );
    plan.write(
        "freezes/peak.md",
        "---\nplanned: 2026-12-01/2026-12-05\n---\n",
    );
    plan.write("notes/pay.md", "---\nrelease: nothing\n---\n");
    let ask = "can-deploy -e production -a pay --as-of 2026-11-21";
    plan.run(ask).exits(0);
    plan.edit("freezes/peak.md", "12-05", "12-35");
    plan.run(ask).exits(1).says(
        "the plan has an error: December 2026 has 31 days, there is no day 35 (value/impossible-date)
freezes/peak.md:2:",
    );
}

#[test]
fn the_week_begins_with_what_is_due() {
    let plan = Plan::sample();
    plan.run("due --within 10bd --owner ana --as-of 2026-11-21")
        .exits(0)
        .says(
            "nothing is late on 21 November 2026, and 5 things fall due by 4 December 2026 for Ana Ferreira (ana)
4 days left (25 November 2026): criterion scope-agreed of gate scoping of train 2027-q1",
        );
    let late = plan
        .run("due --as-of 2026-11-28 --format json --fail-late")
        .exits(1);
    let answer: serde_json::Value = serde_json::from_str(&late.out).unwrap();
    let first = &answer["owners"][0]["items"][0];
    assert_eq!(
        (&first["state"], &first["days"]),
        (&"late".into(), &4.into())
    );
    Plan::of(SMALL)
        .run("due --as-of 2026-11-21")
        .exits(0)
        .says("nothing is late on 21 November 2026, and nothing falls due by 5 December 2026");
}

/// A train that one approval keeps from its next stage.
const WAITING: &str = "\
-- trainboard.yaml --
title: Plan
timezone: Europe/London
-- people/ana.md --
---
name: Ana Ferreira
---
-- people/omar.md --
---
name: Omar Haddad
roles: [{role: executive, from: 2026-01-01}]
---
-- policies/policy.md --
---
since: 2026-01-01
separation_of_duties: true
types: {major: {bump: major}}
gates:
  verification:
    criteria: [{id: regression, title: The regression suite passed}]
    approvals: [{level: executive, role: executive}]
---
What we promise.
-- trains/q4/index.md --
---
title: Fourth quarter
type: major
policy: policy
manager: ana
purpose: More.
schedule: {verification: 2026-11-01/2026-12-04, deployment: 2026-12-05/2026-12-12}
history: [{stage: verification, date: 2026-11-02, by: ana}]
gates:
  verification: {criteria: [{id: regression, owner: ana, status: met}]}
---
A train.
";

#[test]
fn an_approval_is_written_and_counts() {
    let plan = Plan::of(WAITING);
    let before = plan.run("check --as-of 2026-11-21 --format short").out;
    plan.run("approve q4/verification --write --as-of 2026-11-21")
        .exits(0)
        .says(
            "executive, by executive: 1 of 1 missing: omar
wrote trains/q4/approvals/verification-executive-omar.md
with it, gate verification is passed because",
        );
    let text = plan.read("trains/q4/approvals/verification-executive-omar.md");
    assert!(
        text.contains("\nby: omar\n") && text.contains("\ncovers: fp1-"),
        "{text}"
    );
    assert_eq!(
        plan.run("check --as-of 2026-11-21 --format short").out,
        before
    );
    plan.run("approve q4/verification --as-of 2026-11-21")
        .exits(0)
        .says("gate verification of train q4 is passed\nexecutive, by executive: given by omar; complete");
    // A second decision has a file of its own.
    plan.run("approve q4/verification --by omar --write --as-of 2026-11-22")
        .exits(0)
        .says("wrote trains/q4/approvals/verification-executive-omar-2.md");
    assert_eq!(
        plan.read("trains/q4/approvals/verification-executive-omar.md"),
        text
    );
    // What was approved has changed since.
    plan.edit("trains/q4/index.md", "2026-12-05/", "2026-12-06/");
    plan.run("approve q4/verification --as-of 2026-11-23")
        .exits(0)
        .says("omar approved, and it does not count: what was approved has changed since");
}

#[test]
fn whoever_does_not_count_is_told_so() {
    let plan = Plan::of(WAITING);
    let quiet = plan
        .run("approve verification --of train:q4 --by ana --quiet --as-of 2026-11-21")
        .exits(0);
    assert!(quiet.out.starts_with("---\ntitle: "), "{}", quiet.out);
    quiet.says(
        "warning: this decision would not count: they were not executive on that day
warning: this decision would not count: they are the manager of what is approved",
    );
    plan.edit("people/omar.md", "from: 2026-01-01", "to: 2026-01-01");
    plan.run("approve q4/verification --as-of 2026-11-21")
        .exits(0)
        .says("by: tbd\nnobody else holds the role");
    plan.run("approve q4/verification --write --as-of 2026-11-21")
        .exits(2)
        .says("name a person with `--by`");
    assert!(!plan.path("trains/q4/approvals").exists());
}
