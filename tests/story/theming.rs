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
