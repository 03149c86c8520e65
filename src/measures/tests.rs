//! What small plans come to, as of 21 November 2026.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;
use crate::load::load;
use crate::plan::{Kind, Plan};
use crate::world::Memory;

/// What every plan of these tests has.
const COMMON: &str = "\
-- trainboard.yaml --
timezone: Europe/London
-- environments/live.md --
category: production
-- environments/uat.md --
category: test
-- applications/pay.md --
title: Pay
-- applications/web.md --
title: Web
-- trains/q4/index.md --
history: [{stage: scoping, date: 2026-08-01}, {stage: construction, date: 2026-09-01}]
-- trains/q4/releases/pay-4.md --
application: pay
-- trains/q4/releases/web-9.md --
application: web
history: [{stage: construction, date: 2026-10-01}]
";

/// Returns the plan of [`COMMON`] and the archive `files`, whose documents are frontmatter only.
fn plan(files: &str) -> Plan {
    load(&Memory::of_frontmatter(&[COMMON, files])).plan
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Checks the tries, the figures of the window, the ways of releases and the gaps in the plan of `files`, as lines.
fn check(files: &str, expected: &[&str]) {
    let plan = plan(files);
    let schedule = Schedule::new(&plan);
    let measures = Measures::new(&schedule, day("2026-11-21"), |_| true);
    let tries = measures.tries.iter().map(|of| {
        let restored = match of.restored {
            Some(Restored::After(seconds)) => format!(", restored after {} min", seconds / 60),
            Some(Restored::NotYet) => ", not restored yet".to_owned(),
            Some(Restored::Unknown) => ", restored nobody knows when".to_owned(),
            None => String::new(),
        };
        let word = of.result.word();
        format!("{} {} {word}{restored}", of.turnover.document.id, of.day)
    });
    let figures = measures.figures(Scope::All, measures.window);
    let whole = format!(
        "{} deployments, {} failed ({:?} %), {} emergencies, {} unrestored, restored in {:?} s, under way {:?} days",
        figures.deployments,
        figures.failed,
        figures.failure_rate(),
        figures.emergencies,
        figures.unrestored,
        figures.time_to_restore(),
        figures.lead_time(),
    );
    let leads = measures.leads.iter().map(|lead| {
        let name = plan.document(lead.release).short_id();
        format!("{name} {} days", lead.days())
    });
    let gaps = measures
        .gaps
        .iter()
        .map(|(gap, count)| format!("{gap:?} {count}"));
    let lines = tries.chain([whole]).chain(leads).chain(gaps);
    assert_eq!(lines.collect::<Vec<_>>(), expected, "{files}");
}

#[test]
fn nothing_is_made_up_where_nothing_was_deployed() {
    check(
        "",
        &[
            "0 deployments, 0 failed (None %), 0 emergencies, 0 unrestored, restored in None s, under way None days",
        ],
    );
    // What is to come, what was called off, what went elsewhere, and what is said of a day to come.
    check(
        "\
-- trains/q4/turnovers/a.md --
environment: live
planned: 2026-11-01 22:00/2h
status: accepted
-- trains/q4/turnovers/b.md --
environment: live
planned: 2026-11-02 22:00/2h
status: cancelled
attempts: [{actual: 2026-11-02 22:00/1h, status: cancelled}]
-- trains/q4/turnovers/c.md --
environment: uat
actual: 2026-11-03 22:00/2h
status: deployed
-- trains/q4/turnovers/d.md --
environment: live
actual: 2026-11-23 22:00/2h
status: deployed
",
        &[
            "0 deployments, 0 failed (None %), 0 emergencies, 0 unrestored, restored in None s, under way None days",
        ],
    );
}

#[test]
fn a_deployment_counts_on_the_day_on_which_it_ended() {
    check(
        "\
-- trains/q4/turnovers/live.md --
environment: live
planned: 2026-11-14 22:00/2h
actual: 2026-11-14 22:30/2026-11-15 01:00
status: deployed
attempts: [{actual: 2026-11-14 22:30/2026-11-15 01:00, status: deployed}]
",
        &[
            "q4/live 2026-11-15 deployed",
            "1 deployments, 0 failed (Some(0) %), 0 emergencies, 0 unrestored, restored in None s, under way Some(60) days",
            // Its own history comes before that of its train.
            "pay-4 75 days",
            "web-9 45 days",
        ],
    );
}

#[test]
fn a_roll_back_ends_by_its_own_end() {
    check(
        "\
-- trains/q4/turnovers/live.md --
environment: live
contents: [pay-4]
actual: 2026-11-14 22:00/2h
status: deployed
attempts:
  - {actual: 2026-11-07 22:00/6h, status: rolled-back}
",
        &[
            "q4/live 2026-11-08 rolled-back, restored after 360 min",
            "q4/live 2026-11-15 deployed",
            "2 deployments, 1 failed (Some(50) %), 0 emergencies, 0 unrestored, restored in Some(21600) s, under way Some(75) days",
            "pay-4 75 days",
        ],
    );
}

#[test]
fn a_failure_lasts_until_the_next_success_with_one_of_its_applications() {
    check(
        "\
-- trains/q4/turnovers/a.md --
environment: live
contents: [pay-4]
actual: 2026-11-07 22:00/2h
status: failed
-- trains/q4/turnovers/b.md --
environment: live
contents: [web-9]
actual: 2026-11-08 04:00/1h
status: deployed
-- trains/q4/turnovers/c.md --
environment: live
actual: 2026-11-08 22:00/1h
status: deployed
-- trains/q4/turnovers/d.md --
environment: live
contents: [web-9]
actual: 2026-11-09 22:00/1h
status: failed
-- trains/q4/turnovers/e.md --
environment: live
contents: [pay-4]
actual: 2026-11-10/2026-11-10
status: rolled-back
",
        &[
            "q4/a 2026-11-08 failed, restored after 1500 min",
            "q4/b 2026-11-08 deployed",
            "q4/c 2026-11-08 deployed",
            "q4/d 2026-11-09 failed, not restored yet",
            "q4/e 2026-11-10 rolled-back, restored nobody knows when",
            "5 deployments, 3 failed (Some(60) %), 0 emergencies, 1 unrestored, restored in Some(90000) s, under way Some(53) days",
            "pay-4 68 days",
            "web-9 38 days",
            "WithoutTime 1",
        ],
    );
}

#[test]
fn an_emergency_is_a_deployment_like_any_other_and_is_told_apart() {
    check(
        "\
-- releases/pay-4.0.1.md --
application: pay
type: emergency
-- turnovers/fix.md --
environment: live
release: pay-4.0.1
actual: 2026-11-07 09:00/30m
status: deployed
",
        &[
            "fix 2026-11-07 deployed",
            "1 deployments, 0 failed (Some(0) %), 1 emergencies, 0 unrestored, restored in None s, under way None days",
            "NotBegun 1",
        ],
    );
}

#[test]
fn what_a_plan_does_not_say_is_counted() {
    check(
        "\
-- trains/q4/turnovers/a.md --
environment: live
contents: [pay-4]
planned: 2026-11-07 22:00/2h
status: failed
-- trains/q4/turnovers/b.md --
environment: live
contents: [pay-4]
planned: 2026-Q4/2026-Q4
status: deployed
attempts: [{actual: 2026-11-08 22:00/1h}]
-- trains/q4/turnovers/c.md --
environment: live
contents: [pay-4]
actual: 2026-11-09/2026-11-09
status: deployed
waves: [{id: all, status: failed}]
-- releases/old.md --
application: pay
history: [{stage: closed, date: 2026-10-01}]
outcome: rolled-back
-- releases/older.md --
application: pay
history: [{stage: closed, date: 2024-10-01}]
-- turnovers/empty.md --
environment: live
actual: 2026-11-12 22:00/1h
status: deployed
",
        &[
            "q4/a 2026-11-08 failed, restored nobody knows when",
            "q4/c 2026-11-09 deployed",
            "empty 2026-11-12 deployed",
            "3 deployments, 1 failed (Some(33) %), 0 emergencies, 0 unrestored, restored in None s, under way Some(69) days",
            "pay-4 69 days",
            "Undated 1",
            "WithoutStatus 1",
            "DatedByPlan 1",
            "WithoutApplication 1",
            "FailedWave 1",
            "FailedOutcome 1",
            "WithoutTime 1",
            "WithoutTurnover 1",
        ],
    );
}

#[test]
fn figures_are_told_per_application_train_month_and_what_counts() {
    let plan = plan(
        "\
-- trains/q4/turnovers/a.md --
environment: live
actual: 2026-10-31 23:00/2h
status: deployed
-- turnovers/b.md --
environment: live
contents: [q4/web-9, web-9]
actual: 2026-11-02 22:00/1h
status: rolled-back
",
    );
    let schedule = Schedule::new(&plan);
    let measures = Measures::new(&schedule, day("2026-11-21"), |_| true);
    let id = |kind, id| plan.find(kind, id).unwrap();
    let (first, last) = (measures.window.first, measures.window.last);
    assert_eq!((first, last), (day("2025-10-01"), day("2026-11-21")));
    let count = |scope, days| measures.figures(scope, days).deployments;
    let count_all = |scope| count(scope, measures.window);
    assert_eq!(count_all(Scope::All), 2);
    assert_eq!(
        count_all(Scope::Application(id(Kind::Application, "pay"))),
        1
    );
    assert_eq!(
        count_all(Scope::Application(id(Kind::Application, "web"))),
        2
    );
    assert_eq!(count_all(Scope::Train(id(Kind::Train, "q4"))), 1);
    // It began in October and ended in November.
    let by_month = months(measures.window).into_iter().rev().take(2);
    let by_month: Vec<_> = by_month.map(|days| count(Scope::All, days)).collect();
    assert_eq!(by_month, [2, 0]);
    assert_eq!(quarters(measures.window).len(), 5);
    let hidden = id(Kind::Turnover, "b");
    let measures = Measures::new(&schedule, day("2026-11-21"), |of| of != hidden);
    assert_eq!(measures.tries.len(), 1);
}
