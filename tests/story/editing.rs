//! What changes a plan's files: `fmt` brings them into order, `shift` moves a train.

use crate::stage::{Plan, SMALL, Snapshot};

const TRAIN: &str = "trains/q1/index.md";

/// A train with one release, which is deployed in one night; a freeze follows a week later.
const MOVING: &str = "\
-- trainboard.yaml --
title: Moving plan
timezone: Europe/London
-- people/ana.md --
---
name: Ana Ferreira
---
-- environments/production.md --
---
title: Production
category: production
order: 1
---
-- freezes/audit.md --
---
title: Audit
planned: 2026-12-11/2026-12-14
reason: The auditors are in
---
-- trains/q1/index.md --
---
title: Q1
type: minor
manager: ana   # until March
purpose: Ship it
schedule:
  draft: 2026-11-02/2026-11-13
  scoping: 2026-11-14/2026-12-04
  deployment: 2026-12-05/2026-12-06   # the night
history:
  - {stage: draft, date: 2026-11-02}
milestones:
  - {id: ready, due: T-2d}
  - {id: party, due: 2026-12, category: event}
---
The night of the train.
-- trains/q1/turnovers/production.md --
---
environment: production
planned: \"2026-12-05 22:00/2h\"
backout: {duration: 1h}
smoke: [{id: up, title: It answers}]
tasks: [{id: go, title: Go, owner: ana, duration: 1h}]
---
";

#[test]
fn files_are_formatted_once_and_then_stay() {
    let plan = Plan::of(SMALL);
    let text = "\u{feff}---\r\nowner: ana\r\n# What it is called.\r\ntitle:  Payments # short\r\n---\r\nMoves [money](../pages/money.md).\r\n";
    plan.write("applications/pay.md", text);
    let before = Snapshot::of(&plan.path(""));
    plan.run("fmt --check").exits(1).says(
        "applications/pay.md\n1 file is not formatted; 1 of them has line ends of Windows, which become LF",
    );
    assert_eq!(
        Snapshot::of(&plan.path("")),
        before,
        "--check writes nothing"
    );
    plan.run("fmt people trainboard.yaml")
        .exits(0)
        .says("2 files, all formatted");
    plan.run("fmt").exits(0).says("1 file was formatted");
    assert_eq!(
        plan.read("applications/pay.md"),
        "---\n# What it is called.\ntitle: Payments # short\nowner: ana\n---\nMoves [money](../pages/money.md).\n"
    );
    plan.run("fmt --check")
        .exits(0)
        .says("4 files, all formatted");
    plan.run("check").exits(0);
}

#[test]
fn what_cannot_be_formatted_is_named_and_left_alone() {
    let plan = Plan::of(SMALL);
    plan.write("pages/a.md", "---\ntitle: A\ntitle: B\n---\n");
    plan.write("pages/b.md", "---\n? title\n: B\n---\n");
    plan.write("pages/c.md", "---\ntags: []\ntitle: C\n---\n");
    plan.run("fmt").exits(1).says(
        "document/duplicate-key\npages/b.md:2:1: this is read\n1 file was formatted; 2 files left as they are",
    );
    assert_eq!(plan.read("pages/c.md"), "---\ntitle: C\ntags: []\n---\n");
    assert_eq!(plan.read("pages/a.md"), "---\ntitle: A\ntitle: B\n---\n");
}

#[test]
fn the_sample_plan_is_in_canonical_order() {
    Plan::sample()
        .run("fmt --check")
        .exits(0)
        .says("all formatted");
}

#[test]
fn a_train_is_asked_where_it_would_fit_and_then_moved() {
    let plan = Plan::of(MOVING);
    let before = Snapshot::of(&plan.path(""));
    plan.run("shift q1 +1w").exits(1).says(
        "train q1 moves 7 days later: 4 dates in 2 files are edited, 1 follows; 1 thing breaks\n  \
         - error freeze/overlap: turnover q1/production is in hard freeze audit\n  \
         - due of milestone q1/ready: 2026-12-03 → 2026-12-10, counted from T\n  \
         - due day of milestone q1/party: 2026-12, which it does not leave\n  \
         - start of deployment of turnover q1/production: 2026-12-05 22:00 → 2026-12-12 22:00\n\
         next fit: 10 days later, on 15 December 2026",
    );
    plan.run("shift q1 +1w --write")
        .exits(1)
        .says("nothing is written, because something breaks");
    assert_eq!(Snapshot::of(&plan.path("")), before);
    plan.run("shift q1 --to 2026-12-19 --write")
        .exits(0)
        .says("train q1 moves 14 days later\nthe files are written");
    let moved = MOVING
        .replace("2026-11-14/2026-12-04", "2026-11-14/2026-12-18")
        .replace("2026-12-05/2026-12-06", "2026-12-19/2026-12-20")
        .replace("2026-12-05 22:00", "2026-12-19 22:00");
    let moved = Plan::of(&moved);
    for file in [
        TRAIN,
        "trains/q1/turnovers/production.md",
        "freezes/audit.md",
    ] {
        assert_eq!(plan.read(file), moved.read(file));
    }
    plan.run("shift q1 -2w --write").exits(0);
    assert_eq!(
        plan.read(TRAIN),
        Plan::of(MOVING).read(TRAIN),
        "there and back again"
    );
}

#[test]
fn distances_are_counted_in_days_of_the_train() {
    let plan = Plan::of(MOVING);
    let says = |arguments: &str, code, lines| _ = plan.run(arguments).exits(code).says(lines);
    // From Saturday 5 December, the tenth business day is Friday 18 December.
    says(
        "shift q1 +10bd --format markdown",
        0,
        "**train q1 moves 13 days later",
    );
    says(
        "shift turnover:q1/production +1d --format json",
        0,
        "\"days\": 1",
    );
    says("shift q1 +3h", 2, "a train moves by whole days");
    says("shift q1", 2, "<BY>");
    says("shift q1 soon", 2, "`soon` is no number of days");
    says("shift q2 +1d", 2, "there is no train `q2`");
    says("shift --to 2026-12-07 ready .", 0, "milestone q1/ready");
}
