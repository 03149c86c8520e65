//! The next fit, under one constraint and under all together.

use super::super::Schedule;
use super::{at, check, clocks, plan, turnover};
use crate::plan::Kind;
use crate::time::Duration;

/// Checks where the turnover `q4/live`, with these fields, next fits from `from` on.
fn fits(fields: &str, from: &str, files: &str, expected: &str) {
    let files =
        format!("-- trains/q4/turnovers/live.md --\nenvironment: production\n{fields}\n{files}");
    let answer = |schedule: &Schedule<'_>| {
        let fit = schedule.next_fit(turnover(schedule.plan(), "live"), at(from));
        vec![fit.map_or("never".to_owned(), |fit| clocks(fit.whole))]
    };
    check(&files, answer, &[expected]);
}

const FREEZE: &str = "-- freezes/xmas.md --\nplanned: 2026-12-18/2027-01-04\n";
const SATURDAY: &str = "-- windows/sat.md --\nstarts: 2026-11-07 22:00\nduration: 6h\n\
                        repeats: FREQ=WEEKLY\ncutoff: 1h\n";

#[test]
fn freezes_push_a_deployment_behind_them() {
    let live = "planned: 2026-12-17 22:00/2h\nbackout: {duration: 1h}";
    fits(live, "2026-12-17 20:00", "", "12-17 20:00..23:00");
    fits(live, "2026-12-17 21:00", FREEZE, "12-17 21:00..12-18 00:00");
    fits(live, "2026-12-17 21:01", FREEZE, "01-05 00:00..03:00");
    fits(
        "planned: 2026-12-16/2026-12-17",
        "2026-12-16 12:00",
        FREEZE,
        "01-05 00:00..01-07 00:00",
    );
    fits(
        "planned: 2026-W51/2026-W51",
        "2026-12-16 12:00",
        FREEZE,
        "never",
    );
    let again =
        "-- freezes/again.md --\nplanned: 2027-01-05 01:00/2027-01-05 06:00\nseverity: soft\n";
    fits(
        live,
        "2026-12-18 00:00",
        &format!("{FREEZE}{again}"),
        "01-05 06:00..09:00",
    );
    let always = "-- freezes/ever.md --\nplanned: 2026-01-01/2030-01-01\n";
    fits(live, "2026-12-18 00:00", always, "never");
}

#[test]
fn an_excused_deployment_fits_into_its_freeze_until_the_exception_ends() {
    let live = "planned: 2026-12-20 22:00/2h";
    let exception = "-- trains/q4/exceptions/EX-1.md --\nfreeze: xmas\nfor: train:q4\nexpires: 2026-12-20\n\
                     decision: {result: approved}\n";
    let files = format!("{FREEZE}{exception}");
    fits(live, "2026-12-20 22:00", &files, "12-20 22:00..12-21 00:00");
    fits(live, "2026-12-20 22:01", &files, "01-05 00:00..02:00");
}

#[test]
fn an_exception_excuses_from_its_decision_on() {
    let live = "planned: 2026-12-20 22:00/2h";
    let exception = |id: &str, r#for: &str, more: &str| {
        format!("-- trains/q4/exceptions/{id}.md --\nfreeze: xmas\nfor: {for}\n{more}\n")
    };
    let late = exception(
        "EX-1",
        "train:q4",
        "decision: {result: approved, date: 2026-12-22}",
    );
    let files = format!("{FREEZE}{late}");
    fits(live, "2026-12-20 22:00", &files, "12-22 00:00..02:00");
    // One for each release: both have to hold.
    let payments = exception(
        "EX-1",
        "release:payments-4",
        "decision: {result: approved, date: 2026-12-22}",
    );
    let ledger = exception(
        "EX-2",
        "release:ledger-7",
        "expires: 2026-12-22\ndecision: {result: approved}",
    );
    let files = format!("{FREEZE}{payments}{ledger}");
    fits(live, "2026-12-20 22:00", &files, "12-22 00:00..02:00");
    fits(live, "2026-12-22 22:01", &files, "01-05 00:00..02:00");
}

#[test]
fn windows_hold_their_cutoff_and_the_whole_of_it() {
    fits(
        "planned: 2026-12-12 22:00/1h",
        "2026-12-10 12:00",
        SATURDAY,
        "12-12 22:00..23:00",
    );
    fits(
        "planned: 2026-12-12 22:00/30m",
        "2026-12-13 02:30",
        SATURDAY,
        "12-13 02:30..03:00",
    );
    fits(
        "planned: 2026-12-12 22:00/30m",
        "2026-12-13 03:00",
        SATURDAY,
        "12-19 22:00..22:30",
    );
    fits(
        "planned: 2026-12-12 22:00/4h",
        "2026-12-13 00:30",
        SATURDAY,
        "12-19 22:00..12-20 02:00",
    );
    fits(
        "planned: 2026-12-12 22:00/7h",
        "2026-12-13 00:30",
        SATURDAY,
        "never",
    );
    fits(
        "planned: 2026-12-12 22:00/1h",
        "2026-12-17 12:00",
        &format!("{SATURDAY}{FREEZE}"),
        "01-09 22:00..23:00",
    );
    let closed = "-- policies/strict.md --\nwindows: closed\n";
    fits(
        "planned: 2026-12-12 22:00/1h",
        "2026-12-17 12:00",
        closed,
        "never",
    );
}

#[test]
fn reservations_of_others_are_kept_out_of_and_the_own_one_is_kept_to() {
    let other = |shared: bool| {
        format!(
            "-- trains/other/index.md --\nreservations:\n\
             - {{environment: production, planned: 2026-12-10/2026-12-12, shared: {shared}}}\n"
        )
    };
    let live = "planned: 2026-12-12 22:00/2h";
    fits(
        live,
        "2026-12-12 12:00",
        &other(false),
        "12-13 00:00..02:00",
    );
    fits(live, "2026-12-12 12:00", &other(true), "12-12 12:00..14:00");
    let own = "-- trains/q4/index.md --\nreservations:\n\
               - {environment: production, planned: 2026-12-11/2026-12-12}\n\
               - {environment: production, planned: 2026-12-19/2026-12-20}\n";
    fits(live, "2026-12-10 12:00", own, "12-11 00:00..02:00");
    fits(live, "2026-12-12 23:00", own, "12-19 00:00..02:00");
    fits(
        live,
        "2026-12-10 12:00",
        &format!("{own}{}", other(true)),
        "12-19 00:00..02:00",
    );
}

#[test]
fn needs_come_first() {
    let needs = |need: &str| {
        format!(
            "-- trains/q4/releases/payments-4.md --\napplication: payments\nversion: \"4.0\"\nneeds: [{need}]\n\
             -- trains/q4/turnovers/ledger.md --\nenvironment: production\ncontents: [ledger-7]\n\
             planned: 2026-12-11 20:00/2026-12-11 23:00\n"
        )
    };
    let fits = |need: &str, expected: &str| {
        fits(
            "contents: [payments-4]\nplanned: 2026-12-10 20:00/2h",
            "2026-12-10 20:00",
            &needs(need),
            expected,
        );
    };
    fits("{release: ledger-7}", "12-11 23:00..12-12 01:00");
    fits("{release: ledger-7, lag: 1bd}", "12-14 23:00..12-15 01:00");
    fits("{release: ledger-7, type: SS}", "12-11 20:00..22:00");
    fits("{release: ledger-7, type: FF}", "12-11 21:00..23:00");
    fits(
        "{release: ledger-7, type: SF, lag: -1h}",
        "12-11 17:00..19:00",
    );
    fits(
        "{application: ledger, version: \">=7.1\", environment: production}",
        "12-11 23:00..12-12 01:00",
    );
    fits(
        "{application: ledger, version: \">=7.1\", environment: uat}",
        "12-10 20:00..22:00",
    );
    fits("{application: ledger, version: \">=8\"}", "never");
}

#[test]
fn everything_holds_together() {
    let files = "\
-- trains/q4/releases/payments-4.md --
application: payments
needs: [{release: ledger-7, lag: 2bd}]
-- trains/q4/turnovers/ledger.md --
environment: production
contents: [ledger-7]
planned: 2026-11-27 20:00/2h
-- trains/other/index.md --
reservations:
- {environment: production, planned: 2026-12-05/2026-12-06}
-- freezes/black.md --
planned: 2026-12-12 12:00/2026-12-13 00:00
";
    let files = format!("{files}{SATURDAY}{FREEZE}");
    // The need ends on Tuesday, another train has the first Saturday, and the second is frozen until midnight.
    let live = "contents: [payments-4]\nplanned: 2026-11-26 22:00/2h\nbackout: {duration: 2h}";
    fits(live, "2026-11-26 22:00", &files, "12-13 00:00..04:00");
    let long = "contents: [payments-4]\nplanned: 2026-11-26 22:00/3h\nbackout: {duration: 2h}";
    fits(long, "2026-11-26 22:00", &files, "01-09 22:00..01-10 03:00");
}

#[test]
fn a_target_fits_without_a_turnover() {
    let plan = plan(&format!("{SATURDAY}{FREEZE}"));
    let schedule = Schedule::new(&plan);
    let id = |kind, id| plan.find(kind, id).unwrap();
    let payments = Some(id(Kind::Application, "payments"));
    let target = schedule.target_of(id(Kind::Environment, "production"), payments, Some("minor"));
    let fit = schedule
        .next_fit_for(
            &target,
            Duration::parse("2h").unwrap(),
            at("2026-12-17 12:00"),
        )
        .unwrap();
    assert_eq!(clocks(fit.deployment), "01-09 22:00..01-10 00:00");
}
