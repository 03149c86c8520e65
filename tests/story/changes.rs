//! A change is told by what it means: `diff` on a branch, in a real repository.

use crate::stage::{Plan, SMALL};

const TRAIN: &str = "trains/2026-q4/index.md";
const NIGHT: &str = "trains/2026-q4/turnovers/production.md";
const CHANGE: &str = "trains/2026-q4/changes/CHG-1022.md";

/// Moves the production night of the winter train, which is on the day `from` of December, to the day `to`.
fn move_night(plan: &Plan, [from, to]: [u8; 2]) {
    let (eve, next) = (from - 1, from + 1);
    let night = |day: u8, after: u8| format!("2026-12-{day:02} 22:00/2026-12-{after:02} 02:30");
    let outage = |day: u8, after: u8| format!("2026-12-{day:02} 22:15/2026-12-{after:02} 01:45");
    for path in [NIGHT, CHANGE] {
        plan.edit(path, &night(from, next), &night(to, to + 1));
    }
    plan.edit(NIGHT, &outage(from, next), &outage(to, to + 1));
    let stages =
        |eve: u8, day: u8| format!("2026-10-17/2026-12-{eve:02}\n  deployment: 2026-12-{day:02}/");
    plan.edit(TRAIN, &stages(eve, from), &stages(to - 1, to));
    let booked = |day: u8, after: u8| format!("2026-12-{day:02} 21:00/2026-12-{after:02} 08:00");
    plan.edit(TRAIN, &booked(from, next), &booked(to, to + 1));
}

#[test]
fn a_go_live_is_moved_into_a_freeze_and_out_of_it_again() {
    let plan = Plan::sample();
    plan.git("init -q -b main");
    plan.commit("2026-11-20", "The plan");
    plan.run("diff main").exits(0).says("no change in meaning");
    plan.git("switch -q -c later");

    move_night(&plan, [5, 19]);
    let told = plan.run("diff main").exits(0).says(
        "6 dates moved, 4 dates follow, 1 freeze newly hit, 1 approval gone stale, 2 new errors, 2 new warnings
deployment starts +14 days (shorter): Sat 5 → Sat 19 December 2026; 4 dates follow
milestone go-no-go +14 days: Fri 27 November → Fri 11 December 2026 (follows T)
! turnover production meets the hard freeze year-end (error freeze/overlap)
! change CHG-1022: the change approval of ruth goes stale: the dates changed since (error approval/stale)
new warning note/date-mismatch: note payments-4.2 is dated 6 December 2026",
    );
    assert_eq!(
        told.out.matches("freeze/overlap").count(),
        1,
        "{}",
        told.out
    );
    plan.run("diff main --fail-on-errors").exits(1);
    let comment = plan.run("diff main --format markdown").exits(0);
    assert!(
        comment
            .out
            .starts_with("<!-- trainboard diff -->\n**6 dates moved")
    );

    // One week is enough, and what was approved is approved again.
    move_night(&plan, [19, 12]);
    plan.edit(
        "trains/2026-q4/approvals/CHG-1022-ruth.md",
        "covers: fp1-82c46d-830bfd-e3b0c4-e3b0c4\n",
        "",
    );
    for note in ["cards-6.0", "payments-4.2"] {
        let path = format!("trains/2026-q4/notes/{note}.md");
        plan.edit(&path, "2026-12-06", "2026-12-13");
    }
    let told = plan.run("diff main --fail-on-errors").exits(0);
    assert!(!told.out.contains('!'), "{}", told.out);
    plan.commit("2026-11-21", "A week later");
    let committed = plan.run("diff main later").exits(0);
    assert_eq!(committed.out, told.out);
    plan.git("switch -q main");
    plan.git("merge -q later");
    plan.run("diff main").exits(0).says("no change in meaning");
    plan.run("diff HEAD~1 HEAD .")
        .exits(0)
        .says("Sat 12 December 2026");
}

#[test]
fn a_file_with_another_name_is_followed_and_layout_is_no_change() {
    let plan = Plan::of(SMALL);
    plan.git("init -q -b main");
    plan.commit("2026-11-20", "The plan");
    plan.git("mv pages/money.md pages/coins.md");
    plan.edit("pages/coins.md", "title: Money", "# Small\ntitle: 'Money'");
    plan.edit("applications/pay.md", "money.md", "coins.md");
    let told = plan.run("diff HEAD").exits(0);
    assert_eq!(
        told.out,
        "1 document renamed, 1 other change\n\nthe plan as a whole\n  - page coins is renamed from pages/money.md\n  - \
         application pay: body is reworded\n"
    );
    // Nor does it take git to see that a file was only moved.
    plan.git("reset -q --hard");
    plan.rename("pages/money.md", "pages/coins.md");
    plan.run("diff HEAD . --format json")
        .exits(0)
        .says("\"change\": \"renamed\"\n\"before\": \"pages/money.md\"");
}

#[test]
fn a_broken_plan_is_told_as_far_as_it_can_be_read() {
    let plan = Plan::of(SMALL);
    plan.git("init -q -b main");
    plan.commit("2026-11-20", "The plan");
    plan.write("pages/money.md", "---\ntitle: [\n---\n");
    plan.edit("applications/pay.md", "owner: ana", "owner: ben");
    plan.run("diff HEAD").exits(0).says(
        "application pay: owner: ana → ben
the working tree has 2 errors: what they hide is not told here, see `trainboard check`",
    );
    plan.run("diff v1")
        .exits(2)
        .says("the repository has no revision v1");
    plan.git("rm -q --cached -r .");
    plan.git("commit -q -m Nothing");
    plan.run("diff HEAD")
        .exits(0)
        .says("HEAD has no plan here, so all is new\nperson ana is added");
}
