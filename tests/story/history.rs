//! Somebody asks about a plan as git remembers it.

use crate::stage::{Plan, SMALL};

/// Returns a plan in the folder `docs/plan` of a repository: broken in the first commit, mended in the second.
fn mended_in_git() -> Plan {
    let repository = Plan::of("");
    for (path, text) in trainboard::world::txtar::parse(SMALL).files {
        repository.write(&format!("docs/plan/{path}"), text);
    }
    repository.edit("docs/plan/applications/pay.md", "owner: ana", "owner: anna");
    repository.git("init --quiet --initial-branch main");
    repository.git("add .");
    repository.git("commit --quiet --message first");
    repository.edit("docs/plan/applications/pay.md", "owner: anna", "owner: ana");
    repository.git("commit --quiet --all --message second");
    repository
}

#[test]
fn a_revision_is_judged_as_it_was() {
    let repository = mended_in_git();
    repository.run("check docs/plan").exits(0);
    repository.run("check docs/plan --revision HEAD").exits(0);
    repository
        .run("check docs/plan --revision HEAD~1")
        .exits(1)
        .says("applications/pay.md:3:8\nanna");
    // An edit that nobody has committed does not count, nor does where inside the plan one stands.
    repository.edit(
        "docs/plan/applications/pay.md",
        "owner: ana",
        "owner: nobody",
    );
    repository
        .run("check docs/plan/people --revision HEAD")
        .exits(0);
    repository.run("check docs/plan").exits(1);
    repository
        .run("check docs/plan --revision nonsense")
        .exits(2)
        .says("error: the repository has no revision nonsense\n  hint: see `git log`");
}

#[test]
fn a_pull_request_answers_only_for_what_it_brings() {
    let repository = mended_in_git();
    repository.git("checkout --quiet HEAD~1");
    repository.run("check docs/plan --new-since HEAD").exits(0);
    repository.edit(
        "docs/plan/pages/money.md",
        "title: Money",
        "title: Money\nowner: otto",
    );
    let said = repository
        .run("check docs/plan --new-since HEAD --format github")
        .exits(1);
    // The forge looks for files from the top of the repository.
    assert!(
        said.out.contains("file=docs/plan/pages/money.md,line=3,"),
        "{}",
        said.out
    );
    assert!(
        !said.out.contains("anna"),
        "the old fault is not this change's: {}",
        said.out
    );
}

#[test]
fn a_revision_is_never_written_over_the_files() {
    let repository = mended_in_git();
    repository
        .run("check docs/plan --fix --revision HEAD~1")
        .exits(2)
        .says("cannot be used with");
}

#[test]
fn bare_and_shallow_clones_will_do() {
    let repository = mended_in_git();
    repository.git("clone --quiet --bare . ../bare");
    repository.git("clone --quiet --depth 1 --no-local . ../shallow");
    repository
        .run("check ../shallow/docs/plan --revision HEAD")
        .exits(0);
    repository
        .run("check ../shallow/docs/plan --revision HEAD~1")
        .exits(2)
        .says(
            "error: the repository is shallow\n  hint: fetch the history: `git fetch --unshallow`",
        );
    repository
        .run("check ../bare/docs/plan --revision HEAD")
        .exits(0);
    repository
        .run("check ../bare/docs/plan --revision HEAD~1")
        .exits(1)
        .says("applications/pay.md:3:8");
    repository
        .run("check ../bare --revision HEAD")
        .exits(2)
        .says("there is no trainboard.yaml in ../bare");
}

#[test]
fn a_page_names_the_commit_that_it_was_built_from() {
    let repository = mended_in_git();
    repository.run("build docs/plan --output ../site").exits(0);
    let head = std::fs::read_to_string(repository.path(".git/refs/heads/main")).unwrap();
    let home = std::fs::read_to_string(repository.path("../site/index.html")).unwrap();
    assert!(home.contains(&head[..10]), "{home}");
}
