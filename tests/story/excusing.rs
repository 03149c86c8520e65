//! A team lets some faults pass, with reasons.

use crate::stage::Plan;

const PLAN: &str = "\
-- trainboard.yaml --
title: Lenient
timezone: Europe/London
-- people/ana.md --
---
name: Ana
---
-- trains/2027/index.md --
---
manager: ana
purpose: One more year.
schedule: {construction: 2027-01-01/2027-03-01}
milestones:
  - {id: kick-off, due: 2026-11-02}
  - {id: budget, due: 2026-11-03}
---
";

const TRAIN: &str = "trains/2027/index.md";

fn excused(from: &str, to: &str) -> (String, usize) {
    let plan = Plan::of(PLAN);
    plan.edit(TRAIN, from, to);
    let said = plan.run("check --as-of 2026-11-21 --format short").out;
    let count =
        said.matches("milestone/overdue").count() - said.matches("`milestone/overdue`").count();
    (said, count)
}

#[test]
fn an_entry_excuses_its_own_document_and_no_more() {
    let entry = "allow: [{rule: milestone/overdue, reason: Later}]";
    assert_eq!(excused("manager", "manager").1, 2);
    let of_file = format!("{entry}\nmanager");
    let (said, left) = excused("manager", &of_file);
    assert_eq!((left, said.contains("unused-allow")), (0, false), "{said}");
    let (said, left) = excused("2026-11-02}", &format!("2026-11-02, {entry}}}"));
    assert_eq!((left, said.contains("unused-allow")), (1, false), "{said}");
    // Both milestones are excused by their train; one of them by itself first.
    let plan = Plan::of(PLAN);
    plan.edit(TRAIN, "manager", &of_file);
    plan.edit(TRAIN, "2026-11-02}", &format!("2026-11-02, {entry}}}"));
    let said = plan.run("check --as-of 2026-11-21 --deny-warnings --format short");
    assert!(
        !said.out.contains("allow") && !said.out.contains("overdue"),
        "{}",
        said.out
    );
}

#[test]
fn a_fault_of_reading_can_be_excused_by_the_document_that_was_read() {
    let plan = Plan::of(PLAN);
    plan.edit("people/ana.md", "name", "shoe_size: 38\nname");
    plan.run("check").exits(1).says("document/unknown-key");
    let entry = "allow: [{rule: document/unknown-key, reason: Old tools write it}]\nname";
    plan.edit("people/ana.md", "name", entry);
    let said = plan.run("check --format short").out;
    assert!(!said.contains("people/ana.md"), "{said}");
}

#[test]
fn an_entry_without_use_is_told_where_the_fault_is_and_can_itself_be_excused() {
    let entry = "allow:\n  - {rule: person/unknown, reason: Soon}\nmanager";
    let (said, _) = excused("manager", entry);
    assert!(
        said.contains("warning[document/unused-allow]: nothing here breaks `person/unknown`"),
        "{said}"
    );
    let both = "allow:\n  - {rule: person/unknown, reason: Soon}\n  - {rule: document/unused-allow, reason: Merging}\nmanager";
    let (said, _) = excused("manager", both);
    assert!(!said.contains("unused-allow"), "{said}");
}

#[test]
fn levels_of_the_plan_hold_for_every_rule() {
    let plan = Plan::of(PLAN);
    for (level, code) in [("error", 1), ("warning", 0), ("info", 0), ("ignore", 0)] {
        let config = format!(
            "title: Levels\ntimezone: Europe/London\nrules: {{milestone/overdue: {level}, train/empty: ignore}}\n"
        );
        plan.write("trainboard.yaml", config);
        let said = plan
            .run("check --as-of 2026-11-21 --format short")
            .exits(code);
        let expected = if level == "ignore" { 0 } else { 2 };
        assert_eq!(
            said.out
                .matches(&format!("{level}[milestone/overdue]"))
                .count(),
            expected,
            "{}",
            said.out
        );
    }
}
