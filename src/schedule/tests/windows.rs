//! Windows: unions, cutoffs, gaps, and those that starve.

use super::super::{Schedule, Starved, WindowVerdict};
use super::{at, check, clock, clocks};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::kinds::window::Window;
use crate::time::InstantRange;

fn verdicts(schedule: &Schedule<'_>) -> Vec<String> {
    let verdict = |turnover| {
        let answer = schedule.windows_for(
            &schedule.target(turnover),
            schedule.occupied(turnover).unwrap().whole,
        );
        match answer.verdict {
            WindowVerdict::Unrestricted => "unrestricted".to_owned(),
            WindowVerdict::Closed(policy) => format!("closed by {}", policy.document.id),
            WindowVerdict::Inside(range) => format!("inside {}", clocks(range)),
            WindowVerdict::Outside { nearest } => {
                format!("outside {}", nearest.map_or("all".to_owned(), clocks))
            }
            WindowVerdict::AfterCutoff { opening, cutoff } => {
                format!("{} {}", opening.window.document.id, clock(cutoff))
            }
        }
    };
    schedule.plan().all::<Turnover>().map(verdict).collect()
}

/// Checks one turnover of payments and ledger to production against `windows`.
fn one(planned: &str, windows: &str, expected: &str) {
    let turnover =
        format!("-- trains/q4/turnovers/live.md --\nenvironment: production\nplanned: {planned}\n");
    check(&(turnover + windows), verdicts, &[expected]);
}

const SATURDAY: &str =
    "-- windows/sat.md --\nstarts: 2026-11-07 22:00\nduration: 6h\nrepeats: FREQ=WEEKLY\n";

#[test]
fn a_deployment_lies_inside_with_its_reserve() {
    one(
        "2026-12-12 22:00/6h",
        SATURDAY,
        "inside 12-12 22:00..12-13 04:00",
    );
    one(
        "2026-12-12 22:00/4h\nbackout: {duration: 2h}",
        SATURDAY,
        "inside 12-12 22:00..12-13 04:00",
    );
    one(
        "2026-12-12 22:00/4h\nbackout: {duration: 3h}",
        SATURDAY,
        "outside 12-12 22:00..12-13 04:00",
    );
    one(
        "2026-12-12 21:59/2h",
        SATURDAY,
        "outside 12-12 22:00..12-13 04:00",
    );
    one(
        "2026-12-15 22:00/1h",
        SATURDAY,
        "outside 12-12 22:00..12-13 04:00",
    );
    one(
        "2026-12-17 22:00/1h",
        SATURDAY,
        "outside 12-19 22:00..12-20 04:00",
    );
    one("2026-12-17 22:00/1h", "", "unrestricted");
}

#[test]
fn windows_that_touch_are_one() {
    let both = "-- windows/fri.md --\nstarts: 2026-12-11 22:00\nduration: 2h\nrepeats: FREQ=WEEKLY\ncutoff: 30m\n\
                -- windows/sat.md --\nstarts: 2026-12-12 00:00\nduration: 4h\nrepeats: FREQ=WEEKLY\n";
    one(
        "2026-12-18 22:30/5h",
        both,
        "inside 12-18 22:00..12-19 04:00",
    );
    one(
        "2026-12-18 23:29/4h",
        both,
        "inside 12-18 22:00..12-19 04:00",
    );
    one("2026-12-18 23:30/4h", both, "fri 12-18 23:30");
    one(
        "2026-12-19 00:00/4h",
        both,
        "inside 12-18 22:00..12-19 04:00",
    );
    one(
        "2026-12-18 23:30/5h",
        both,
        "outside 12-18 22:00..12-19 04:00",
    );
}

#[test]
fn long_windows_are_found_by_overlap() {
    let weekend = "-- windows/weekend.md --\nstarts: 2026-11-06 18:00\nduration: 60h\n\
                   repeats: FREQ=WEEKLY;INTERVAL=2\n";
    one(
        "2026-12-06 22:00/2h",
        weekend,
        "inside 12-04 18:00..12-07 06:00",
    );
    let once = "-- windows/once.md --\nstarts: 2026-12-12\nduration: 2d\n";
    one(
        "2026-12-13 22:00/2h",
        once,
        "inside 12-12 00:00..12-14 00:00",
    );
    let ended = format!("{SATURDAY}until: 2026-12-12\n");
    one(
        "2026-12-12 23:00/1h",
        &ended,
        "inside 12-12 22:00..12-13 04:00",
    );
    one(
        "2026-12-19 23:00/1h",
        &ended,
        "outside 12-12 22:00..12-13 04:00",
    );
}

#[test]
fn each_application_keeps_to_its_own_windows() {
    let payments = "-- windows/pay.md --\nscope: {applications: [suite]}\nstarts: 2026-12-12 20:00\nduration: 4h\n";
    let ledger = "-- windows/led.md --\nscope: {applications: [ledger]}\nstarts: 2026-12-12 22:00\nduration: 4h\n";
    one(
        "2026-12-12 21:00/2h",
        payments,
        "inside 12-12 20:00..12-13 00:00",
    );
    one(
        "2026-12-12 22:00/2h",
        &format!("{payments}{ledger}"),
        "inside 12-12 22:00..12-13 00:00",
    );
    one(
        "2026-12-12 21:00/2h",
        &format!("{payments}{ledger}"),
        "outside 12-12 22:00..12-13 00:00",
    );
    let closed = format!("{payments}-- policies/strict.md --\nwindows: closed\n");
    one("2026-12-12 21:00/2h", &closed, "closed by strict");
}

#[test]
fn windows_follow_the_clocks() {
    // The clocks go forward at 01:00 on 29 March 2026, and back at 02:00 on 25 October.
    let night = |on_gap: &str| {
        format!(
            "-- windows/night.md --\nstarts: 2026-03-01 01:30\nduration: 2h\nrepeats: FREQ=DAILY\n{on_gap}"
        )
    };
    one(
        "2026-03-29 02:30/1h",
        &night(""),
        "inside 03-29 02:30..04:30",
    );
    one(
        "2026-03-29 02:30/1h",
        &night("on_gap: skip\n"),
        "outside 03-28 01:30..03:30",
    );
    one(
        "2026-10-25 01:30/2h",
        &night(""),
        "inside 10-25 01:30..02:30",
    );
    one(
        "2026-10-25 01:30/3h",
        &night(""),
        "outside 10-25 01:30..02:30",
    );
}

/// Returns what is wrong with `window` in 2026, and from June on.
fn faults<'p>(schedule: &Schedule<'p>, window: Doc<'p, Window>) -> String {
    let year = InstantRange::new(at("2026-01-01"), at("2027-01-01"));
    let gaps = schedule.openings_in_gaps(window, year);
    let gaps = gaps
        .iter()
        .map(|opening| format!("gap {}", opening.occurrence.wall));
    let overlap = schedule.self_overlap(window, year);
    let overlap = overlap.map(|(a, b)| {
        format!(
            "{} meets {}",
            clocks(a.occurrence.instants),
            clocks(b.occurrence.instants)
        )
    });
    let starved = schedule
        .starved(window, at("2026-06-01"))
        .map(|starved| match starved {
            Starved::Never => "never".to_owned(),
            Starved::CutOff => "cut off".to_owned(),
            Starved::Frozen(freezes) => {
                let ids: Vec<_> = freezes.iter().map(|freeze| &*freeze.document.id).collect();
                format!("frozen by {}", ids.join(", "))
            }
        });
    gaps.chain(overlap)
        .chain(starved)
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn windows_that_hardly_open_are_told() {
    let told = |window: &str, freezes: &str, expected: &str| {
        let files = format!("-- windows/w.md --\n{window}\n{freezes}");
        let answer = |schedule: &Schedule<'_>| {
            schedule
                .plan()
                .all::<Window>()
                .map(|of| faults(schedule, of))
                .collect()
        };
        check(&files, answer, &[expected]);
    };
    told(
        "starts: 2026-03-01 22:00\nduration: 2h\nrepeats: FREQ=DAILY",
        "",
        "",
    );
    told(
        "starts: 2026-03-01 01:30\nduration: 2h\nrepeats: FREQ=DAILY",
        "",
        "gap 2026-03-29T01:30:00",
    );
    let twice = "03-01 00:00..03-02 01:00 meets 03-02 00:00..03-03 01:00";
    told(
        "starts: 2026-03-01 00:00\nduration: 25h\nrepeats: FREQ=DAILY",
        "",
        twice,
    );
    told(
        "starts: 2026-03-01 22:00\nduration: 2h\nrepeats: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "",
        "never",
    );
    told(
        "starts: 2026-03-01 22:00\nduration: 2h\ncutoff: 2h\nrepeats: FREQ=DAILY",
        "",
        "cut off",
    );
    told("starts: 2026-03-01 22:00\nduration: 2h", "", "");
    let yearly = "starts: 2026-12-24 22:00\nduration: 6h\nrepeats: FREQ=YEARLY";
    let xmas = |more: &str| {
        format!(
            "-- freezes/xmas.md --\nplanned: 2020-12-20/2021-01-03\nrepeats: FREQ=YEARLY\n{more}"
        )
    };
    told(yearly, &xmas(""), "frozen by xmas");
    told(yearly, &xmas("severity: soft\n"), "");
    told(yearly, &xmas("scope: {environments: [uat]}\n"), "");
    told(yearly, &xmas("scope: {except: {types: [minor]}}\n"), "");
    let scoped = format!("{yearly}\nscope: {{environments: [uat], applications: [payments]}}");
    told(
        &scoped,
        &xmas("scope: {environments: [uat, production], applications: [suite]}\n"),
        "frozen by xmas",
    );
}

#[test]
fn a_train_older_than_its_policy_is_not_closed_by_it() {
    let closed = |since: &str, expected: &str| {
        let files = format!(
            "-- policies/strict.md --\nwindows: closed\nsince: {since}\n\
             -- trains/q4/index.md --\ntype: major\nhistory: [{{stage: draft, date: 2026-10-01}}]\n\
             -- trains/q4/turnovers/live.md --\nenvironment: production\nplanned: 2026-12-12 22:00/2h\n"
        );
        let answer = |schedule: &Schedule<'_>| {
            let live = super::turnover(schedule.plan(), "live");
            let whole = schedule.occupied(live).unwrap().whole;
            let verdict = schedule.windows_for(&schedule.target(live), whole).verdict;
            let closed = matches!(verdict, WindowVerdict::Closed(_));
            vec![if closed { "closed" } else { "open" }.to_owned()]
        };
        check(&files, answer, &[expected]);
    };
    closed("2026-09-01", "closed");
    closed("2026-11-01", "open");
}
