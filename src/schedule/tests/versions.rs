//! What is where, when, and whether a version constraint finds what it asks for.

use super::super::Schedule;
use super::{at, check, clock};
use crate::plan::Kind;

const LEDGERS: &str = "\
-- trains/q4/releases/ledger-8.md --
application: ledger
version: \"8.0-rc.1\"
-- trains/q4/turnovers/seven.md --
environment: production
contents: [ledger-7]
planned: 2026-12-01 20:00/2h
-- trains/q4/turnovers/eight.md --
environment: production
contents: [ledger-8]
planned: 2026-12-10 20:00/2h
";

/// Checks what is in production at `instant`.
fn there(files: &str, instant: &str, expected: &[&str]) {
    let versions = |schedule: &Schedule<'_>| {
        let production = schedule
            .plan()
            .find(Kind::Environment, "production")
            .unwrap();
        let versions = schedule.versions_at(production, at(instant)).into_iter();
        versions
            .map(|(id, installed)| {
                format!("{} {}", schedule.plan().document(id).id, installed.version)
            })
            .collect()
    };
    check(&format!("{LEDGERS}{files}"), versions, expected);
}

#[test]
fn versions_follow_the_turnovers() {
    there("", "2026-12-01 21:59", &[]);
    there("", "2026-12-01 22:00", &["ledger 7.1"]);
    there("", "2026-12-10 22:00", &["ledger 8.0-rc.1"]);
    let stated = "-- environments/production.md --\ncategory: production\n\
                  versions: {ledger: \"6.4\", payments: \"3.9\"}\n";
    there(stated, "2026-11-01", &["ledger 6.4", "payments 3.9"]);
    there(stated, "2026-12-02", &["ledger 7.1", "payments 3.9"]);
    // What the environment states is newer than what was deployed, and older than what is to come.
    let deployed = "-- trains/q4/turnovers/seven.md --\nenvironment: production\ncontents: [ledger-7]\n\
                    planned: 2026-12-01 20:00/2h\nstatus: deployed\n";
    there(deployed, "2026-12-02", &["ledger 7.1"]);
    there(
        &format!("{stated}{deployed}"),
        "2026-12-02",
        &["ledger 6.4", "payments 3.9"],
    );
    there(
        &format!("{stated}{deployed}"),
        "2026-12-11",
        &["ledger 8.0-rc.1", "payments 3.9"],
    );
    let failed = "-- trains/q4/turnovers/eight.md --\nenvironment: production\ncontents: [ledger-8]\n\
                  planned: 2026-12-10 20:00/2h\nstatus: rolled-back\n";
    there(failed, "2026-12-11", &["ledger 7.1"]);
}

/// Checks what the version constraint of payments finds, which goes to production on `planned`.
fn finds(need: &str, planned: &str, expected: &[&str]) {
    let answers = |schedule: &Schedule<'_>| {
        let answers = schedule
            .dependencies()
            .iter()
            .flat_map(|dependency| schedule.version_answers(dependency));
        let line = |answer: super::super::VersionAnswer<'_>| {
            let found = answer.found.map_or("nothing", |found| found.version);
            format!(
                "{} {} {found} {:?}",
                answer.environment.document.id,
                clock(answer.at),
                answer.satisfied
            )
        };
        answers.map(line).collect()
    };
    let files = format!(
        "{LEDGERS}-- trains/q4/releases/payments-4.md --\napplication: payments\n\
         needs: [{{application: ledger, {need}}}]\n\
         -- trains/q4/turnovers/live.md --\nenvironment: production\n{planned}\n"
    );
    check(&files, answers, expected);
}

#[test]
fn constraints_ask_for_what_is_there_at_that_moment() {
    let alone = |day: &str| format!("contents: [payments-4]\nplanned: 2026-12-{day} 20:00/2h");
    finds(
        "version: \">=7.1, <8\"",
        &alone("01"),
        &["production 12-01 20:00 nothing Some(false)"],
    );
    finds(
        "version: \">=7.1, <8\"",
        &alone("05"),
        &["production 12-05 20:00 7.1 Some(true)"],
    );
    finds(
        "version: \">=7.2\"",
        &alone("05"),
        &["production 12-05 20:00 7.1 Some(false)"],
    );
    finds(
        "version: \">=7.1\"",
        &alone("11"),
        &["production 12-11 20:00 8.0-rc.1 Some(false)"],
    );
    finds(
        "version: \">=8.0-rc.1\"",
        &alone("11"),
        &["production 12-11 20:00 8.0-rc.1 Some(true)"],
    );
    finds(
        "version: \">=7.1\", environment: uat",
        &alone("05"),
        &["uat 12-05 20:00 nothing Some(false)"],
    );
    finds("environment: production", &alone("05"), &[]);
    // The same turnover brings it.
    let both = "contents: [payments-4, ledger-7]\nplanned: 2026-11-20 20:00/2h";
    finds(
        "version: \">=7.1\"",
        both,
        &["production 11-20 20:00 7.1 Some(true)"],
    );
}

#[test]
fn coarse_dates_fail_a_constraint_only_when_no_day_could_meet_it() {
    let asks = |version: &str, planned: &str, seven: &str, expected: &[&str]| {
        let files = format!(
            "contents: [payments-4]\nplanned: {planned}\n-- trains/q4/turnovers/seven.md --\nenvironment: production\n\
             contents: [ledger-7]\nplanned: {seven}"
        );
        finds(&format!("version: \"{version}\""), &files, expected);
    };
    let fine = |at: &str, version: &str| format!("production {at} {version} Some(true)");
    // Both on one day: one can still come after the other.
    let day = "2026-12-05/2026-12-05";
    asks(">=7", day, day, &[&fine("12-05 23:59", "7.1")]);
    let month = "2026-12/2026-12";
    asks(">=7", day, month, &[&fine("12-05 23:59", "7.1")]);
    asks(
        ">=7",
        "2026-11-05/2026-11-05",
        month,
        &["production 11-05 23:59 nothing Some(false)"],
    );
    // What comes later may be too new, and need not be there yet.
    asks(
        "<8",
        month,
        "2026-11-05/2026-11-05",
        &[&fine("12-31 23:59", "8.0-rc.1")],
    );
    asks(
        "<7",
        month,
        "2026-11-05/2026-11-05",
        &["production 12-31 23:59 8.0-rc.1 Some(false)"],
    );
}
