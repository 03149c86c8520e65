//! Somebody comes back after a week and asks what moved.

use crate::stage::{Plan, SMALL, TODAY};

/// A train with a gate, a freeze and a note, beside the small plan.
const TRAIN: &str = "\
-- policies/all.md --
---
title: All trains
types: {major: {}}
gates:
  scoping:
    criteria: [{id: scope, title: Scope agreed}]
---
-- freezes/year-end.md --
---
title: Year end
planned: 2026-12-18/2027-01-04
severity: hard
reason: Closing
---
-- trains/2027-q1/index.md --
---
title: 2027 Q1
type: major
manager: ana
purpose: New payments
schedule:
  scoping: 2026-11-02/2026-12-04
  construction: 2026-12-07/2027-01-29
  deployment: 2027-03-06/2027-03-07
history: [{stage: draft, date: 2026-10-01, by: ana}]
gates:
  scoping:
    due: 2026-12-04
    criteria: [{id: scope, status: not-run}]
milestones:
  - {id: code-complete, title: Code complete, due: 2027-01-15}
---
## Scope

Payments.
";

/// Returns the plan with its first commit, of 1 October.
fn started() -> Plan {
    let plan = Plan::of(&format!("{SMALL}{TRAIN}"));
    plan.edit("people/ana.md", "name", "email: ana@example.org\nname");
    plan.git("init --quiet --initial-branch main");
    plan.commit("2026-10-01", "Start the plan");
    plan
}

/// Returns the words of the page `path` of the portal of `plan`, between single blanks.
fn page(plan: &Plan, path: &str) -> String {
    plan.run(&format!("build --as-of {TODAY} --output ../site"))
        .exits(0);
    words(&plan.read(&format!("../site/{path}/index.html")))
}

fn words(html: &str) -> String {
    let (_, main) = html.split_once("<main").unwrap();
    let (main, _) = main.split_once("</main>").unwrap();
    let text = main
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = text.collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(page: &str, lines: &[&str]) {
    for line in lines {
        assert!(page.contains(line), "no {line:?} in {page}");
    }
}

#[test]
fn what_moved_is_told_by_what_it_means() {
    let plan = started();
    let train = "trains/2027-q1/index.md";
    plan.edit(train, "2027-01-15", "2027-01-22");
    plan.commit("2026-11-02", "Code complete a week later");
    plan.edit(train, "due: 2027-01-22", "due: 2027-01-29");
    plan.edit("freezes/year-end.md", "2026-12-18/", "2026-12-16/");
    plan.commit("2026-11-16", "The auditors ask for two days more");
    plan.edit(train, "status: not-run", "status: met");
    plan.edit(
        train,
        "by: ana}]",
        "by: ana}, {stage: scoping, date: 2026-11-17, by: ana}]",
    );
    plan.edit(train, "Payments.", "Payments and cards.");
    plan.commit("2026-11-17", "Scope is agreed");
    plan.write(
        "trains/2027-q1/approvals/scope.md",
        "---\ngate: scoping\nby: ana\ndecision: approved\ndate: 2026-11-18\n---\n",
    );
    plan.rename("pages/money.md", "pages/coins.md");
    plan.edit("applications/pay.md", "pages/money.md", "pages/coins.md");
    plan.commit("2026-11-18", "Ana approves the scope");

    let page = page(&plan, "history");
    says(
        &page,
        &[
            "Since last week 5 documents changed in 3 commits Since Sat 14 Nov 2026",
            "Dates that moved 1 date moved 2027 Q1 7 days later",
            "Last change Wed 18 Nov 2026 3 days ago Ana Ferreira Ana approves the scope",
            "Scoping 2027 Q1 Not passed Passed",
            "Year end Planned Fri 18 Dec 2026 – Mon 4 Jan 2027 Wed 16 Dec 2026 – Mon 4 Jan 2027 Freeze widened by 2 days",
            "Gates › Scoping › Criteria › scope › Status Not run Met Changed",
            "2027 Q1 History Draft Scoping Tue 17 Nov 2026 Stage entered",
            "2027 Q1 Body › Scope Reworded",
            "Decision Approved Ana Ferreira Approved",
            "Money Page pages/money.md Renamed",
            "Milestones › code-complete › Due Fri 15 Jan 2027 Fri 22 Jan 2027 7 days later",
        ],
    );
    let week = page.find("Year end Planned").unwrap();
    assert!(week < page.find("Before that").unwrap(), "{page}");

    let slips = self::page(&plan, "reports/slips");
    says(
        &slips,
        &[
            "Worst slip 15 days later 2027 Q1 Scoping",
            "Code complete 2027 Q1 Fri 15 Jan 2027 Fri 29 Jan 2027 14 days later 2 Ana The auditors ask for two days more",
        ],
    );
    let table = plan.read("../site/reports/slips.csv");
    assert!(
        table.contains("milestone:2027-q1/code-complete,,2027-01-15,2027-01-29,,14,2,"),
        "{table}"
    );
    let feed = plan.read("../site/history/feed.json");
    assert!(
        feed.contains("Year end: Planned: Freeze widened by 2 days"),
        "{feed}"
    );
}

#[test]
fn what_went_and_what_could_not_be_read_is_told() {
    let plan = started();
    plan.edit("pages/money.md", "title: Money", "title: [Money");
    plan.commit("2026-11-16", "Break a page");
    plan.edit("pages/money.md", "title: [Money", "title: Cash");
    let ana = plan.read("people/ana.md");
    plan.write("people/ana.md", "Ana comes later.\n");
    plan.commit("2026-11-17", "Mend it, and break another");
    plan.write("people/ana.md", ana);
    plan.commit("2026-11-17", "Mend all");
    plan.git("checkout --quiet -b side");
    plan.write("pages/secret.md", "---\ntitle: Secret\ndraft: true\n---\n");
    plan.git("rm --quiet freezes/year-end.md");
    plan.commit("2026-11-18", "No freeze this year");
    plan.git("rm --quiet pages/secret.md");
    plan.commit("2026-11-18", "Away with it");
    plan.git("checkout --quiet main");
    plan.write("pages/bank.md", "---\ntitle: Bank\n---\n");
    plan.commit("2026-11-19", "A page about banks");
    plan.git("merge --quiet --no-ff --no-commit side");
    plan.commit("2026-11-20", "Sunset");

    let page = page(&plan, "history");
    says(
        &page,
        &[
            "Break a page",
            "Cash Title Changed, could not be read then",
            "Ana Ferreira Person Changed, could not be read then",
            "Bank Page Added",
            "Year end Freeze period Removed",
            "Start the plan",
        ],
    );
    let person = self::page(&plan, "people/ana");
    says(&person, &["Last change Tue 17 Nov 2026 Ana Mend all"]);
    // A merge is told once, for what it brought; what was never published is not told.
    assert_eq!(page.matches("Removed").count(), 1, "{page}");
    for hidden in ["No freeze this year", "Secret", "Away with it"] {
        assert!(!page.contains(hidden), "{hidden} in {page}");
    }
    // The same commit gives the same portal.
    let before = crate::stage::Snapshot::of(&plan.path("../site"));
    plan.run(&format!("build --as-of {TODAY} --output ../again"))
        .exits(0);
    let after = crate::stage::Snapshot::of(&plan.path("../again"));
    assert_eq!(after.differs_from(&before), Vec::<&str>::new());
}

#[test]
fn a_past_that_is_not_known_is_said_calmly() {
    let plan = started();
    plan.edit("freezes/year-end.md", "Closing", "Year-end closing");
    plan.commit("2026-11-02", "Say why");
    says(
        &page(&plan, "history"),
        &["No change since Sat 14 Nov 2026", "Before that"],
    );
    let origin = format!("file://{}", plan.path("").display());
    plan.git(&format!("clone --quiet --depth 2 {origin} ../shallow"));
    plan.run(&format!(
        "build ../shallow --as-of {TODAY} --output ../site"
    ))
    .exits(0);
    let shallow = words(&plan.read("../site/history/index.html"));
    says(
        &shallow,
        &["Say why", "Older commits were not fetched for this build"],
    );
    assert!(!shallow.contains("Start the plan"), "{shallow}");

    let plan = Plan::of(SMALL);
    says(
        &page(&plan, "history"),
        &["This portal was not built in a git checkout"],
    );
    says(
        &page(&plan, "reports/slips"),
        &[
            "Every date is where it was first",
            "With what is planned now",
        ],
    );
}
