//! Somebody publishes a plan, and goes on editing it.

use std::fs;

use crate::stage::{Plan, SMALL, Snapshot, files_of};

#[test]
fn the_same_plan_gives_the_same_bytes_whatever_the_number_of_threads() {
    let plan = Plan::sample();
    let build = |out: &str, jobs| {
        plan.run(&format!(
            "build --as-of 2026-11-21 --output {out} --jobs {jobs}"
        ))
        .exits(0)
    };
    build("../one", 1);
    build("../four", 4);
    let (one, four) = (
        Snapshot::of(&plan.path("../one")),
        Snapshot::of(&plan.path("../four")),
    );
    assert!(one.text("index.html").contains("Harbour Bank releases"));
    assert_eq!(four.differs_from(&one), [""; 0]);

    build("../four", 2).says("up to date");
    assert_eq!(Snapshot::of(&plan.path("../four")), four);
}

#[test]
fn a_broken_edit_leaves_the_portal_and_a_mended_one_changes_what_it_must() {
    let plan = Plan::of(SMALL);
    let build = || plan.run("build --as-of 2026-11-21 --output ../site");
    let site = || Snapshot::of(&plan.path("../site"));
    build().exits(0);
    let first = site();

    plan.edit("applications/pay.md", "owner: ana", "owner: nobody");
    build()
        .exits(1)
        .says("applications/pay.md:3:8\nthe portal was not built");
    assert_eq!(site(), first);

    plan.edit(
        "applications/pay.md",
        "owner: nobody",
        "owner: ana\ncriticality: high",
    );
    build().exits(0);
    let second = site();
    assert_ne!(
        second.text("applications/pay/index.html"),
        first.text("applications/pay/index.html")
    );
    assert_eq!(
        second.text("pages/money/index.html"),
        first.text("pages/money/index.html")
    );
    assert_eq!(second.rewritten_since(&first), [""; 0]);

    plan.rename("pages/money.md", "pages/coins.md");
    build().exits(1).says("applications/pay.md:\nmoney.md");
    assert_eq!(site(), second);

    plan.edit("applications/pay.md", "money.md", "coins.md");
    build().exits(0);
    let third = site();
    assert!(third.has("pages/coins/index.html") && !third.has("pages/money/index.html"));
    assert!(
        !plan.path("../site/pages/money").exists(),
        "an empty folder stays"
    );
    assert!(
        third
            .text("applications/pay/index.html")
            .contains("../../pages/coins/index.html")
    );
    assert_eq!(third.rewritten_since(&second), [""; 0]);
}

#[test]
fn a_document_that_moves_leaves_a_redirect_where_it_was() {
    let plan = Plan::of(SMALL);
    plan.edit(
        "pages/money.md",
        "title: Money",
        "title: Money\naliases: [/wiki/cash/]",
    );
    plan.run("build --output ../site").exits(0);
    let site = Snapshot::of(&plan.path("../site"));
    assert!(
        site.text("wiki/cash/index.html")
            .contains("../../pages/money/index.html")
    );
}

#[test]
fn what_trainboard_did_not_make_is_never_deleted() {
    let plan = Plan::of(SMALL);
    plan.write("../site/thesis.txt", "years of work");
    plan.run("build --output ../site").exits(2).says(
        "holds files that trainboard did not make\n  hint: choose an empty folder with `--output`, or empty this one",
    );
    assert_eq!(files_of(&plan.path("../site")), ["thesis.txt"]);
    // Neither is the plan itself, however little the folder's name says.
    plan.run("build --output .").exits(2);
    assert!(plan.path("people/ana.md").exists());

    // What somebody leaves inside a portal is not ours either.
    plan.run("build --output ../portal").exits(0);
    fs::create_dir(plan.path("../portal/mine")).unwrap();
    plan.write("../portal/mine/thesis.txt", "years of work");
    plan.edit("pages/money.md", "Coins", "Gold");
    plan.run("build --output ../portal")
        .exits(2)
        .says("  hint: move it out of the site");
    assert!(plan.path("../portal/mine/thesis.txt").exists());
}

#[test]
fn a_portal_can_be_searched_without_a_server() {
    let plan = Plan::of(SMALL);
    plan.run("build --as-of 2026-11-21 --output ../site")
        .exits(0);
    let site = Snapshot::of(&plan.path("../site"));
    let page = site.text("search/index.html");
    let files = files_of(&plan.path("../site/search"));
    let scripts: Vec<_> = files.iter().filter(|file| file.ends_with(".js")).collect();
    for (name, tells) in [
        ("entries.", "Money"),
        ("words.", "search/part-0."),
        ("part-0.", ""),
    ] {
        let file = scripts.iter().find(|file| file.starts_with(name)).unwrap();
        let script = site.text(&format!("search/{file}"));
        assert!(script.starts_with("trainboardSearch(\"") && script.contains(tells));
        // The page names the first two, and they name the others.
        assert_eq!(page.contains(file.as_str()), name != "part-0.", "{file}");
    }
    // Every page leads there, and none of them but the search page reads the index.
    let home = site.text("index.html");
    assert!(home.contains("search/index.html#q") && !home.contains("search."));
}

#[test]
fn drafts_and_what_is_not_out_yet_appear_nowhere() {
    let plan = Plan::of(SMALL);
    plan.write(
        "pages/secret.md",
        "---\ntitle: Quokka merger\ndraft: true\n---\nNot yet.\n",
    );
    plan.write(
        "pages/later.md",
        "---\ntitle: Wombat launch\npublish_after: 2026-12-01\n---\nNot yet.\n",
    );
    let appears = |arguments: &str, word: &str| {
        plan.run(&format!("build --output ../site {arguments}"))
            .exits(0);
        let site = plan.path("../site");
        let texts = files_of(&site)
            .into_iter()
            .map(|path| path.clone() + &fs::read_to_string(site.join(path)).unwrap());
        texts.into_iter().any(|text| text.contains(word))
    };
    assert!(!appears("--as-of 2026-11-30", "Quokka") && !appears("--as-of 2026-11-30", "Wombat"));
    assert!(appears("--as-of 2026-11-30 --drafts", "Quokka"));
    assert!(appears("--as-of 2026-12-01", "Wombat") && !appears("--as-of 2026-12-01", "Quokka"));
}
