//! Dependencies: lateness by type and lag, what is not done, loops, and the critical path.

use super::super::{Broken, Schedule};
use super::{check, clock};
use crate::time::Day;

fn lateness(schedule: &Schedule<'_>) -> Vec<String> {
    let late = schedule
        .dependencies()
        .iter()
        .filter_map(|dependency| schedule.lateness(dependency));
    late.map(|late| format!("{} > {}", clock(late.allowed_from), clock(late.planned_for)))
        .collect()
}

/// Checks how late the need of payments is, which goes live as `own`, when the ledger goes live as `needed`.
fn late(need: &str, own: &str, needed: &str, expected: &[&str]) {
    let turnover = |id: &str, release: &str, planned: &str| {
        format!(
            "-- trains/q4/turnovers/{id}.md --\nenvironment: production\ncontents: [{release}]\nplanned: {planned}\n"
        )
    };
    let payments = format!(
        "-- trains/q4/releases/payments-4.md --\napplication: payments\nneeds: [{{{need}}}]\n"
    );
    let files =
        payments + &turnover("pay", "payments-4", own) + &turnover("led", "ledger-7", needed);
    check(&files, lateness, expected);
}

#[test]
fn a_need_is_late_by_its_type_and_lag() {
    let (own, needed) = ("2026-12-11 20:00/4h", "2026-12-11 18:00/2h");
    late("release: ledger-7", own, needed, &[]);
    late(
        "release: ledger-7, lag: 1m",
        own,
        needed,
        &["12-11 20:01 > 12-11 20:00"],
    );
    late(
        "release: ledger-7, lag: 1bd",
        own,
        needed,
        &["12-14 20:00 > 12-11 20:00"],
    );
    late("release: ledger-7, lag: 2h, type: SS", own, needed, &[]);
    late(
        "release: ledger-7, lag: 3h, type: SS",
        own,
        needed,
        &["12-11 21:00 > 12-11 20:00"],
    );
    late("release: ledger-7, lag: 4h, type: FF", own, needed, &[]);
    late(
        "release: ledger-7, lag: 5h, type: FF",
        own,
        needed,
        &["12-12 01:00 > 12-12 00:00"],
    );
    late("release: ledger-7, lag: 6h, type: SF", own, needed, &[]);
    late(
        "release: ledger-7, lag: 7h, type: SF",
        own,
        needed,
        &["12-12 01:00 > 12-12 00:00"],
    );
    late(
        "release: ledger-7",
        needed,
        own,
        &["12-12 00:00 > 12-11 18:00"],
    );
    late("release: ledger-7, lag: -6h", needed, own, &[]);
}

#[test]
fn coarse_dates_are_late_only_when_no_day_could_be_right() {
    late(
        "release: ledger-7",
        "2026-12-11/2026-12-11",
        "2026-12-11/2026-12-11",
        &[],
    );
    late(
        "release: ledger-7",
        "2026-12-11/2026-12-11",
        "2026-12-12/2026-12-12",
        &["12-12 00:00 > 12-11 23:59"],
    );
    late(
        "release: ledger-7, lag: 1bd",
        "2026-12-11/2026-12-11",
        "2026-12-11/2026-12-11",
        &["12-14 00:00 > 12-11 23:59"],
    );
    late(
        "release: ledger-7",
        "2026-W50/2026-W50",
        "2026-W50/2026-W50",
        &[],
    );
    late(
        "release: ledger-7",
        "2026-12/2026-12",
        "2026-W50/2026-W50",
        &[],
    );
    late(
        "release: ledger-7",
        "2026-11/2026-11",
        "2026-W50/2026-W50",
        &["12-07 00:00 > 11-30 23:59"],
    );
    late("release: ledger-7", "2026-12-11 20:00/2h", "tbd/tbd", &[]);
}

#[test]
fn dates_come_from_turnovers_then_the_schedule_then_the_train() {
    let files = |ledger: &str, more: &str| {
        format!(
            "-- trains/q4/index.md --\nschedule: {{deployment: 2026-12-12/2026-12-13}}\n\
             -- trains/q4/releases/payments-4.md --\napplication: payments\nneeds: [{{release: ledger-7}}]\n\
             -- trains/q4/releases/ledger-7.md --\napplication: ledger\n{ledger}{more}"
        )
    };
    // Both have the train's dates: their order is that of the run sheet.
    check(&files("", ""), lateness, &[]);
    let own = "schedule: {deployment: 2026-12-14/2026-12-15}\n";
    check(&files(own, ""), lateness, &["12-15 00:00 > 12-12 23:59"]);
    let uat = "-- trains/q4/turnovers/uat.md --\nenvironment: uat\nplanned: 2026-12-20 20:00/2h\n";
    check(&files(own, uat), lateness, &["12-15 00:00 > 12-12 23:59"]);
    let live = |status: &str| {
        format!(
            "-- trains/q4/turnovers/live.md --\nenvironment: production\nplanned: 2026-12-12 20:00/2h\n{status}"
        )
    };
    // One turnover brings both.
    check(&files(own, &live("")), lateness, &[]);
    check(
        &files(own, &live("status: failed\n")),
        lateness,
        &["12-15 00:00 > 12-12 23:59"],
    );
}

#[test]
fn milestones_and_trains_are_needed_too() {
    let files = |need: &str| {
        format!(
            "-- trains/q4/releases/payments-4.md --\napplication: payments\n\
             schedule: {{deployment: 2026-12-11/2026-12-12}}\nneeds: [{{{need}}}]\n\
             -- trains/q5/index.md --\nschedule: {{deployment: 2026-12-12/2026-12-13}}\n\
             -- trains/q4/milestones/ready.md --\ndue: 2026-12-11\n-- trains/q4/milestones/done.md --\n\
             due: 2026-12-01\ndone: 2026-12-14\n"
        )
    };
    check(&files("milestone: ready"), lateness, &[]);
    check(
        &files("milestone: ready, lag: 1d"),
        lateness,
        &["12-12 00:00 > 12-11 23:59"],
    );
    check(
        &files("milestone: done"),
        lateness,
        &["12-14 00:00 > 12-11 23:59"],
    );
    check(
        &files("train: q5"),
        lateness,
        &["12-13 00:00 > 12-11 23:59"],
    );
    check(&files("train: q5, type: SF"), lateness, &[]);
    check(&files("external: the bank opens"), lateness, &[]);
}

#[test]
fn a_need_is_done_once_its_date_is_past() {
    let broken = |schedule: &Schedule<'_>| {
        let day = Day::parse("2026-12-13").unwrap();
        let broken = schedule
            .dependencies()
            .iter()
            .filter_map(|dependency| schedule.broken(dependency, day));
        let word = |broken| match broken {
            Broken::Itself => "itself".to_owned(),
            Broken::Abandoned => "abandoned".to_owned(),
            Broken::Failed(turnover) => format!("failed {}", turnover.document.short_id()),
            Broken::Overdue(dates) => format!("overdue {}", clock(dates.reach.end.latest)),
        };
        broken.map(word).collect()
    };
    let told = |need: &str, files: &str, expected: &[&str]| {
        let payments = format!(
            "-- trains/q4/releases/payments-4.md --\napplication: payments\nneeds: [{{{need}}}]\n"
        );
        check(&(payments + files), broken, expected);
    };
    let ledger = |planned: &str, status: &str| {
        format!(
            "-- trains/q4/turnovers/led.md --\nenvironment: production\ncontents: [ledger-7]\n\
             planned: {planned}\nstatus: {status}\n"
        )
    };
    let need = "release: ledger-7";
    told(need, "", &[]);
    told(
        need,
        &ledger("2026-12-12 20:00/2h", "accepted"),
        &["overdue 12-12 22:00"],
    );
    told(need, &ledger("2026-12-12 20:00/2h", "deployed"), &[]);
    told(need, &ledger("2026-12-12 20:00/4h", "accepted"), &[]);
    told(
        "release: ledger-7, type: SS",
        &ledger("2026-12-12 20:00/4h", "accepted"),
        &["overdue 12-13 00:00"],
    );
    told(need, &ledger("2026-12/2026-12", "accepted"), &[]);
    told(
        need,
        &ledger("2026-12-12 20:00/2h", "rolled-back"),
        &["failed led"],
    );
    let history = |stage: &str| {
        format!(
            "-- trains/q4/releases/ledger-7.md --\napplication: ledger\n\
             schedule: {{deployment: 2026-12-10/2026-12-11}}\n\
             history: [{{stage: {stage}, date: 2026-12-01}}]\n"
        )
    };
    told(need, &history("verification"), &["overdue 12-11 23:59"]);
    told(need, &history("closed"), &[]);
    told(need, &history("abandoned"), &["abandoned"]);
    told("release: payments-4", "", &["itself"]);
    told("train: q4", "", &["itself"]);
    let milestone = "-- trains/q4/milestones/ready.md --\ndue: 2026-12-12\n";
    told("milestone: ready", milestone, &["overdue 12-12 23:59"]);
    told(
        "milestone: ready",
        &format!("{milestone}done: 2026-12-12\n"),
        &[],
    );
}

#[test]
fn loops_are_reported_by_their_shortest_way() {
    let cycles = |schedule: &Schedule<'_>| {
        let line = |cycle: super::super::Cycle<'_>| {
            let ids: Vec<_> = cycle
                .needs
                .iter()
                .map(|need| &*need.release.document.id)
                .collect();
            ids.join(" → ")
        };
        schedule.cycles().into_iter().map(line).collect()
    };
    let release = |id: &str, needs: &str| {
        format!("-- trains/q4/releases/{id}.md --\napplication: payments\nneeds: [{needs}]\n")
    };
    let told = |files: String, expected: &[&str]| check(&files, cycles, expected);
    told(
        release("a", "{release: b}") + &release("b", "{release: ledger-7}"),
        &[],
    );
    told(
        release("a", "{release: b}") + &release("b", "{release: a}"),
        &["a → b"],
    );
    told(release("a", "{release: a}"), &[]);
    let long = release("a", "{release: b}")
        + &release("b", "{release: c}")
        + &release("c", "{release: a}");
    told(long.clone(), &["a → b → c"]);
    told(
        long + &release("d", "{release: c}") + &release("c", "{release: d}, {release: a}"),
        &["c → d"],
    );
    let together = |turnover: &str| {
        let both = release("a", "{release: b, together: true}")
            + &release("b", "{release: a, together: true}");
        both + "-- trains/q4/turnovers/live.md --\nenvironment: production\n" + turnover
    };
    told(together("contents: [a, b]\n"), &[]);
    told(together("contents: [a]\n"), &["a → b"]);
    told(
        together(
            "contents: [a, b]\nstatus: cancelled\n-- trains/q4/turnovers/own.md --\nenvironment: production\ncontents: [a]\n",
        ),
        &["a → b"],
    );
    // Before any turnover is written, one can still bring both.
    told(together("contents: [a, b]\nstatus: cancelled\n"), &[]);
    let by_train = "-- trains/q5/releases/n.md --\napplication: ledger\nneeds: [{release: a}]\n\
                    -- trains/q5/index.md --\ntype: major\n";
    told(release("a", "{train: q5}") + by_train, &["a → n"]);
}

#[test]
fn the_critical_path_is_the_tightest_chain_to_the_end() {
    let release = |id: &str, day: &str, needs: &str| {
        format!(
            "-- trains/q4/releases/{id}.md --\napplication: payments\nneeds: [{needs}]\n\
             schedule: {{deployment: 2026-12-{day} 20:00/2h}}\n"
        )
    };
    let files = release("a", "07", "")
        + &release("b", "08", "")
        + &release("c", "10", "{release: a}, {release: b, lag: 1d}")
        + &release("d", "11", "{release: c}");
    let path = |schedule: &Schedule<'_>| {
        let train = schedule
            .plan()
            .find(crate::plan::Kind::Train, "q4")
            .unwrap();
        let path = schedule.train_path(train).unwrap();
        let ids: Vec<_> = path
            .path
            .iter()
            .map(|release| &*release.document.id)
            .collect();
        let slack = path
            .slack
            .iter()
            .map(|of| format!("{} {}h", of.release.document.id, of.seconds / 3600));
        [ids.join(" → "), clock(path.end)]
            .into_iter()
            .chain(slack)
            .collect()
    };
    check(
        &files,
        path,
        &[
            "b → c → d",
            "12-11 22:00",
            "a 92h",
            "b 44h",
            "c 22h",
            "d 0h",
        ],
    );
}

#[test]
fn a_delay_hits_what_waits_for_it_by_the_tightest_way() {
    let release = |id: &str, day: &str, needs: &str| {
        format!(
            "-- trains/q4/releases/{id}.md --\napplication: payments\nneeds: [{needs}]\n\
             schedule: {{deployment: 2026-12-{day} 20:00/2h}}\n"
        )
    };
    let radius = |of: &'static str| {
        move |schedule: &Schedule<'_>| {
            let of = schedule.plan().find(crate::plan::Kind::Release, of);
            let hits = schedule.radius(&of.map(|id| vec![id]).unwrap_or_default());
            let line = |hit: &super::super::Hit<'_>| {
                let lead = hit
                    .lead
                    .map_or("?".to_owned(), |lead| (lead / 3600).to_string());
                format!("{} in {}: {lead}", hit.need.release.document.id, hit.steps)
            };
            hits.iter().map(line).collect()
        }
    };
    let files = release("a", "01", "")
        + &release("b", "03", "{release: a}")
        + &release("c", "06", "{release: a}, {release: b}")
        + &release("d", "05", "{release: c}")
        + &release("e", "09", "{release: a}, {release: e}")
        + "-- trains/q5/releases/f.md --\napplication: ledger\nneeds: [{train: q4}]\n";
    // Over b, two hours less are left than by the need of its own; what is too late already moves at once, and where no
    // date is known, nobody knows.
    check(
        &files,
        radius("a"),
        &[
            "b in 1: 46",
            "c in 1: 116",
            "e in 1: 190",
            "f in 1: ?",
            "d in 2: 116",
        ],
    );
    check(&files, radius("d"), &["f in 1: ?"]);
    // A version is waited for as the release that brings it.
    let by_version = "-- trains/q4/releases/led.md --\napplication: ledger\nversion: 2.0.0\n\
        -- trains/q4/releases/pay.md --\napplication: payments\n\
        needs: [{application: ledger, version: \">=2\", environment: production}]\n\
        -- trains/q4/turnovers/one.md --\nenvironment: production\ncontents: [led]\nplanned: 2026-12-11 18:00/2h\n\
        -- trains/q4/turnovers/two.md --\nenvironment: production\ncontents: [pay]\nplanned: 2026-12-12 18:00/2h\n";
    check(by_version, radius("led"), &["pay in 1: 22"]);
}
