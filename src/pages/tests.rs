#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use super::{Portal, Theme, routes};
use crate::load::load;
use crate::plan::{Drafts, Publication};
use crate::rules::judge;
use crate::time::Day;
use crate::world::Memory;

mod reports;

/// A train with something late, due and planned, as seen on 21 November 2026.
const PLAN: &str = "
-- trainboard.yaml --
timezone: UTC
-- people/ana.md --
---
name: Ana Ruiz
roles: [{role: sponsor, from: 2026-01-01}]
---
-- applications/pay.md --
---
title: Pay
---
-- environments/live.md --
---
title: Live
category: production
---
-- freezes/shut.md --
---
title: Shut
planned: 2026-12-18/2027-01-04
---
-- trains/q4/index.md --
---
title: Q4
schedule: {scoping: 2026-10-01/2026-10-31, construction: 2026-11-01/2026-11-30, deployment: 2026-12-19}
history: [{stage: scoping, date: 2026-10-01}, {stage: construction, date: 2026-11-03}]
gates:
  construction:
    due: 2026-11-30
    criteria:
      - {id: tested, title: Tests pass, due: 2026-11-19, owner: ana}
      - {id: own, status: not-met, waiver: {by: ana, reason: Small, date: 2026-11-01, expires: 2026-12-24}}
    approvals: [{level: executive, role: sponsor}]
tasks: [{id: food, title: Order *supper*, due: 2026-11-20, owner: ana}]
communications: [{id: all, title: Tell all, due: 2026-11-25}]
risks: [{id: sms, title: No text messages, response: owned, owner: ana, due: 2027-03-01}]
---
-- trains/q4/turnovers/live.md --
---
title: Night of Q4
environment: live
planned: 2026-12-19 22:00/2h
outage: {services: [pay], planned: 2026-12-19 22:00/90m}
---
-- trains/q4/turnovers/early.md --
---
title: Pilot
environment: live
planned: 2026-11-24 22:00/1h
status: accepted
---
-- changes/C-1.md --
---
title: More memory
planned: 2026-11-23 10:00/1h
services: [pay]
status: approved
---
-- changes/C-2.md --
---
title: Done long ago
planned: 2026-11-24 10:00/1h
status: implemented
---
-- trains/q4/releases/pay-4.2.md --
---
title: Pay 4.2
application: pay
items: [{id: A-1, title: Faster, category: enhancement, status: reopened}, {id: A-2, status: done}]
artifacts: [{name: pay, version: 4.2.0, stored: 2026-11-01}]
---
-- reviews/night.md --
---
title: The last night
actions: [{id: drill, title: Drill it, owner: ana, due: 2026-11-10, done: 2026-11-09}]
---
";

/// Returns the text of `html` between tags, on one line.
fn text(html: &str) -> String {
    let parts = html
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text: String = parts.collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what stands between each `open` and the `close` after it in `html`.
fn between<'h>(html: &'h str, open: &str, close: &str) -> Vec<&'h str> {
    let parts = html.split(open).skip(1);
    parts.filter_map(|part| part.split(close).next()).collect()
}

/// Returns the answers of a page, its rows, and what it says where there is none, as lines.
fn lines(html: &str) -> Vec<String> {
    let answers = between(html, "<div data-answer=", "</div>").into_iter();
    let answers = answers.map(|answer| text(answer.split_once('>').unwrap().1));
    let bodies = between(html, "<tbody>", "</table>").into_iter();
    let rows = bodies.flat_map(|body| between(body, "<tr", "</tr>"));
    let rows = rows.map(|row| {
        let row = row.split_once('>').unwrap().1;
        let cells = row.split("</td>").flat_map(|cell| cell.split("</th>"));
        let cells: Vec<_> = cells.map(text).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    });
    let empty = between(html, "<div class=\"empty\">", "</div>");
    let empty = empty.into_iter().map(text);
    answers.chain(rows).chain(empty).collect()
}

/// Returns the page at `path` of the plan in `archive`, as judged by the rule book.
fn page(archive: &str, path: &str) -> String {
    let loaded = load(&Memory::of_txtar(archive));
    let (plan, as_of) = (loaded.plan, Day::parse("2026-11-21").unwrap());
    let diagnostics = judge(&plan, loaded.findings, as_of);
    let base = b"{% block head %}{% endblock head %}{% block main %}{% endblock main %}".to_vec();
    // What all pages share is no part of what is checked.
    let about = b"{% extends \"layouts/document.html\" %}".to_vec();
    let overlay = BTreeMap::from([
        ("templates/base.html".to_owned(), base),
        ("templates/about.html".to_owned(), about),
    ]);
    let theme = Theme::new("en", &overlay).unwrap();
    let publication = Publication {
        as_of,
        drafts: Drafts::Hidden,
    };
    let portal = Portal::new(&plan, publication, theme.locale(), &diagnostics);
    let routes = routes(&portal);
    let route = routes.iter().find(|route| route.path == path).unwrap();
    let mut page = Vec::new();
    let layout = route.layout(&portal).unwrap();
    layout.render(&theme, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

/// Checks the answers, the rows and the empty states of the page at `path` of the plan in `archive`.
fn check(archive: &str, path: &str, expected: &[&str]) {
    assert_eq!(lines(&page(archive, path)), expected, "{path}");
}

#[test]
fn attention_tells_who_acts_next() {
    check(
        PLAN,
        "attention/index.html",
        &[
            "Overdue 2 overdue Meet the criterion Tests pass Q4 Ana Ruiz Thu 19 Nov 2026 2 days ago",
            "Due soon 4 due soon Carry out the change More memory No owner Mon 23 Nov 2026 in 2 days",
            "Blocked Nothing is blocked",
            "Ana Ruiz 2 overdue",
            "Tests pass | Meet the criterion | Overdue | Thu 19 Nov 2026 2 days ago | Q4",
            "Order supper | Do the task | Overdue | Fri 20 Nov 2026 yesterday | Q4",
            "No owner 3 due soon",
            "More memory | Carry out the change | Due soon | Mon 23 Nov 2026 in 2 days",
            "Pilot | Deploy | Due soon | Tue 24 Nov 2026 in 3 days | Q4",
            "Tell all | Send the message | Due soon | Wed 25 Nov 2026 in 4 days | Q4",
            "Sponsor Ana Ruiz 1 due soon",
            "Executive | Decide on the approval | Due soon | Mon 30 Nov 2026 in 9 days | Q4",
            "Nothing is blocked",
        ],
    );
    check(
        "",
        "attention/index.html",
        &[
            "Overdue Nothing is overdue Checked as of Sat 21 Nov 2026",
            "Due soon Nothing is due soon Looked at: the next 14 days",
            "Blocked Nothing is blocked",
            "Nothing is overdue or due within 14 days",
            "Nothing is blocked",
        ],
    );
}

#[test]
fn the_forward_schedule_tells_what_runs_into_what() {
    check(
        PLAN,
        "forward-schedule/index.html",
        &[
            "Next seven days 2 planned More memory Mon 23 Nov 2026 10:00 – 11:00 UTC in 2 days",
            "Conflicts 1 in conflict Night of Q4 In a freeze Shut",
            "Projected service outage 1 out of service Pay Sat 19 Dec 2026 22:00 – 23:30 UTC in 28 days",
            "More memory | Change | Mon 23 Nov 2026 10:00 – 11:00 UTC in 2 days | Pay |  | Approved",
            "Pilot | Deployment | Tue 24 Nov 2026 22:00 – 23:00 UTC in 3 days | Live | Q4 | Accepted",
            "Night of Q4 | Sat 19 Dec 22:00 – Sun 20 Dec 2026 00:00 UTC | In a freeze Shut | Tue 5 Jan 2027 00:00 – 02:00 UTC",
            "Pay | 1 h 30 min | Sat 19 Dec 2026 22:00 – 23:30 UTC | Night of Q4",
            "Mon 14 Dec – Sun 20 Dec 2026",
            "Night of Q4 | Deployment | Sat 19 Dec 22:00 – Sun 20 Dec 2026 00:00 UTC | Live | Q4",
            "Night of Q4 | Outage | Sat 19 Dec 2026 22:00 – 23:30 UTC | Pay | Q4 | Out of service",
        ],
    );
    check(
        "",
        "forward-schedule/index.html",
        &[
            "Next seven days Nothing in the next seven days",
            "Conflicts No conflict",
            "Projected service outage No outage is planned",
            "Nothing in the next 30 days",
            "No conflict in the next 90 days",
            "No outage is planned",
        ],
    );
}

#[test]
fn the_timeline_tells_planned_and_actual_days() {
    check(
        PLAN,
        "schedule/2026-q4/index.html",
        &[
            "Q4",
            "Scoping | Thu 1 Oct – Sat 31 Oct 2026 | Thu 1 Oct 2026 | Done",
            "Construction | Sun 1 Nov – Mon 30 Nov 2026 | Tue 3 Nov 2026 | Running",
            "Freezes",
            "Shut | Fri 18 Dec 2026 – Mon 4 Jan 2027 |  | Hard freeze",
        ],
    );
    check(
        "",
        "schedule/index.html",
        &["No train has a date in this time"],
    );
}

#[test]
fn registers_gather_what_is_scattered() {
    check(
        PLAN,
        "registers/index.html",
        &[
            "Register of exceptions | What may be deployed in which freeze, and who said so | 0 | Register of exceptions as CSV",
            "Register of waivers | Which criteria are waived, by whom, why and until when | 1 | Register of waivers as CSV",
            "Register of risks | What may go wrong, and what is done about it | 1 | Register of risks as CSV",
            "Register of actions | What post mortems ask for, who does it, and by when | 1 | Register of actions as CSV",
            "Backlog of re-opened items | Scope items that were in a release and came back | 1 | Backlog of re-opened items as CSV",
            "Definitive library | What exactly is deployed, and where it is kept | 1 | Definitive library as CSV",
        ],
    );
    for (register, line) in [
        ("exceptions", "No exception is asked for"),
        (
            "waivers",
            "own | Waived | Ana Ruiz | Thu 24 Dec 2026 | Small | Sun 1 Nov 2026 | Q4",
        ),
        (
            "risks",
            "No text messages | Owned | Ana Ruiz | Mon 1 Mar 2027 | Q4",
        ),
        (
            "actions",
            "Drill it | Done | Ana Ruiz | Tue 10 Nov 2026 | Mon 9 Nov 2026 | The last night",
        ),
        ("backlog", "A-1 | Faster | Reopened | Enhancement | Pay 4.2"),
        ("library", "pay | 4.2.0 | Sun 1 Nov 2026 | Pay 4.2"),
    ] {
        check(PLAN, &format!("registers/{register}/index.html"), &[line]);
    }
}

#[test]
fn the_format_is_told_from_the_code() {
    check(
        PLAN,
        "reference/format/freeze/index.html",
        &[
            "planned | required | an interval | When it holds; when it repeats, the first time.",
            "severity |  | one of these words | How strict it is. hard : Nothing without an exception. soft : Deployments need the extra approval.",
            "scope |  | scope | What it covers. Without it, everything.",
            "reason |  | text | Why.",
            "repeats |  | a recurrence | How it repeats.",
            "environments | a list of the id of environment | The environments covered.",
            "applications | a list of the id of application | The applications covered, with all that they contain.",
            "types | a list of text | The types of release covered.",
            "except | except | What is not covered after all.",
            "environments | a list of the id of environment | The environments left out.",
            "applications | a list of the id of application | The applications left out, with all that they contain.",
            "types | a list of text | The types of release left out.",
        ],
    );
}

/// Two trains that want one environment, and an environment that was passed by.
const BOARDS: &str = "
-- trainboard.yaml --
timezone: UTC
-- people/ana.md --
---
name: Ana Ruiz
---
-- applications/pay.md --
---
title: Pay
path: [uat, live]
---
-- applications/web.md --
---
title: Web
---
-- environments/uat.md --
---
title: UAT
category: test
versions: {pay: \"4.0.0\"}
---
-- environments/live.md --
---
title: Live
category: production
versions: {pay: \"4.1.0\"}
---
-- windows/night.md --
---
title: Night
scope: {environments: [live]}
starts: 2026-01-03 22:00
duration: 4h
repeats: FREQ=WEEKLY;BYDAY=SA
---
-- freezes/shut.md --
---
title: Shut
planned: 2026-12-18/2027-01-04
scope: {environments: [live]}
---
-- trains/q4/index.md --
---
title: Q4
schedule: {scoping: 2026-10-01/2026-10-31, construction: 2026-11-01/2026-11-30, deployment: 2026-12-05/2026-12-06}
history: [{stage: scoping, date: 2026-10-01}, {stage: construction, date: 2026-11-03}]
gates:
  scoping: {criteria: [{id: agreed, title: Scope agreed, status: met}]}
  construction: {due: 2026-11-30, criteria: [{id: tested, title: Tests pass, owner: ana, status: met, evidence: {url: \"https://ci.example/1\", date: 2026-11-10}}, {id: told, status: met}]}
reservations: [{environment: uat, planned: 2026-11-01/2026-11-30}]
---
-- trains/q4/turnovers/live.md --
---
title: Night of Q4
environment: live
planned: 2026-12-05 22:00/2h
---
-- trains/q4/releases/pay-4.2.md --
---
title: Pay 4.2
application: pay
version: \"4.2.0\"
history: [{stage: scoping, date: 2026-10-20}]
gates: {construction: {due: 2026-11-28, criteria: [{id: built, title: It is built, owner: ana, status: not-met}]}}
---
-- trains/q4/releases/web-2.0.md --
---
title: Web 2.0
application: web
version: \"2.0.0\"
---
-- trains/q1/index.md --
---
title: Q1
reservations: [{environment: uat, planned: 2026-11-25/2026-12-10}]
---
";

#[test]
fn environments_tell_who_has_them_and_what_is_there() {
    check(
        BOARDS,
        "environments/index.html",
        &[
            "Free now Live At least until Thu 17 Dec 2026 in 26 days",
            "Clashes 1 clash UAT Q4 Q1 Wed 25 Nov – Mon 30 Nov 2026 in 4 days",
            "Drift 1 behind Pay UAT",
            "Test",
            "UAT | Reserved | Q4 | Mon 30 Nov 2026 | Q1 Wed 25 Nov 2026 | one train at a time",
            "Production",
            "Live | Free |  | Thu 17 Dec 2026 | Shut Fri 18 Dec 2026 | one train at a time",
            "UAT | Q4 | Q1 | Wed 25 Nov 2026 | Mon 30 Nov 2026",
            "UAT",
            "Q4 | Reservation | Sun 1 Nov – Mon 30 Nov 2026 | Clashes with Q1",
            "Q1 | Reservation | Wed 25 Nov – Thu 10 Dec 2026 | Clashes with Q4",
            "Live",
            "Night | Window | Sat 21 Nov 22:00 – Sun 22 Nov 2026 02:00 UTC opens 18 times",
            "Night of Q4 | Turnover | Sat 5 Dec 22:00 – Sun 6 Dec 2026 00:00 UTC",
            "Shut | Hard freeze | Fri 18 Dec 2026 – Mon 4 Jan 2027",
            "Pay | UAT | 4.0.0 | Live | 4.1.0 | not known",
            "Pay | 4.0.0, behind | 4.1.0",
        ],
    );
    check(
        "",
        "environments/index.html",
        &[
            "There is no environment yet Add a Markdown file below environments/ , or any file with kind: environment .",
        ],
    );
    check(
        "-- environments/uat.md --\n---\ntitle: UAT\n---\n",
        "environments/index.html",
        &[
            "Free now UAT",
            "Clashes No clash",
            "Drift No version is known",
            "UAT | Free | one train at a time",
            "No two reservations clash",
            "Nobody has reserved an environment in this time Add reservations to a train, or a turnover with planned dates.",
            "No version is known Deploy a turnover ( status: deployed ), or write versions in an environment.",
        ],
    );
}

#[test]
fn the_gate_board_tells_what_blocks_and_what_was_met_when() {
    check(
        BOARDS,
        "trains/q4/gates/index.html",
        &[
            "Scoping | Passed |  | 1",
            "Construction | Blocked | 1 | 1",
            "All gates | Blocked | 1 | 2",
            "Construction | Pay 4.2 | Blocked | Put right: It is built | Ana Ruiz | Sat 28 Nov 2026",
            "Q4 | Passed | Passed | Passed",
            "Pay 4.2 | Blocked |  | Blocked",
            "Thu 1 Oct 2026 | 0 | 3 |  | 3",
            "Tue 20 Oct 2026 | 0 | 4 |  | 1",
            "Tue 3 Nov 2026 | 1 | 4 | 1",
            "Tue 10 Nov 2026 | 2 | 4 | 1",
        ],
    );
    check(
        "-- trains/q4/index.md --\n---\ntitle: Q4\n---\n",
        "trains/q4/gates/index.html",
        &[
            "There is no gate yet Add gates to the train, or to its policy.",
            "No application has joined yet Add a file below releases/ in the folder of the train, or name the train in its train: .",
        ],
    );
}

#[test]
fn the_index_of_trains_begins_with_the_stage_board() {
    check(
        BOARDS,
        "trains/index.html",
        &[
            "Q4 | Done | Done Thu 1 Oct 2026 | Running Tue 3 Nov 2026 | Planned | Planned Sat 5 Dec | Planned",
            "On their way",
            "Q4 |  | Construction | Sat 5 Dec – Sun 6 Dec 2026 | Sat 5 Dec 2026 Deployment |  | Gates Program",
            "Q1 |  |  |  |  |  | Gates Program",
        ],
    );
}

/// Releases of two trains that wait for each other in every way, as seen on 21 November 2026.
const TIES: &str = "
-- trainboard.yaml --
timezone: UTC
-- applications/pay.md --
---
title: Pay
---
-- applications/ledger.md --
---
title: Ledger
---
-- trains/q4/index.md --
---
title: Q4
milestones: [{id: ready, title: Ready, due: 2026-11-28}]
---
-- trains/q4/releases/pay-4.md --
---
title: Pay 4
application: pay
version: 4.0.0
schedule: {deployment: 2026-12-05/2026-12-06}
needs:
  - {release: ledger-7, lag: 2d}
  - {milestone: q4/ready}
  - {external: The scheme <opens>}
  - {release: nowhere}
---
-- trains/q4/releases/ledger-7.md --
---
title: Ledger 7
application: ledger
version: 7.0.0
schedule: {deployment: 2026-12-08/2026-12-08}
---
-- trains/q5/index.md --
---
title: Q5
---
-- trains/q5/releases/a.md --
---
title: A
needs: [{release: b}, {release: pay-4}]
---
-- trains/q5/releases/b.md --
---
title: B
needs: [{release: a, type: SS}]
---
";

#[test]
fn the_map_tells_what_is_broken_and_what_a_delay_hits() {
    check(
        TIES,
        "dependencies/index.html",
        &[
            "Order 1 too late Pay 4 needs Ledger 7 Too late by 4 d",
            "Loops Loops: 1 A needs B",
            "Missing 1 missing",
            "Pay 4 | Ledger 7 | finish to start 2 days | Tue 8 Dec 2026 | Sat 5 Dec 2026 | Too late by 4 d | Planned too late",
            "A | B | finish to start |  |  |  | In a loop",
            "B | A | start to start |  |  |  | In a loop",
            "A | B A",
            "Pay 4 | nowhere | Not in the plan",
            "A | B | finish to start |  |  |  | In a loop",
            "A | Pay 4 | finish to start | Sun 6 Dec 2026 |  |  | No date known",
            "B | A | start to start |  |  |  | In a loop",
            "Pay 4 | Ledger 7 | finish to start 2 days | Tue 8 Dec 2026 | Sat 5 Dec 2026 | Too late by 4 d | Planned too late",
            "Pay 4 | Ready | finish to start | Sat 28 Nov 2026 | Sat 5 Dec 2026 | 7 d | In time",
            "Pay 4 | The scheme &lt;opens&gt; | finish to start |  | Sat 5 Dec 2026 |  | Outside of the plan",
            "B |  | A | 1",
            "Pay 4 | Sat 5 Dec – Sun 6 Dec 2026 | A B | 2",
            "A |  | B | 1",
            "Ledger 7 | Tue 8 Dec 2026 | Pay 4 at once A B | 3",
            "Ready | Sat 28 Nov 2026 | Pay 4 7 d A B | 3",
            "Q4 | 1 | 3 | 0 | 1 broken",
            "Q5 | 2 | 3 | 1 | 2 broken",
        ],
    );
    check(
        "",
        "dependencies/index.html",
        &[
            "None declared Add it to the release that waits: needs: [{release: ledger-7.1}] . A milestone, a train, a \
             version of an application or something outside of the plan can be needed as well.",
        ],
    );
}

#[test]
fn the_program_board_tells_what_comes_when() {
    check(
        TIES,
        "trains/q4/program/index.html",
        &[
            "The train",
            "Ready | Sat 28 Nov 2026 | Due soon",
            "Ledger",
            "Ledger 7 | Tue 8 Dec 2026",
            "Pay",
            "Pay 4 | Sat 5 Dec – Sun 6 Dec 2026 |  | Ledger 7 | finish to start 2 days | Tue 8 Dec 2026 | Too late by 4 d | Planned too late",
            "Pay 4 | Sat 5 Dec – Sun 6 Dec 2026 |  | Ready | finish to start | Sat 28 Nov 2026 | 7 d | In time",
            "Pay 4 | Sat 5 Dec – Sun 6 Dec 2026 |  | The scheme &lt;opens&gt; | finish to start |  |  | Outside of the plan",
        ],
    );
    check(
        "-- trains/q5/index.md --\n---\ntitle: Q5\n---\n",
        "trains/q5/program/index.html",
        &[
            "No application has joined yet Add a file below releases/ in the folder of the train, or name the train in its train: .",
        ],
    );
}
