//! Freezes: overlap, scope, occurrences and exceptions.

use super::super::{ExceptionState, FreezeConflict, Schedule};
use super::{check, clocks, turnover};
use crate::plan::kinds::turnover::Turnover;

fn conflicts(schedule: &Schedule<'_>) -> Vec<String> {
    let plan = schedule.plan();
    let line = |conflict: FreezeConflict<'_>| {
        let exception = match conflict.exception {
            ExceptionState::Missing => "missing".to_owned(),
            ExceptionState::Valid(exception) => format!("permitted by {}", exception.document.id),
            ExceptionState::Faulty(exception, fault) => {
                let fault = format!("{fault:?}");
                format!(
                    "{} {}",
                    exception.document.id,
                    fault.split(' ').next().unwrap()
                )
            }
        };
        let overlap = conflict.overlap.map_or("some day".to_owned(), clocks);
        format!(
            "{} {:?} {overlap} {exception}",
            conflict.freeze.document.id, conflict.severity
        )
    };
    plan.all::<Turnover>()
        .flat_map(|turnover| schedule.freeze_conflicts(turnover))
        .map(line)
        .collect()
}

/// Checks the conflicts of one turnover with one freeze.
fn one(turnover: &str, freeze: &str, expected: &[&str]) {
    let files = format!(
        "-- trains/q4/turnovers/live.md --\nenvironment: production\n{turnover}\n-- freezes/xmas.md --\n{freeze}\n"
    );
    check(&files, conflicts, expected);
}

#[test]
fn intervals_are_half_open_and_the_reserve_counts() {
    let freeze = "planned: 2026-12-18/2027-01-04";
    one("planned: 2026-12-17 20:00/4h", freeze, &[]);
    one(
        "planned: 2026-12-17 20:00/4h\nbackout: {duration: 2h}",
        freeze,
        &["xmas Hard 12-18 00:00..02:00 missing"],
    );
    one(
        "planned: 2026-12-17 20:00/5h",
        freeze,
        &["xmas Hard 12-18 00:00..01:00 missing"],
    );
    // The last day of a freeze is all of that day.
    one(
        "planned: 2027-01-04 23:00/2h",
        freeze,
        &["xmas Hard 01-04 23:00..01-05 00:00 missing"],
    );
    one("planned: 2027-01-05 00:00/2h", freeze, &[]);
    one(
        "planned: 2026-12-18/2026-12-18",
        freeze,
        &["xmas Hard 12-18 00:00..12-19 00:00 missing"],
    );
    one(
        "planned: 2026-12-18 22:00/1h\nstatus: cancelled",
        freeze,
        &[],
    );
    // What has taken place counts as it took place.
    one(
        "planned: 2026-12-18 22:00/1h\nactual: 2026-12-16 22:00/1h\nstatus: deployed",
        freeze,
        &[],
    );
}

#[test]
fn waves_are_deployments_too() {
    let waves =
        "planned: 2026-12-16 20:00/2h\nwaves:\n- {id: early, planned: 2026-12-16 20:00/1h}\n";
    let freeze = "planned: 2026-12-18/2027-01-04\nseverity: soft";
    one(waves, freeze, &[]);
    let late = format!("{waves}- {{id: rest, planned: 2026-12-19 20:00/1h}}");
    one(&late, freeze, &["xmas Soft 12-19 20:00..21:00 missing"]);
}

#[test]
fn a_wave_to_the_minute_is_a_deployment_and_one_by_days_is_not() {
    let outside = |wave: &str, expected: &[&str]| {
        let files = format!(
            "-- trains/q4/turnovers/live.md --\nenvironment: production\nplanned: 2026-12-12 22:00/2h\n\
             waves:\n- {{id: rest, planned: {wave}}}\n\
             -- windows/sat.md --\nstarts: 2026-11-07 22:00\nduration: 6h\nrepeats: FREQ=WEEKLY\n\
             -- trains/q4/index.md --\ntype: major\nreservations:\n\
             - {{environment: production, planned: 2026-12-12/2026-12-19}}\n"
        );
        let answers = |schedule: &Schedule<'_>| {
            let turnover = turnover(schedule.plan(), "live");
            let target = schedule.target(turnover);
            let deployments = schedule.deployments(turnover).into_iter();
            let mut told: Vec<_> = deployments
                .filter(|of| {
                    let verdict = schedule.windows_for(&target, of.whole).verdict;
                    matches!(verdict, super::super::WindowVerdict::Outside { .. })
                })
                .map(|of| format!("outside of windows {}", clocks(of.whole)))
                .collect();
            if let super::super::ReservationStanding::Outside { occupied, .. } =
                schedule.reservation_standing(turnover)
            {
                told.push(format!("not reserved {}", clocks(occupied.whole)));
            }
            told
        };
        check(&files, answers, expected);
    };
    outside("2026-12-19 22:00/1h", &[]);
    outside(
        "2026-12-18 22:00/1h",
        &["outside of windows 12-18 22:00..23:00"],
    );
    outside("2026-12-26 22:00/1h", &["not reserved 12-26 22:00..23:00"]);
    outside("2026-12-24/2026-12-26", &[]);
}

#[test]
fn coarse_dates_conflict_only_when_no_day_is_free() {
    let freeze = "planned: 2026-12-14/2027-01-04";
    one("planned: 2026-12/2026-12", freeze, &[]);
    one(
        "planned: 2026-W52/2026-W52",
        freeze,
        &["xmas Hard some day missing"],
    );
    one(
        "planned: 2026-12-10/2026-W52",
        freeze,
        &["xmas Hard some day missing"],
    );
    one(
        "planned: 2026-12-28 20:00/1h",
        "planned: 2026-12/2026-12",
        &[],
    );
    one(
        "planned: 2026-12-28 20:00/1h",
        "planned: 2026-11/2027-01",
        &["xmas Hard some day missing"],
    );
    one(
        "planned: 2026-12-28 20:00/1h",
        "planned: 2026-12-18/tbd",
        &[],
    );
}

#[test]
fn zones_are_those_of_each_document() {
    let freeze = "planned: 2026-12-18/2026-12-18\ntimezone: America/New_York";
    one("planned: 2026-12-18 03:00/2h", freeze, &[]);
    one(
        "planned: 2026-12-18 03:00/3h",
        freeze,
        &["xmas Hard 12-18 05:00..06:00 missing"],
    );
    one(
        "planned: 2026-12-18 22:00/6h\ntimezone: America/New_York",
        freeze,
        &["xmas Hard 12-19 03:00..05:00 missing"],
    );
}

#[test]
fn repeating_freezes_hold_each_time() {
    let freeze = "planned: 2020-12-24/2020-12-26\nrepeats: FREQ=YEARLY";
    one(
        "planned: 2026-12-26 22:00/4h",
        freeze,
        &["xmas Hard 12-26 22:00..12-27 00:00 missing"],
    );
    one("planned: 2026-12-27 00:00/4h", freeze, &[]);
}

#[test]
fn scopes_cover_what_is_contained_and_except_comes_last() {
    let scope = |scope: &str, covered: bool| {
        let expected: &[&str] = if covered {
            &["xmas Hard 12-20 22:00..23:00 missing"]
        } else {
            &[]
        };
        let freeze = format!("planned: 2026-12-18/2027-01-04\nscope: {{{scope}}}");
        one(
            "contents: [payments-4]\nplanned: 2026-12-20 22:00/1h",
            &freeze,
            expected,
        );
    };
    scope("environments: [production]", true);
    scope("environments: [uat]", false);
    scope("applications: [payments]", true);
    scope("applications: [suite]", true);
    scope("applications: [ledger]", false);
    scope("types: [major]", true);
    scope("types: [minor, emergency]", false);
    scope(
        "environments: [production], applications: [ledger, payments], types: [major]",
        true,
    );
    scope("except: {applications: [suite]}", false);
    scope("except: {types: [major]}", false);
    scope(
        "applications: [payments], except: {environments: [production]}",
        false,
    );
    scope(
        "applications: [payments], except: {applications: [ledger]}",
        true,
    );
}

#[test]
fn a_deployment_is_covered_when_any_part_of_it_is() {
    let parts = |contents: &str, freeze: &str, expected: &[&str]| {
        let freeze = format!("planned: 2026-12-18/2027-01-04\nscope: {freeze}");
        one(
            &format!("{contents}planned: 2026-12-20 22:00/1h"),
            &freeze,
            expected,
        );
    };
    let met = &["xmas Hard 12-20 22:00..23:00 missing"];
    parts("", "{applications: [ledger]}", met);
    parts("", "{types: [minor]}", met);
    parts("", "{except: {applications: [ledger]}}", met);
    parts("", "{except: {applications: [ledger, payments]}}", &[]);
    parts("contents: [payments-4]\n", "{applications: [ledger]}", &[]);
}

#[test]
fn only_a_valid_exception_permits() {
    let exception = |fields: &str, says: &str| {
        let files = format!(
            "-- trains/q4/turnovers/live.md --\nenvironment: production\nplanned: 2026-12-20 22:00/2h\n\
             backout: {{duration: 1h}}\n-- freezes/xmas.md --\nplanned: 2026-12-18/2027-01-04\n\
             -- freezes/other.md --\nplanned: 2027-02-01/2027-02-02\n\
             -- trains/q4/exceptions/EX-1.md --\n{fields}\n"
        );
        check(
            &files,
            conflicts,
            &[&format!("xmas Hard 12-20 22:00..12-21 01:00 {says}")],
        );
    };
    let approved = |r#for: &str, more: &str| {
        format!(
            "freeze: xmas\nfor: {for}\ndecision: {{result: approved, date: 2026-12-01}}\n{more}"
        )
    };
    exception(&approved("turnover:q4/live", ""), "permitted by EX-1");
    exception(
        &approved("train:q4", "expires: 2026-12-21"),
        "permitted by EX-1",
    );
    exception(
        &approved("train:q4", "expires: 2026-12-21 01:00"),
        "permitted by EX-1",
    );
    exception(&approved("train:q4", "expires: 2026-12-20"), "EX-1 Expired");
    exception(&approved("release:payments-4", ""), "EX-1 Partial");
    exception(
        "freeze: other\nfor: train:q4\ndecision: {result: approved}",
        "missing",
    );
    exception("freeze: xmas\nfor: train:q4", "EX-1 Undecided");
    exception(
        "freeze: xmas\nfor: train:q4\ndecision: {result: rejected}",
        "EX-1 Rejected",
    );
    exception(
        "freeze: xmas\nfor: train:q4\ndecision: {result: reverted}",
        "EX-1 Reverted",
    );
    exception(
        "freeze: xmas\nfor: train:q4\ndecision: {result: approved, date: 2026-12-21}",
        "EX-1 Late",
    );
}

#[test]
fn exceptions_that_nothing_needs_are_unused() {
    let unused = |schedule: &Schedule<'_>| {
        let unused = schedule.unused_exceptions();
        unused
            .iter()
            .map(|exception| exception.document.id.to_string())
            .collect()
    };
    let files = "\
-- trains/q4/turnovers/live.md --
environment: production
planned: 2026-12-20 22:00/2h
-- freezes/xmas.md --
planned: 2026-12-18/2027-01-04
-- freezes/ledger.md --
planned: 2026-12-21/2027-01-04
-- trains/q4/exceptions/EX-1.md --
freeze: xmas
for: release:ledger-7
-- trains/q4/exceptions/EX-2.md --
freeze: ledger
for: train:q4
";
    check(files, unused, &["EX-2"]);
}
