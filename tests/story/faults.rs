//! Thirty faults that release teams make, each planted alone in the sample plan: it is found at its own place, and
//! nothing else is said.

use serde_json::Value;

use crate::stage::{Plan, TODAY};

/// What somebody did to one file, and what is said of it.
struct Fault {
    /// What was done.
    done: &'static str,
    /// The file, what stood there, and what stands there now.
    edit: (&'static str, &'static str, &'static str),
    /// The rule that is broken.
    rule: &'static str,
    /// What the diagnostic points at, and in which file when that is another one.
    at: &'static str,
}

/// Returns a fault that is reported where it was made, as `file: text`, or as `text` alone for the file that was edited.
const fn fault(
    done: &'static str,
    edit: (&'static str, &'static str, &'static str),
    rule: &'static str,
    at: &'static str,
) -> Fault {
    Fault {
        done,
        edit,
        rule,
        at,
    }
}

const Q4: &str = "trains/2026-q4/index.md";
const PAYMENTS: &str = "trains/2026-q4/releases/payments-4.2.md";
const WEB: &str = "trains/2026-q4/releases/web-12.0.md";
const LEDGER: &str = "trains/2027-q1/releases/ledger-9.0.md";
const NIGHT: &str = "trains/2026-q4/turnovers/production.md";

#[rustfmt::skip]
const FAULTS: [Fault; 30] = [
    // Time.
    fault("the scheme moves its cut-over onto the night",
        ("freezes/scheme-cutover-2026-11.md", "2026-11-13 18:00+00:00/2026-11-16 06:00+00:00",
            "2026-12-04 18:00+00:00/2026-12-07 06:00+00:00"),
        "freeze/overlap", "trains/2026-q4/turnovers/production.md: 2026-12-05 22:00/2026-12-06 02:30"),
    fault("the window moves to Sunday",
        ("windows/saturday-night.md", "BYDAY=SA", "BYDAY=SU"),
        "window/outside", "trains/2026-q4/turnovers/production.md: 2026-12-05 22:00/2026-12-06 02:30"),
    fault("the way back takes longer",
        (NIGHT, "  duration: 2h\n  tasks", "  duration: 5h\n  tasks"),
        "window/outside", "2026-12-05 22:00/2026-12-06 02:30"),
    fault("two trains want UAT",
        ("trains/2027-q1/index.md", "{environment: uat, planned: 2027-W03/", "{environment: uat, planned: 2026-11-30/"),
        "environment/double-booked", "2026-11-30/2027-W07"),
    fault("the reservation of the night is cut short",
        (Q4, "2026-12-05 21:00/2026-12-06 08:00", "2026-12-05 21:00/2026-12-06 04:00"),
        "environment/outside-reservation", "trains/2026-q4/turnovers/production.md: 2026-12-05 22:00/2026-12-06 02:30"),
    // Dependencies.
    fault("a release needs one of the next train",
        ("trains/2026-q4/releases/loans-5.1.md", "needs:", "needs:\n  - {release: savings-2.6}"),
        "dependency/late", "savings-2.6"),
    fault("two releases need each other",
        (WEB, "needs:", "needs:\n  - {release: loans-5.1, type: SS}"),
        "dependency/cycle", "trains/2026-q4/releases/loans-5.1.md: web-12.0"),
    // Gates, decisions and moves.
    fault("a decision is deleted",
        (PAYMENTS, "    approvals:\n      - {level: development, role: development-lead, by: mateusz, decision: approved, date: 2026-10-14}\n", ""),
        "approval/missing", "verification"),
    fault("somebody without the role signs",
        (PAYMENTS, "by: mateusz, decision", "by: grace, decision"),
        "approval/not-in-role", "grace"),
    fault("the manager signs for his own release",
        (PAYMENTS, "manager: chloe", "manager: mateusz"),
        "approval/self", "mateusz"),
    fault("a criterion turns out not to be met",
        (PAYMENTS, "{id: runbook-current, owner: grace, status: met}", "{id: runbook-current, owner: grace, status: not-met}"),
        "gate/not-passed", "verification"),
    fault("somebody edits the evidence",
        ("trains/2026-q4/evidence/regression-812.txt", "\n", "\n\n"),
        "gate/evidence-mismatch", "trains/2026-q4/index.md: cf660c2c125e1e7d299bdc1a09d7ca411c7594e246cbf4868b875915cf23a8bf"),
    fault("a criterion is late",
        (WEB, "due: 2026-11-25, status: not-met", "due: 2026-11-18, status: not-met"),
        "gate/criterion-overdue", "2026-11-18"),
    fault("a waiver has no end",
        (WEB, "due: 2026-11-25, status: not-met}",
            "due: 2026-11-25, status: not-met, waiver: {by: sofia, date: 2026-11-20, reason: Mended on Tuesday}}"),
        "gate/waiver-incomplete", "security-scan"),
    fault("work goes back and nobody says why",
        (WEB, "by: hannah}\ngates", "by: hannah}\n  - {stage: construction, date: 2026-11-17, by: hannah}\ngates"),
        "transition/no-reason", "construction"),
    fault("a stage is left out",
        (PAYMENTS, "  - {stage: construction, date: 2026-08-17, by: priya}\n", ""),
        "transition/skipped-stage", "verification"),
    fault("a move is entered before it is made",
        (PAYMENTS, "{stage: verification, date: 2026-10-19", "{stage: verification, date: 2026-12-19"),
        "transition/future", "2026-12-19"),
    // Scope, versions and notes.
    fault("the type does not fit the version",
        (LEDGER, "type: major", "type: minor"),
        "release/type-mismatch", "\"9.0.0\""),
    fault("the version loses its quotes",
        (WEB, "version: \"12.0.0\"", "version: 12.0"),
        "value/unquoted-version", "12.0"),
    fault("an item is planned twice",
        (LEDGER, "id: HB-4006\n    category: task\n    title: Remove the file interface of the old payment engines\n    url: https://issues.harbour.example/HB-4006",
            "id: HB-3009\n    category: task\n    title: Record queue lengths every minute\n    url: https://issues.harbour.example/HB-3009"),
        "release/item-in-two-releases", "HB-3009"),
    fault("the note has another day than the release",
        ("trains/2026-q4/notes/payments-4.2.md", "date: 2026-12-06", "date: 2026-12-01"),
        "note/date-mismatch", "2026-12-01"),
    // Run sheets.
    fault("nobody does a step",
        (NIGHT, "    mode: manual\n    owner: nadia\n", "    mode: manual\n"),
        "turnover/task-unowned", "announce"),
    fault("a step ends before it begins",
        ("trains/2026-q4/turnovers/uat-2.md", "finished: 2026-11-10 18:44", "finished: 2026-11-10 18:24"),
        "turnover/task-out-of-order", "2026-11-10 18:24"),
    // What the last review asked for.
    fault("an action is late",
        ("trains/2026-q3/reviews/production-rollback.md", "due: 2026-11-27}", "due: 2026-11-17}"),
        "closing/action-overdue", "2026-11-17"),
    // Writing.
    fault("a name is mistyped",
        ("trains/2026-q4/turnovers/staging.md", "owner: elena", "owner: elnea"),
        "person/unknown", "elnea"),
    fault("a key is mistyped",
        (Q4, "communications:", "comunications:"),
        "document/unknown-key", "comunications"),
    fault("a day does not exist",
        (Q4, "due: 2026-11-30}", "due: 2026-11-31}"),
        "value/impossible-date", "31"),
    fault("a weekday does not fit its date",
        (NIGHT, "Saturday 12 December 2026", "Friday 12 December 2026"),
        "value/weekday-mismatch", "Friday 12 December 2026"),
    fault("a link is mistyped",
        (Q4, "../../freezes/year-end.md", "../../freezes/year_end.md"),
        "reference/broken-link", "../../freezes/year_end.md"),
    fault("a key is written twice",
        ("trains/2026-q4/changes/CHG-1021.md", "category: normal", "category: normal\ncategory: standard"),
        "document/duplicate-key", "category"),
];

#[test]
fn each_of_thirty_faults_is_found_at_its_place_and_nothing_else_is_said() {
    let plan = Plan::sample();
    for Fault {
        done,
        edit,
        rule,
        at,
    } in FAULTS
    {
        let (file, from, to) = edit;
        let before = plan.read(file);
        plan.edit(file, from, to);
        let said = plan
            .run(&format!("check --as-of {TODAY} --format json"))
            .out;
        let report: Value = serde_json::from_str(&said).unwrap();
        let found: Vec<_> = report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| told(&plan, it))
            .collect();
        let at = if at.contains(".md: ") {
            at.to_owned()
        } else {
            format!("{file}: {at}")
        };
        assert_eq!(found, [format!("{rule} {at}")], "{done}");
        plan.write(file, before);
    }
}

/// Returns which rule `diagnostic` is of, and the file and the text at which it points.
fn told(plan: &Plan, diagnostic: &Value) -> String {
    let text = |key: &str| diagnostic[key].as_str().unwrap();
    let number = |key: &str| usize::try_from(diagnostic[key].as_u64().unwrap()).unwrap();
    let source = plan.read(text("file"));
    let line: Vec<char> = source
        .lines()
        .nth(number("line") - 1)
        .unwrap()
        .chars()
        .collect();
    let end = if number("end_line") == number("line") {
        number("end_column") - 1
    } else {
        line.len()
    };
    let points: String = line[number("column") - 1..end].iter().collect();
    format!("{} {}: {points}", text("rule"), text("file"))
}
