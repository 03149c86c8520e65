#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;
use crate::load::load;
use crate::world::Memory;

/// A plan whose trains are files, whose people are in two folders, and which has a calendar that rolls.
const PLAN: &str = "
-- trainboard.yaml --
calendar: c
-- calendars/c.md --
---
title: C
roll: previous
---
-- programme/trains/q4.md --
---
title: Q4
---
-- programme/trains/q4/turnovers/uat.md --
---
environment: uat
---
-- environments/uat.md --
---
title: UAT
---
-- org/people/ana.md --
---
name: Ana
---
-- org/people/ben.md --
---
name: Ben
---
-- people/zoe.md --
---
name: Zoe
---
-- applications/pay.md --
---
title: Payments
---
-- applications/pay-later.md --
---
title: Pay later
---
-- models/m.md --
---
stages: [draft, {id: build, canonical: construction}, deployment, closed]
gates:
  build: {due: half+2d, criteria: [{id: \"no\", title: \"a: b\"}, other]}
milestones: [{id: half, due: T-10bd}, {id: loop, due: loop+1d}]
turnovers:
  live: {environment: uat, planned: T/T+1d, contents: [a-1, '2'], x-board: 7}
---
";

fn wish(plan: &Plan, words: &str) -> Result<Vec<NewFile>, Refusal> {
    let mut words = words.split(' ');
    let mut wish = Wish {
        kind: Kind::named(words.next().unwrap()).unwrap(),
        name: None,
        title: None,
        train: None,
        model: None,
        deploy: None,
        set: &[],
        today: Day::parse("2026-11-21").unwrap(),
    };
    let mut set = Vec::new();
    for word in words {
        match word.split_once('=') {
            None => wish.name = Some(word),
            Some(("title", title)) => wish.title = Some(title),
            Some(("train", id)) => wish.train = plan.find(Kind::Train, id),
            Some(("model", id)) => wish.model = plan.find(Kind::Model, id),
            Some(("deploy", date)) => wish.deploy = Some(Date::parse(date).unwrap()),
            Some((field, value)) => set.push((field.to_owned(), value.to_owned())),
        }
    }
    wish.set = &set;
    draft(plan, &wish, |path| path == "pages/taken.md")
}

#[test]
fn a_document_goes_where_its_like_are() {
    let plan = load(&Memory::of_txtar(PLAN)).plan;
    let check = |words: &str, expected: &str| {
        let files = wish(&plan, words);
        let found = files.map_or_else(|refusal| refusal.to_string(), |files| files[0].path.clone());
        assert_eq!(found, expected, "{words}");
    };
    check("train 2027-q1", "programme/trains/2027-q1.md");
    check("train deploy=2027-05-01", "programme/trains/2027-q2.md");
    check("train", "what is the new train to be called?");
    check("person cy", "org/people/cy.md");
    check("person title=Cy_Ö.", "org/people/cy-ö..md");
    check("turnover live environment=uat", "turnovers/live.md");
    check(
        "turnover q4/live environment=uat",
        "programme/trains/q4/turnovers/live.md",
    );
    check(
        "turnover live train=q4 environment=uat",
        "programme/trains/q4/turnovers/live.md",
    );
    check("turnover uat", "turnovers/uat.md");
    check("milestone m", "programme/trains/q4/milestones/m.md");
    check(
        "milestone m train=q4 release=x",
        "programme/trains/q4/milestones/m.md",
    );
    check("milestone m release=x", "milestones/m.md");
    check("release a/b/c.md application=pay", "a/b/c.md");
    check("page taken", "there is a file pages/taken.md already");
    check(
        "person ana",
        "there is a person `ana` already, in org/people/ana.md",
    );
    check(
        "turnover q4/uat",
        "there is a turnover `q4/uat` already, in programme/trains/q4/turnovers/uat.md",
    );
    check("page a:b", "`a:b` cannot be an id");
    check("exception e", "the new exception needs `freeze`");
    check("team t lad=ana", "a team has no field `lad`");
    check("team t model=m", "a team is not written from a model");
}

#[test]
fn fields_say_what_is_known_and_offer_the_others() {
    let plan = load(&Memory::of_txtar(PLAN)).plan;
    let check = |words: &str, lines: &[&str]| {
        let text = wish(&plan, words).unwrap()[0].text.clone();
        for line in lines {
            assert!(
                text.contains(&format!("\n{line}\n")),
                "no {line:?} in\n{text}"
            );
        }
    };
    check(
        "release pay-later-1.10",
        &[
            "title: Pay later 1.10",
            "application: pay-later",
            "version: \"1.10\"",
            "# train:  # The train that it travels with",
        ],
    );
    check(
        "release x.md application=pay",
        &["kind: release", "title: X", "application: pay"],
    );
    check(
        "turnover uat from=q4/uat",
        &["environment: uat", "from: q4/uat"],
    );
    check(
        "team t members=ana,no lead=7",
        &["members: [ana, \"no\"]", "lead: \"7\""],
    );
    check("freeze CHG-1", &["title: CHG-1", "planned: tbd/tbd"]);
    check(
        "window w duration=4h starts=2026-12-05",
        &["starts: 2026-12-05", "duration: 4h"],
    );
    check(
        "person cy title=Cy",
        &["name: Cy", "# owner:  # Who answers for it"],
    );
}

#[test]
fn a_model_gives_days_for_its_dates() {
    let plan = load(&Memory::of_txtar(PLAN)).plan;
    let files = wish(&plan, "train x model=m deploy=2027-05-22").unwrap();
    let text = files[0].text.replace("---", "");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let expected = "
title: X
model: m
schedule:
  build: 2026-11-21/2027-05-21
  deployment: 2027-05-22/2027-05-22
history:
  - {stage: draft, date: 2026-11-21}
gates:
  - id: build
    due: 2027-05-12  # half+2d
    criteria:
      - id: \"no\"
        title: \"a: b\"
      - id: other
milestones:
  - id: half
    due: 2027-05-10  # T-10bd
  - id: loop
    due: loop+1d
";
    assert_eq!(lines[..lines.len() - 2].join("\n"), expected.trim_end());
    let live = NewFile {
        path: "programme/trains/x/turnovers/live.md".to_owned(),
        text: "---\nenvironment: uat\ncontents: [a-1, \"2\"]\nplanned: 2027-05-22/2027-05-22  # T/T+1d\nx-board: \"7\"\n---\n"
            .to_owned(),
    };
    assert_eq!(files[1..], [live]);
    let open = wish(&plan, "train x model=m").unwrap();
    assert!(open[0].text.contains("\n  deployment: tbd/tbd\n"));
    assert!(open[0].text.contains("\n    due: T-10bd\n"));
}
