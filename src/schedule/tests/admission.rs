//! Whether something may be deployed at a time that nobody has planned.

use super::{london, plan};
use crate::plan::{Kind, Plan};
use crate::schedule::{Asked, ExceptionState, Objection, Schedule};
use crate::time::{Day, Duration, Moment, civil};

/// Asks whether `what` (`train`, `turnover`, or the id of an application) may go to production at `at` on 5 December 2026
/// for an hour, and returns the objections in short, then the next fit.
fn ask(plan: &Plan, what: &str, at: &str) -> Vec<String> {
    let schedule = Schedule::new(plan);
    let find = |kind, id: &str| plan.find(kind, id);
    let start: civil::DateTime = format!("2026-12-05T{at}").parse().unwrap();
    let asked = Asked {
        environment: plan
            .get(find(Kind::Environment, "production").unwrap())
            .unwrap(),
        applications: find(Kind::Application, what).into_iter().collect(),
        r#type: None,
        train: find(Kind::Train, "q4")
            .filter(|_| what == "train")
            .and_then(|id| plan.get(id)),
        turnover: find(Kind::Turnover, "q4/p")
            .filter(|_| what == "turnover")
            .and_then(|id| plan.get(id)),
        by: None,
        start: Moment::local(start).at(&london()),
        length: Some(Duration::seconds(3600)),
    };
    let request = schedule.request(asked);
    let day = Day::parse("2026-12-01").unwrap();
    let mut told: Vec<_> = schedule
        .objections(&request, day)
        .iter()
        .map(short)
        .collect();
    if !told.is_empty() {
        let fit = schedule.fit_of(&request, request.deployment.start);
        told.push(fit.map_or_else(
            || "never".to_owned(),
            |fit| {
                let wall = london().wall(fit.deployment.start);
                wall.strftime("%d %H:%M").to_string()
            },
        ));
    }
    told
}

fn short(objection: &Objection<'_>) -> String {
    match objection {
        Objection::Offline => "offline".to_owned(),
        Objection::Restricted(_) => "restricted".to_owned(),
        Objection::Frozen { exception, .. } => match exception {
            ExceptionState::Missing => "frozen".to_owned(),
            ExceptionState::Valid(_) => "excused".to_owned(),
            ExceptionState::Faulty(_, fault) => format!("frozen {fault:?}"),
        },
        Objection::NoWindow(_) => "no window".to_owned(),
        Objection::OutsideWindows { .. } => "outside".to_owned(),
        Objection::AfterCutoff { .. } => "cutoff".to_owned(),
        Objection::Reserved(_) => "reserved".to_owned(),
        Objection::Unreserved(_) => "unreserved".to_owned(),
        Objection::OutsideReservation(_) => "outside reservation".to_owned(),
        Objection::Occupied(turnover, _) => format!("occupied {}", turnover.document.id),
        Objection::Broken(..) => "broken".to_owned(),
        Objection::Early { .. } => "early".to_owned(),
        Objection::Version(..) => "version".to_owned(),
        Objection::NotPromoted(passage) => format!("not in {}", passage.environment.document.id),
        Objection::NotToCome(_) => "not to come".to_owned(),
        Objection::NotAccepted(_, fault) => format!("acceptance {fault:?}"),
        Objection::Ended(_) => "ended".to_owned(),
        Objection::OnHold(_) => "on hold".to_owned(),
    }
}

#[track_caller]
fn check(files: &str, what: &str, at: &str, expected: &[&str]) {
    assert_eq!(
        ask(&plan(files), what, at),
        expected,
        "{what} at {at} in\n{files}"
    );
}

#[test]
fn freezes_hold_up_to_their_last_instant_and_exceptions_need_a_name() {
    let freeze = "-- freezes/f.md --\nplanned: 2026-12-05 22:00/2026-12-06 06:00\nscope: {applications: [payments]}\n";
    check(freeze, "payments", "21:00", &[]);
    check(freeze, "payments", "21:01", &["frozen", "06 06:00"]);
    check(freeze, "suite", "23:00", &["frozen", "06 06:00"]);
    check(freeze, "ledger", "23:00", &[]);
    check(freeze, "train", "23:00", &["frozen", "06 06:00"]);
    let excused = |more: &str| {
        format!(
            "{freeze}-- exceptions/x.md --\nfreeze: f\nfor: train:q4\ndecision: {{result: approved}}\n{more}"
        )
    };
    check(&excused(""), "train", "23:00", &[]);
    check(&excused(""), "payments", "23:00", &["frozen", "06 06:00"]);
    let told = ask(&plan(&excused("expires: 2026-12-04\n")), "train", "23:00");
    assert!(told[0].starts_with("frozen Expired"), "{told:?}");
}

#[test]
fn windows_reservations_and_other_turnovers_keep_it_out() {
    let window = "-- windows/w.md --\nstarts: 2026-12-05 22:00\nduration: 4h\nrepeats: FREQ=WEEKLY;BYDAY=SA\ncutoff: 2h\n";
    check(window, "payments", "21:59", &["outside", "05 22:00"]);
    check(window, "payments", "23:59", &[]);
    let files = format!(
        "{window}-- trains/q4/turnovers/p.md --\nenvironment: production\nplanned: 2026-12-05 22:00/30m\n"
    );
    check(&files, "fraud", "22:00", &["occupied q4/p", "05 22:30"]);
    check(
        &files,
        "train",
        "22:00",
        &["acceptance Missing", "05 22:00"],
    );
    let reserved = "-- trains/q4/index.md --\ntype: major\nreservations: [{environment: production, planned: 2026-12-05 20:00/4h}]\n";
    check(reserved, "payments", "22:00", &["reserved", "06 00:00"]);
    check(reserved, "train", "22:00", &[]);
    check(
        reserved,
        "train",
        "23:30",
        &["outside reservation", "never"],
    );
    let closed = format!("{reserved}history: [{{stage: closed, date: 2026-11-01}}]\n");
    check(&closed, "payments", "22:00", &[]);
    let offline = "-- environments/production.md --\ncategory: production\nstatus: offline\n";
    check(offline, "payments", "22:00", &["offline", "05 22:00"]);
}

#[test]
fn what_it_brings_has_to_be_ready() {
    let turnover = |more: &str| {
        format!(
            "-- trains/q4/turnovers/p.md --\nenvironment: production\nplanned: 2026-12-05 22:00/2h\n{more}"
        )
    };
    let accepted = "acceptance: {by: omar, decision: accepted}\n";
    check(&turnover(accepted), "turnover", "22:00", &[]);
    check(
        &turnover("status: cancelled\n"),
        "turnover",
        "22:00",
        &["not to come", "05 22:00"],
    );
    let need =
        "-- trains/q4/releases/payments-4.md --\napplication: payments\nversion: \"4.0\"\nneeds: ";
    let version = format!(
        "{}{need}[{{application: fraud, version: \">=2\"}}]\n-- applications/fraud.md --\n",
        turnover(accepted)
    );
    check(&version, "turnover", "22:00", &["version", "never"]);
    let late = format!(
        "{}{need}[{{release: fraud-2}}]\n-- applications/fraud.md --\n-- releases/fraud-2.md --\napplication: fraud\n\
         schedule: {{deployment: 2026-12-06 10:00/2026-12-06 12:00}}\n",
        turnover(accepted)
    );
    check(&late, "turnover", "22:00", &["early", "06 12:00"]);
    let held = format!(
        "{}-- trains/q4/index.md --\ntype: major\non_hold: {{since: 2026-11-01}}\n",
        turnover(accepted)
    );
    check(&held, "turnover", "22:00", &["on hold", "05 22:00"]);
}
