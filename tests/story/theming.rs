//! Somebody gives the portal a face of its own.

use crate::stage::{Plan, SMALL, Snapshot};

fn themed(home: &str) -> Plan {
    let plan = Plan::of(SMALL);
    plan.edit("trainboard.yaml", "title:", "theme: theme\ntitle:");
    plan.write("theme/templates/home.html", home);
    plan
}

#[test]
fn a_template_of_the_plan_takes_the_place_of_the_themes_own() {
    let plan = themed("<!doctype html><title>Our own home</title>");
    plan.run("build --output ../site").exits(0);
    let site = Snapshot::of(&plan.path("../site"));
    assert!(
        site.text("index.html")
            .contains("<title>Our own home</title>")
    );
    assert!(
        site.text("people/ana/index.html").contains("Ana Ferreira"),
        "the other pages keep theirs"
    );
}

#[test]
fn a_broken_template_is_shown_at_its_place_and_leaves_the_portal() {
    let plan = themed("<!doctype html>\n<title>First</title>");
    plan.run("build --output ../site").exits(0);
    let before = Snapshot::of(&plan.path("../site"));
    for (template, place) in [
        (
            "<!doctype html>\n<title>{{ oops",
            "theme/templates/home.html:2:",
        ),
        (
            "<!doctype html>\n\n<p>{{ nobody.knows }}</p>",
            "theme/templates/home.html:3:",
        ),
        (
            "{% extends \"nowhere.html\" %}",
            "theme/templates/home.html:1:1",
        ),
    ] {
        plan.write("theme/templates/home.html", template);
        plan.run("build --output ../site")
            .exits(1)
            .says(&format!("error[portal/template-error]\n{place}"));
        assert_eq!(Snapshot::of(&plan.path("../site")), before);
    }
}

#[test]
fn a_mistake_that_shows_with_one_page_names_the_page() {
    let plan = themed("<title>Fine</title>");
    let check = |template: &str, said: &str| {
        plan.write("theme/templates/document.html", template);
        for jobs in [1, 4] {
            let build = format!("build --output ../site --jobs {jobs}");
            plan.run(&build).exits(1).says(said);
        }
    };
    // What cannot be read at all shows with every page; what a page does not have, with the first that lacks it.
    check(
        "<p>\n{% if shell %}</p>",
        "theme/templates/document.html:2:",
    );
    check(
        "<p>\n{{ document.nobody.knows }}</p>",
        "theme/templates/document.html:2:\n, on the page applications/pay/index.html",
    );
    check(
        "{% if shell.title == \"Money\" %}\n{{ oops.no }}{% endif %}",
        "theme/templates/document.html:2:\n, on the page pages/money/index.html",
    );
}

#[test]
fn a_theme_that_ships_is_used_by_its_name() {
    let plan = Plan::of(SMALL);
    plan.edit("trainboard.yaml", "title:", "theme: contrast\ntitle:");
    plan.run("build --output ../site").exits(0);
    let site = Snapshot::of(&plan.path("../site"));
    let home = site.text("index.html");
    let sheet = home.split("\"assets/contrast.").nth(1).unwrap();
    let digest = sheet.split('.').next().unwrap();
    assert!(
        site.text(&format!("assets/contrast.{digest}.css"))
            .contains("--ink")
    );

    plan.edit("trainboard.yaml", "theme: contrast", "theme: contrats");
    plan.run("build --output ../other")
        .exits(1)
        .says("error[portal/template-error]: there is no theme `contrats`\ntrainboard.yaml:1:8");
}
