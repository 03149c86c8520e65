//! A pull request answers for what it brings: `check --new-since`.

use crate::stage::{Plan, SMALL};

/// Returns a small plan with one old fault, committed.
fn committed() -> Plan {
    let plan = Plan::of(SMALL);
    plan.edit("applications/pay.md", "owner: ana", "owner: anna");
    plan.git("init -q -b main");
    plan.git("add .");
    plan.git("commit -q -m Start");
    plan
}

#[test]
fn old_faults_are_known_again_after_lines_moved_and_files_were_renamed() {
    let plan = committed();
    plan.run("check").exits(1);
    plan.edit("applications/pay.md", "title", "# moved\ntitle");
    plan.run("check --new-since HEAD").exits(0);
    plan.git("mv applications/pay.md applications/payments.md");
    plan.run("check --new-since HEAD").exits(0);
    // The same fault once more is one too many.
    plan.write(
        "applications/loans.md",
        "---\ntitle: Loans\nowner: anna\n---\n",
    );
    plan.run("check --new-since HEAD --format short")
        .exits(1)
        .says("applications/loans.md:3:8");
}

#[test]
fn a_duplicate_of_an_old_fault_is_new() {
    let plan = committed();
    plan.edit(
        "applications/pay.md",
        "owner: anna",
        "owner: anna\nshoe: 38",
    );
    plan.git("commit -q -a -m Shoe");
    plan.edit("applications/pay.md", "title", "team: anna\ntitle");
    plan.run("check --new-since HEAD").exits(1);
}

#[test]
fn a_plan_that_the_revision_does_not_have_is_all_new() {
    let plan = Plan::of("");
    plan.write("README.md", "Nothing yet.");
    plan.git("init -q -b main");
    plan.run("check --new-since HEAD").exits(2);
    plan.git("add .");
    plan.git("commit -q -m Start");
    plan.write("docs/plan/trainboard.yaml", "title: New\ntimezone: UTC\n");
    plan.write("docs/plan/people/ana.md", "---\nshoe: 38\n---\n");
    plan.run("check docs/plan --new-since HEAD")
        .exits(1)
        .says("HEAD has no plan here, so all is new\ndocument/unknown-key");
    plan.git("add .");
    plan.git("commit -q -m Plan");
    plan.run("check docs/plan --new-since HEAD").exits(0);
    plan.run("check docs/plan --new-since HEAD~1").exits(1);
}

#[test]
fn what_cannot_be_compared_is_said_with_what_to_do() {
    let plan = Plan::of(SMALL);
    plan.run("check --new-since HEAD")
        .exits(2)
        .says("is in no git repository\n  hint: run `git init`");
    plan.git("init -q -b main");
    plan.run("check --new-since HEAD")
        .exits(2)
        .says("error: the repository has no revision HEAD");
    plan.git("add .");
    plan.git("commit -q -m One");
    plan.git("commit -q --allow-empty -m Two");
    plan.run("check --new-since v1.0")
        .exits(2)
        .says("the repository has no revision v1.0");
    let origin = format!("file://{}", plan.path("").display());
    plan.git(&format!("clone -q --depth 1 {origin} ../shallow"));
    plan.run("check ../shallow --new-since HEAD~1")
        .exits(2)
        .says("shallow\nfetch-depth: 0");
}
