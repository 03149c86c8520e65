//! Reservations: clashes, and turnovers outside of their own.

use super::super::{Refusal, ReservationStanding, Schedule};
use super::{check, clocks, turnover};

fn clashes(schedule: &Schedule<'_>) -> Vec<String> {
    let id = |id| &*schedule.plan().document(id).id;
    let line = |clash: &super::super::Clash<'_>| {
        let overlap = clash.overlap.map_or("some day".to_owned(), clocks);
        format!(
            "{} {} {} {overlap}",
            clash.environment.document.id,
            id(clash.first.holder),
            id(clash.second.holder)
        )
    };
    schedule.clashes().iter().map(line).collect()
}

#[test]
fn reservations_are_exclusive_unless_both_are_shared() {
    let trains = |a: &str, b: &str, more: &str| {
        let train = |id: &str, planned: &str| {
            format!(
                "-- trains/{id}/index.md --\nreservations: [{{environment: uat, planned: {planned}}}]\n"
            )
        };
        train("a", a) + &train("b", b) + more
    };
    let told = |a: &str, b: &str, more: &str, expected: &[&str]| {
        check(&trains(a, b, more), clashes, expected);
    };
    told(
        "2026-12-01/2026-12-05",
        "2026-12-05/2026-12-09",
        "",
        &["uat a b 12-05 00:00..12-06 00:00"],
    );
    told("2026-12-01/2026-12-05", "2026-12-06/2026-12-09", "", &[]);
    told(
        "2026-12-06/2026-12-09",
        "2026-12-01/2026-12-31",
        "",
        &["uat b a 12-06 00:00..12-10 00:00"],
    );
    told(
        "2026-W49/2026-W49",
        "2026-11-30/2026-12-09",
        "",
        &["uat a b some day"],
    );
    told("2026-W49/2026-W49", "2026-12-01/2026-12-09", "", &[]);
    told("2026-12/2026-12", "2026-12-01/2026-12-09", "", &[]);
    told(
        "2026-12-01/2026-12-05, shared: true",
        "2026-12-05/2026-12-09",
        "",
        &["uat a b 12-05 00:00..12-06 00:00"],
    );
    told(
        "2026-12-01/2026-12-05, shared: true",
        "2026-12-05/2026-12-09, shared: true",
        "",
        &[],
    );
    let shared = "-- environments/uat.md --\nshared: true\n";
    told(
        "2026-12-01/2026-12-05",
        "2026-12-05/2026-12-09",
        shared,
        &[],
    );
    let own = "-- trains/a/releases/r.md --\napplication: ledger\n\
               reservations: [{environment: uat, planned: 2026-12-01/2026-12-02}]\n";
    told("2026-12-01/2026-12-05", "2026-12-06/2026-12-09", own, &[]);
}

#[test]
fn a_turnover_lies_inside_its_own_reservation() {
    let standing = |schedule: &Schedule<'_>| {
        let turnover = turnover(schedule.plan(), "t");
        let word = match schedule.reservation_standing(turnover) {
            ReservationStanding::NotNeeded => "not needed",
            ReservationStanding::Inside(_) => "inside",
            ReservationStanding::Outside { .. } => "outside",
            ReservationStanding::Missing => "missing",
            ReservationStanding::Open => "open",
        };
        vec![format!(
            "{word}, {} others",
            schedule.trespasses(turnover).len()
        )]
    };
    let told = |planned: &str, own: &str, other: &str, expected: &str| {
        let reservations = |list: &str| {
            if list.is_empty() {
                String::new()
            } else {
                format!("reservations: [{list}]\n")
            }
        };
        let files = format!(
            "-- trains/q4/turnovers/t.md --\nenvironment: uat\nplanned: {planned}\nbackout: {{duration: 2h}}\n\
             -- trains/q4/index.md --\ntype: major\n{}-- trains/other/index.md --\ntype: major\n{}",
            reservations(own),
            reservations(other)
        );
        check(&files, standing, &[expected]);
    };
    let week = "{environment: uat, planned: 2026-12-01/2026-12-05}";
    let next = "{environment: uat, planned: 2026-12-06/2026-12-08}";
    told("2026-12-05 20:00/2h", "", "", "not needed, 0 others");
    told("2026-12-05 20:00/2h", week, "", "inside, 0 others");
    told("2026-12-05 20:00/3h", week, "", "outside, 0 others");
    told(
        "2026-12-05 20:00/3h",
        &format!("{week}, {next}"),
        "",
        "inside, 0 others",
    );
    told("2026-12-05 20:00/3h", week, next, "outside, 1 others");
    told("2026-12-05 20:00/2h", week, next, "inside, 0 others");
    told("2026-12-05 20:00/2h", "", week, "missing, 1 others");
    told(
        "2026-12-05 20:00/2h",
        "{environment: production, planned: 2026-12-01/2026-12-05}",
        "",
        "missing, 0 others",
    );
    told("2026-12/2026-12", week, "", "open, 0 others");
}

#[test]
fn environments_refuse_what_they_cannot_take() {
    let refusal = |schedule: &Schedule<'_>| {
        let refusal = schedule.refusal(turnover(schedule.plan(), "t"));
        refusal
            .map(|refusal| {
                if refusal == Refusal::Offline {
                    "offline"
                } else {
                    "restricted"
                }
                .to_owned()
            })
            .into_iter()
            .collect()
    };
    let told = |owner: &str, environment: &str, expected: &[&str]| {
        let files = format!(
            "-- trains/q4/turnovers/t.md --\nenvironment: uat\n{owner}\n-- environments/uat.md --\n{environment}\n\
             -- people/ana.md --\nname: Ana\n-- people/omar.md --\nname: Omar\n-- teams/ops.md --\nmembers: [omar]\n"
        );
        check(&files, refusal, expected);
    };
    told("owner: ana", "promoters: [omar]", &[]);
    told("owner: ana", "status: offline", &["offline"]);
    told(
        "owner: ana",
        "status: restricted\npromoters: [\"team:ops\"]",
        &["restricted"],
    );
    told(
        "owner: omar",
        "status: restricted\npromoters: [\"team:ops\"]",
        &[],
    );
    told("owner: ana", "status: restricted\npromoters: [ana]", &[]);
}
