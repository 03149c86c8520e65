#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use super::{Portal, Theme, routes};
use crate::load::load;
use crate::plan::{Drafts, Publication};
use crate::time::Day;
use crate::world::Memory;

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

/// Checks the answers, the rows and the empty states of the page at `path` of the plan in `archive`.
fn check(archive: &str, path: &str, expected: &[&str]) {
    let plan = load(&Memory::of_txtar(archive)).plan;
    let base = b"{% block head %}{% endblock head %}{% block main %}{% endblock main %}".to_vec();
    let overlay = BTreeMap::from([("templates/base.html".to_owned(), base)]);
    let theme = Theme::new("en", &overlay).unwrap();
    let publication = Publication {
        as_of: Day::parse("2026-11-21").unwrap(),
        drafts: Drafts::Hidden,
    };
    let portal = Portal::new(&plan, publication, theme.locale(), &[]);
    let routes = routes(&portal);
    let route = routes.iter().find(|route| route.path == path).unwrap();
    let mut page = Vec::new();
    route.render(&portal, &theme, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert_eq!(lines(&page), expected, "{path}");
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
