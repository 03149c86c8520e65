//! What is left before the end, and what is late on the way.

use super::{day, plan};
use crate::lifecycle::{Lacking, Progress, closing};
use crate::plan::{Kind, Plan};

fn lacking(plan: &Plan, what: &Lacking<'_>) -> String {
    let by = |day: Option<crate::time::Day>| {
        day.map_or_else(|| "some day".to_owned(), |day| day.to_string())
    };
    match what {
        Lacking::Deployment(turnover) => format!("deployment {}", turnover.document.id),
        Lacking::Smoke(turnover, test) => {
            format!("smoke {} {}", turnover.document.id, &*test.id.value)
        }
        Lacking::Support(day) => format!("support until {}", by(*day)),
        Lacking::Cmdb => "cmdb".to_owned(),
        Lacking::Library => "library".to_owned(),
        Lacking::Item(item) => format!("item {}", &*item.id.value),
        Lacking::Review(day) => format!("review by {}", by(*day)),
        Lacking::LateReview(review, due) => {
            format!("review {} after {due}", plan.document(review.id).id)
        }
        Lacking::Action(_, action) => format!("action {}", &*action.id.value),
    }
}

#[test]
fn closing_asks_for_all_that_is_left() {
    let check = |archive: &str, kind: Kind, id: &str, expected: &[&str]| {
        let plan = plan(archive);
        let left = closing(&plan, plan.find(kind, id).unwrap(), day("2026-12-31"));
        let told: Vec<_> = left.iter().map(|lack| lacking(&plan, &lack.what)).collect();
        assert_eq!(told, expected, "{archive}");
    };
    let train = |more: &str, turnover: &str| {
        format!(
            "-- trains/t/index.md --\n---\ntype: major\n{more}\n---\n-- trains/t/turnovers/production.md --\n---\n\
             environment: production\nplanned: 2026-12-04/2026-12-05\n{turnover}\n---\n"
        )
    };
    let review = "-- trains/t/reviews/look-back.md --\n---\nof: turnover:t/production\ndate: 2026-12-22\nactions:\n  \
                  - {id: tell, due: 2026-12-29}\n  - {id: done, due: 2026-12-29, done: 2026-12-29}\n---\n";
    check(
        &train("", "smoke: [{id: login, result: failed}]"),
        Kind::Train,
        "t",
        &[
            "deployment t/production",
            "support until some day",
            "review by some day",
        ],
    );
    check(
        &train("", "status: deployed\nsmoke: [{id: login, result: failed}]"),
        Kind::Train,
        "t",
        &[
            "smoke t/production login",
            "support until 2026-12-18",
            "review by 2026-12-18",
        ],
    );
    let ended = "support: {until: 2026-12-18, ended: 2026-12-18}";
    check(
        &format!("{}{review}", train(ended, "status: deployed")),
        Kind::Train,
        "t",
        &["action tell", "review t/look-back after 2026-12-18"],
    );
    let release = "-- releases/r.md --\n---\napplication: a\ntype: emergency\nrecords: {cmdb: 'https://cmdb.example/1'}\n\
                   items: [{id: I-1, status: done}, {id: I-2}, {id: I-3, status: dropped}]\n---\n-- \
                   applications/a.md --\n---\ntitle: A\n---\n";
    check(release, Kind::Release, "r", &["library", "item I-2"]);
}

#[test]
fn what_is_late_or_soon_due_is_told_with_its_owner() {
    let check = |archive: &str, expected: &[&str]| {
        let plan = plan(archive);
        let today = day("2026-08-20");
        let told: Vec<_> = Progress::new(&plan, today)
            .due(7)
            .iter()
            .map(|due| {
                let kind = due.kind.word();
                let who = due
                    .owner
                    .map(|owner| &*owner.written)
                    .or(due.role)
                    .unwrap_or("nobody");
                let late = if due.is_late(today) { "late" } else { "soon" };
                format!("{} {kind} {} {who} {late}", due.due, due.id)
            })
            .collect();
        assert_eq!(told, expected, "{archive}");
    };
    let train = "
milestones: [{id: m, due: 2026-08-18, owner: ana}, {id: kept, due: 2026-08-18, done: 2026-08-18}]
tasks: [{id: fund, due: 2026-08-19, owner: omar}, {id: later, due: 2026-08-28}]
communications: [{id: tell, due: 2026-08-27}, {id: told, due: 2026-08-01, sent: 2026-08-01}]
gates:
  construction:
    due: 2026-08-19
    criteria: [{id: code-complete, status: not-run, owner: hannah, due: 2026-08-17}]
  verification: {due: 2026-09-19}
---
-- trains/t/reviews/r.md --
---
of: train:t
actions: [{id: mend, due: 2026-08-20, owner: ruth}]
---
";
    let action = "2026-08-20 action mend ruth soon";
    check(
        &format!("-- trains/t/index.md --\n---\ntype: major{train}"),
        &[
            "2026-08-17 criterion code-complete hannah late",
            "2026-08-18 milestone m ana late",
            "2026-08-19 approval development development-lead late",
            "2026-08-19 task fund omar late",
            action,
            "2026-08-27 communication tell nobody soon",
        ],
    );
    check(
        "-- trains/t/index.md --
---
type: major
risks: [{id: bad, due: 2026-08-19, owner: omar, response: owned}, {id: fine, due: 2026-08-19, response: accepted}]
support: {until: 2026-08-21, owner: ruth}
---
-- trains/t/releases/r.md --
---
application: a
training: {plan: Show it, due: 2026-08-22, owner: ana}
---
-- trains/t/turnovers/uat.md --
---
environment: production
owner: hannah
planned: 2026-08-17 22:00/2026-08-18 02:00
---
-- trains/t/turnovers/done.md --
---
environment: production
planned: 2026-08-17/2026-08-17
status: deployed
---
-- trains/t/changes/C-1.md --
---
status: approved
planned: 2026-08-23/2026-08-24
---
-- applications/a.md --
---
title: A
---
",
        &[
            "2026-08-18 deployment uat hannah late",
            "2026-08-19 risk bad omar late",
            "2026-08-21 support support ruth soon",
            "2026-08-22 training training ana soon",
            "2026-08-24 change C-1 nobody soon",
        ],
    );
    // What has ended is late with nothing but what was learned.
    check(
        &format!(
            "-- trains/t/index.md --\n---\ntype: major\nhistory: [{{stage: closed, date: 2026-08-01}}]{train}"
        ),
        &[action],
    );
}
