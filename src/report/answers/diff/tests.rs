//! What is told of edits to one small plan.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use super::{Changes, Version};
use crate::diff::{Comparison, Side, plans};
use crate::lifecycle::Progress;
use crate::load::load;
use crate::report::Ink;
use crate::report::answers::Layout;
use crate::rules::judge;
use crate::schedule::Schedule;
use crate::time::Day;
use crate::world::{Memory, txtar};

const PLAN: &str = "\
-- trainboard.yaml --
title: Harbour
timezone: Europe/London
-- policies/policy.md --
---
title: Policy
since: 2026-01-01
types: {major: {}, patch: {}}
gates:
  verification:
    criteria: [{id: regression}, {id: load}]
    approvals: [{level: executive, role: executive}]
---
-- people/ana.md --
---
title: Ana
roles: [{role: release-manager}]
---
-- people/omar.md --
---
title: Omar
roles: [{role: executive}]
---
-- applications/pay.md --
---
title: Payments
owner: ana
---
-- applications/web.md --
---
title: Web
owner: ana
---
-- environments/uat.md --
---
title: UAT
category: test
---
-- environments/production.md --
---
title: Production
category: production
---
-- freezes/year-end.md --
---
title: Year end
planned: 2026-12-18/2027-01-04
reason: Closing
---
-- trains/q4/index.md --
---
title: Winter
type: major
manager: ana
purpose: More
schedule:
  construction: 2026-10-01/2026-11-20
  verification: 2026-11-21/2026-12-11
  deployment: 2026-12-12/2026-12-13
history: [{stage: draft, date: 2026-09-01, by: ana}, {stage: scoping, date: 2026-09-08, by: ana}]
gates:
  verification:
    due: T-5bd
    criteria: [{id: regression, status: met}, {id: load, status: met}]
    approvals: [{level: executive, role: executive, by: omar, decision: approved, date: 2026-11-20, covers: COVERS}]
milestones:
  - {id: complete, due: T-10bd}
  - {id: ready, due: complete+2bd}
reservations:
  - {environment: uat, planned: 2026-11-23/2026-12-04}
  - {environment: production, planned: 2026-12-12/2026-12-31}
---
About the winter.
-- trains/q4/releases/pay-1.md --
---
title: Payments 1
application: pay
version: 1.0.0
items: [{id: PAY-1}]
---
-- trains/q4/releases/web-1.md --
---
title: Web 1
application: web
version: 1.0.0
needs: [{release: pay-1}]
---
-- trains/q4/turnovers/production.md --
---
title: Night
environment: production
owner: ana
planned: 2026-12-12 22:00/6h
contents: [pay-1, web-1]
---
-- releases/fix-1.md --
---
title: Fix
application: web
version: 1.0.1
type: patch
schedule: {deployment: 2026-12-14/2026-12-15}
---
-- pages/money.md --
---
title: Money
---
Coins.
";

/// Returns `PLAN` with the approval of its train as it would be given now.
fn plan() -> String {
    let unread = load(&Memory::of_txtar(PLAN)).plan;
    let id = unread.find(crate::plan::Kind::Train, "q4").unwrap();
    let covers = crate::lifecycle::fingerprint(&unread, id).unwrap();
    PLAN.replace("COVERS", &covers)
}

/// Returns the files of `archive`, each but those named in `edits` as it is; an edit replaces what a file holds by
/// something else. A text in place of nothing is a new file, nothing in place of everything is no file any more.
fn edited(archive: &str, edits: &[(&str, &str, &str)]) -> Memory {
    let files = txtar::parse(archive).files.into_iter();
    let mut files: BTreeMap<String, String> = files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    for &(path, from, to) in edits {
        match (from, to) {
            ("", text) => _ = files.insert(path.to_owned(), text.to_owned()),
            ("*", "") => _ = files.remove(path).unwrap(),
            ("*", other) => {
                let text = files.remove(path).unwrap();
                files.insert(other.to_owned(), text);
            }
            _ => {
                let text = files.get_mut(path).unwrap();
                assert!(text.contains(from), "{path} does not hold {from:?}");
                *text = text.replace(from, to);
            }
        }
    }
    files.into_iter().collect()
}

fn compare(old: &Memory, new: &Memory) -> Comparison {
    let as_of = Day::parse("2026-11-21").unwrap();
    let [old, new] = [old, new].map(|world| {
        let loaded = load(world);
        let diagnostics = judge(&loaded.plan, loaded.findings, as_of);
        (loaded.plan, diagnostics)
    });
    let progress = [&old, &new].map(|(plan, _)| Progress::new(plan, as_of));
    let schedules = [&old, &new].map(|(plan, _)| Schedule::new(plan));
    plans(
        &Side {
            plan: &old.0,
            progress: &progress[0],
            schedule: &schedules[0],
            diagnostics: &old.1,
        },
        &Side {
            plan: &new.0,
            progress: &progress[1],
            schedule: &schedules[1],
            diagnostics: &new.1,
        },
        &BTreeMap::new(),
    )
}

fn told(comparison: Comparison, layout: Layout) -> String {
    let version = |revision: Option<&str>| Version {
        revision: revision.map(str::to_owned),
        commit: None,
    };
    let changes = Changes {
        as_of: Day::parse("2026-11-21").unwrap(),
        old: version(Some("main")),
        new: version(None),
        comparison,
    };
    let mut out = Vec::new();
    changes.write(layout, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Holds what is told of `edits` to `expected`.
#[track_caller]
fn check(edits: &[(&str, &str, &str)], expected: &str) {
    let archive = plan();
    let comparison = compare(&edited(&archive, &[]), &edited(&archive, edits));
    assert_eq!(comparison.errors_before, 0, "the plan is sound");
    let text = told(comparison, Layout::Human(Ink::Plain));
    let text = text.split("\n\nthe working tree has").next().unwrap();
    assert_eq!(text.trim_end(), expected.trim(), "\n{text}");
}

const TRAIN: &str = "trains/q4/index.md";
const NIGHT: &str = "trains/q4/turnovers/production.md";
const PAY: &str = "trains/q4/releases/pay-1.md";
const WEB: &str = "trains/q4/releases/web-1.md";

#[test]
fn a_date_that_moves_takes_with_it_what_follows_and_says_what_it_meets() {
    check(
        &[
            (TRAIN, "2026-12-12/2026-12-13", "2026-12-19/2026-12-20"),
            (TRAIN, "2026-11-21/2026-12-11", "2026-11-21/2026-12-18"),
            (NIGHT, "2026-12-12 22:00/6h", "2026-12-19 22:00/6h"),
        ],
        "
3 dates moved, 3 dates follow, 1 freeze newly hit, 1 gate closed, 1 approval gone stale, 2 new errors

train q4: Winter
  - deployment +7 days: Sat 12 → Sat 19 December 2026; 3 dates follow; 2 releases have it from the train
      milestone complete +7 days: Mon 30 November → Mon 7 December 2026 (follows T)
      milestone ready +7 days: Wed 2 → Wed 9 December 2026 (follows complete)
      gate verification +7 days: Mon 7 → Mon 14 December 2026 (follows T)
  - turnover production +7 days: Sat 12 → Sat 19 December 2026 at 22:00
  - verification ends +7 days (longer): Fri 11 → Fri 18 December 2026; 2 releases have it from the train
  ! turnover production meets the hard freeze year-end (error freeze/overlap)
  ! gate verification closes: not passed because executive is not approved (the approval of omar does not count: what was approved has changed since)
      gate verification: the executive approval of omar goes stale: the dates changed since (error approval/stale)
",
    );
    check(
        &[(TRAIN, "complete, due: T-10bd", "complete, due: tbd")],
        "
1 date moved, 1 date follows, 1 gate closed, 1 approval gone stale, 1 new error

train q4: Winter
  ! milestone complete is open again: Mon 30 November 2026 → to be decided; 1 date follows; 2 releases have it from the train
      milestone ready is open again: Wed 2 December 2026 → to be decided (follows complete)
  ! gate verification closes: not passed because executive is not approved (the approval of omar does not count: what was approved has changed since)
      gate verification: the executive approval of omar goes stale: the dates changed since (error approval/stale)
",
    );
    check(
        &[("freezes/year-end.md", "2026-12-18", "2026-12-10")],
        "
1 date moved, 1 freeze newly hit, 1 new error

train q4: Winter
  ! turnover production meets the hard freeze year-end (error freeze/overlap)

the plan as a whole
  - freeze year-end starts -8 days (longer): Fri 18 → Thu 10 December 2026
",
    );
}

#[test]
fn stages_are_entered_and_left() {
    let entry = "2026-09-08, by: ana}]";
    check(
        &[(
            TRAIN,
            entry,
            "2026-09-08, by: ana}, {stage: construction, date: 2026-10-01, by: ana}]",
        )],
        "
1 stage entered

train q4: Winter
  - enters construction (was scoping)
",
    );
    check(
        &[(TRAIN, ", {stage: scoping, date: 2026-09-08, by: ana}", "")],
        "
1 stage left backwards

train q4: Winter
  ! is in draft again (was scoping): entries of its history are gone
",
    );
}

#[test]
fn gates_open_and_close_and_say_why() {
    check(
        &[(
            TRAIN,
            "regression, status: met",
            "regression, status: not-met",
        )],
        "
1 gate closed, 1 criterion changed

train q4: Winter
  ! gate verification closes: not passed because regression is not met
      gate verification: regression is not met (was met)
",
    );
    check(&[(TRAIN, "decision: approved", "decision: rejected")], "
1 gate closed, 1 new error, 1 decision made

train q4: Winter
  ! gate verification closes: not passed because executive is not approved (omar rejected it on 20 November 2026)
      gate verification: the executive rejection of omar is given
  ! new error approval/rejected-without-reason: omar rejected gate verification of train q4 on 20 November 2026 without a reason and a stage to return to (trains/q4/index.md:15)
");
    check(
        &[("policies/policy.md", "{id: load}", "{id: load}, {id: scan}")],
        "
1 gate closed, 2 criteria changed, 1 policy changed, 1 other change

train q4: Winter
  ! gate verification closes: not passed because scan is not run
      gate verification: scan is asked for as well (not run)

release fix-1: Fix
  ! gate verification: scan is asked for as well (not run)

the plan as a whole
  - policy policy asks something else of train q4 and release fix-1
      policy policy: gates › verification › criteria › scan is added
",
    );
}

#[test]
fn scope_is_told_by_release() {
    check(
        &[
            (PAY, "1.0.0\nitems: [{id: PAY-1}]", "1.1.0\nitems: [{id: PAY-2}]"),
            ("trains/q4/releases/api-1.md", "", "---\ntitle: Api\napplication: web\nversion: 2.0.0\n---\n"),
        ],
        "
1 gate closed, 1 approval gone stale, 1 new error, 4 changes of scope

train q4: Winter
  ! gate verification closes: not passed because executive is not approved (the approval of omar does not count: what was approved has changed since)
      gate verification: the executive approval of omar goes stale: the scope changed since (error approval/stale)
  - release api-1 is added
  - release pay-1: version: 1.0.0 → 1.1.0
  - release pay-1: items › PAY-2 is added
  - release pay-1: items › PAY-1 is removed
",
    );
}

#[test]
fn needs_break_and_environments_clash() {
    check(
        &[
            (
                WEB,
                "{release: pay-1}",
                "{release: pay-1}, {release: fix-1}",
            ),
            (
                "releases/fix-1.md",
                "2026-12-14/2026-12-15",
                "2027-02-10/2027-02-11",
            ),
            (
                "releases/fix-1.md",
                "type: patch",
                "type: patch\nreservations: [{environment: uat, planned: 2026-12-01/2026-12-02}]",
            ),
        ],
        "
1 date moved, 1 need newly broken, 1 new clash over an environment, 2 new errors, 2 other changes

train q4: Winter
  ! release web-1 needs release fix-1, which is planned too late (error dependency/late)
  - release web-1: needs › fix-1 is added

release fix-1: Fix
  - deployment +58 days: Mon 14 December 2026 → Wed 10 February 2027
  ! clashes with train q4 over uat (error environment/double-booked)
  - reservations › uat is added: Tue 1 to Wed 2 December 2026
",
    );
}

#[test]
fn renamed_files_are_followed_and_words_are_told_shortly() {
    check(
        &[
            ("pages/money.md", "*", "pages/coins.md"),
            ("people/ana.md", "title: Ana", "title: Anna"),
            ("trainboard.yaml", "Harbour", "Haven"),
            ("applications/pay.md", "owner: ana", "owner: anna"),
        ],
        "
1 new error, 1 document renamed, 3 other changes

the plan as a whole
  ! new error person/unknown: there is no person or team `anna` (applications/pay.md:3)
  - page coins is renamed from pages/money.md
  - settings: title: Harbour → Haven
  - application pay: owner: ana → anna
  - person ana: title: Ana → Anna
",
    );
}

#[test]
fn what_means_nothing_is_not_told() {
    let quiet = "no change in meaning";
    check(&[], quiet);
    check(
        &[
            (
                TRAIN,
                "type: major\nmanager: ana",
                "manager: 'ana' # runs it\n\n\ntype: \"major\"",
            ),
            (
                TRAIN,
                "{id: regression, status: met}",
                "{status: met, id: regression}",
            ),
            (
                TRAIN,
                "2026-12-12/2026-12-13",
                "{from: 2026-12-12, to: '2026-12-13'}",
            ),
            (
                TRAIN,
                "  - {id: complete, due: T-10bd}",
                "  - due: T-10bd\n    id: complete",
            ),
            (TRAIN, "About the winter.", "About\nthe   winter.\n\n"),
            (
                NIGHT,
                "contents: [pay-1, web-1]",
                "contents:\n- web-1\n- pay-1",
            ),
            (
                WEB,
                "needs: [{release: pay-1}]",
                "needs:\n  - release: pay-1\n",
            ),
            ("trainboard.yaml", "title: Harbour\n", "# The plan\n"),
            (
                "trainboard.yaml",
                "timezone: Europe/London\n",
                "timezone: Europe/London\ntitle: Harbour\n",
            ),
        ],
        quiet,
    );
    let archive = plan();
    let files = txtar::parse(&archive).files.into_iter();
    let windows: Memory = files
        .map(|(path, text)| (path.to_owned(), text.replace('\n', "\r\n")))
        .collect();
    let comparison = compare(&edited(&archive, &[]), &windows);
    assert_eq!(told(comparison, Layout::Human(Ink::Plain)).trim(), quiet);
}

#[test]
fn a_pull_request_is_told_in_a_sentence_and_a_table_within_its_size() {
    let archive = plan();
    let edits = [
        (PAY, "PAY-1", "PAY-2"),
        (
            "pages/money.md",
            "title: Money",
            "title: \"@ana <b>|x</b> [y](https://evil.example)\"",
        ),
    ];
    let comparison = compare(&edited(&archive, &[]), &edited(&archive, &edits));
    assert_eq!(
        told(comparison, Layout::Markdown),
        "\
<!-- trainboard diff -->
**1 gate closed, 1 approval gone stale, 1 new error, 2 changes of scope, 1 other change**

The working tree has 1 error: what they hide is not told here, see trainboard check.

| Where | What changes |
|---|---|
| train q4: Winter | ⚠️ gate verification closes: not passed because executive is not approved \\(the approval of omar does not count: what was approved has changed since\\)<br>release pay-1: items › PAY-2 is added<br>release pay-1: items › PAY-1 is removed |
| the plan as a whole | page money: title: Money → &#64;&#8203;ana &lt;b&gt;\\|x&lt;/b&gt; \\[y\\]\\(https:&#8203;//evil.example\\) |

<details><summary>train q4: Winter</summary>

- ⚠️ gate verification closes: not passed because executive is not approved \\(the approval of omar does not count: what was approved has changed since\\)
  - gate verification: the executive approval of omar goes stale: the scope changed since \\(error approval/stale\\)

</details>

<sub>the working tree compared with main, as of 2026-11-21</sub>
"
    );
    let many: Vec<(String, String)> = (0..3000)
        .map(|at| {
            (
                format!("pages/p{at}.md"),
                format!("---\ntitle: Page {at}\n---\n# H\n"),
            )
        })
        .collect();
    let added: Vec<_> = many
        .iter()
        .map(|(path, text)| (&**path, "", &**text))
        .collect();
    let comparison = compare(&edited(&archive, &[]), &edited(&archive, &added));
    let text = told(comparison, Layout::Markdown);
    assert!(text.chars().count() < 65_536, "{}", text.len());
    // What does not fit is counted, so that nothing gets lost.
    let listed = text.matches("  - page p").count();
    let more = format!("  - and {} more\n", 3000 - listed);
    assert!(listed > 1000 && text.contains(&more), "{text}");
    assert!(text.ends_with(
        "</details>\n\n<sub>the working tree compared with main, as of 2026-11-21</sub>\n"
    ));
}

#[test]
fn programs_read_what_the_schema_promises() {
    let archive = plan();
    let edits = [
        (TRAIN, "2026-12-12/2026-12-13", "2026-12-19/2026-12-20"),
        (NIGHT, "2026-12-12 22:00/6h", "2026-12-19 22:00/6h"),
        (PAY, "PAY-1", "PAY-2"),
        ("policies/policy.md", "{id: load}", "{id: load}, {id: scan}"),
        ("pages/money.md", "*", "pages/coins.md"),
    ];
    let comparison = compare(&edited(&archive, &[]), &edited(&archive, &edits));
    let text = told(comparison, Layout::Json);
    let object: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("diff.json", super::schema()).unwrap();
    let schema = compiler.compile("diff.json", &mut schemas).unwrap();
    schemas.validate(&object, schema).unwrap();
    let first = &object["groups"][0]["changes"][0];
    assert_eq!(
        (&first["change"], &first["days"]),
        (&"moved".into(), &7.into())
    );
}
