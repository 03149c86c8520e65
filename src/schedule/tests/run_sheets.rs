//! Run sheets: barriers, the critical path, and the last moment to turn back.

use super::super::Schedule;
use super::{check, clock, clocks, turnover};

/// Checks the run sheet of a turnover that is planned for Saturday 22:00 for three hours.
fn sheet(fields: &str, more: &str, expected: &[&str]) {
    let lines = |schedule: &Schedule<'_>| {
        let turnover = turnover(schedule.plan(), "live");
        let sheet = schedule.run_sheet(turnover).unwrap();
        let longest = |of: &super::super::Barrier<'_>| {
            of.longest
                .map_or("?".to_owned(), |step| step.id.value.to_string())
        };
        let path: Vec<_> = sheet
            .barriers
            .iter()
            .map(|of| format!("{} of {}", longest(of), of.steps.len()))
            .collect();
        let unmeasured = sheet
            .unmeasured
            .iter()
            .map(|step| format!("{} takes unknown", step.id.value));
        let last = sheet.last_return.map_or("no return".to_owned(), |last| {
            format!("return by {}", clock(last))
        });
        let fits = if sheet.fits() { "fits" } else { "does not fit" };
        let disorders = schedule.disorders(turnover).into_iter();
        let disorders =
            disorders.map(|of| format!("{} before {}", of.later.id.value, of.earlier.id.value));
        let summary = [path.join(", "), clocks(sheet.steps), last, fits.to_owned()];
        summary
            .into_iter()
            .chain(unmeasured)
            .chain(disorders)
            .collect()
    };
    let files = format!(
        "-- trains/q4/turnovers/live.md --\nenvironment: production\nplanned: 2026-12-12 22:00/3h\n{fields}\n{more}"
    );
    check(&files, lines, expected);
}

const STEPS: &str = "tasks:\n- {id: stop, seq: 10, duration: 20m}\n- {id: warn, seq: 10, duration: 5m}\n\
                     - {id: load, seq: 30, duration: 1h}\n- {id: start, seq: 20, duration: 40m}\n";

#[test]
fn each_seq_is_a_barrier() {
    let path = "stop of 2, start of 1, load of 1";
    sheet(
        STEPS,
        "",
        &[path, "12-12 22:00..12-13 00:00", "no return", "fits"],
    );
    let more = format!(
        "{STEPS}- {{id: check, duration: 30m}}\n- {{id: tell}}\n- {{id: old, seq: 1, duration: 9h, status: skipped}}\n"
    );
    let path = "stop of 2, start of 1, load of 1, check of 1, ? of 1";
    sheet(
        &more,
        "",
        &[
            path,
            "12-12 22:00..12-13 00:30",
            "no return",
            "fits",
            "tell takes unknown",
        ],
    );
    let long = format!("{STEPS}- {{id: more, seq: 40, duration: 61m}}\n");
    let path = "stop of 2, start of 1, load of 1, more of 1";
    sheet(
        &long,
        "",
        &[
            path,
            "12-12 22:00..12-13 01:01",
            "no return",
            "does not fit",
        ],
    );
}

#[test]
fn turning_back_ends_within_the_window() {
    let path = "stop of 2, start of 1, load of 1";
    let steps = "12-12 22:00..12-13 00:00";
    let backout = format!("{STEPS}backout: {{duration: 2h}}\n");
    sheet(
        &backout,
        "",
        &[path, steps, "return by 12-13 01:00", "fits"],
    );
    let window = |duration: &str| {
        format!("-- windows/w.md --\nstarts: 2026-12-12 21:00\nduration: {duration}\n")
    };
    sheet(
        &backout,
        &window("7h"),
        &[path, steps, "return by 12-13 02:00", "fits"],
    );
    let long = format!("{STEPS}backout: {{duration: 3h}}\n");
    // Back-out would need until 03:00, which the reserve covers.
    sheet(&long, "", &[path, steps, "return by 12-13 01:00", "fits"]);
}

#[test]
fn times_agree_with_the_order() {
    let steps = "tasks:\n- {id: stop, seq: 1, duration: 20m, started: 2026-12-12 22:00, finished: 2026-12-12 22:30}\n\
                 - {id: load, seq: 2, duration: 20m, started: 2026-12-12 22:29}\n\
                 - {id: start, seq: 3, duration: 20m, started: 2026-12-12 22:30}\n";
    let path = "stop of 1, load of 1, start of 1";
    sheet(
        steps,
        "",
        &[
            path,
            "12-12 22:00..23:00",
            "no return",
            "fits",
            "load before stop",
        ],
    );
}
