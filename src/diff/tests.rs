//! What is told of two versions of one document.

use super::{Content, Edit, Step, Version, compare};

/// Returns `edit` in one line: field, before → after, meaning.
fn line(edit: &Edit) -> String {
    let steps: Vec<&str> = edit.field.iter().map(Step::name).collect();
    let (before, after) = (words(&edit.before), words(&edit.after));
    let arrow = if before.is_empty() && after.is_empty() {
        ""
    } else {
        "->"
    };
    let line = [&*steps.join("."), &*before, arrow, &*after];
    let told = line.iter().filter(|word| !word.is_empty()).copied();
    let told: Vec<_> = told.collect();
    format!("{}: {:?}", told.join(" "), edit.meaning)
}

fn words(content: &Content) -> String {
    match content {
        Content::Nothing => String::new(),
        Content::Date(date) => date.to_string(),
        Content::Period(interval) => interval.to_string(),
        Content::Word(text)
        | Content::Code(text)
        | Content::Reference(_, text)
        | Content::Text(text) => text.clone(),
        Content::Many(all) => all.iter().map(words).collect::<Vec<_>>().join("+"),
    }
}

#[track_caller]
fn check(path: &str, old: &str, new: &str, expected: &[&str]) {
    let [old, new] = [old, new].map(|text| match text.contains("---") {
        true => text.to_owned(),
        false => format!("---\n{text}\n---\n"),
    });
    let edits = compare(&Version::read(path, &old), &Version::read(path, &new));
    let told: Vec<_> = edits.iter().map(line).collect();
    assert_eq!(told, expected, "{old}{new}");
}

#[test]
fn dates_move_by_days() {
    let due = |old: &str, new: &str, expected: &str| {
        let [old, new] = [old, new].map(|due| format!("due: {due}"));
        check("milestones/m.md", &old, &new, &[expected]);
    };
    due(
        "2026-12-12",
        "2026-12-19",
        "due 2026-12-12 -> 2026-12-19: Moved(7)",
    );
    due(
        "2026-12-12",
        "2026-12-05",
        "due 2026-12-12 -> 2026-12-05: Moved(-7)",
    );
    due(
        "2026-12-12 10:00",
        "2026-12-12 12:00",
        "due 2026-12-12 10:00 -> 2026-12-12 12:00: Retimed",
    );
    due(
        "2026-Q4",
        "2026-12-05",
        "due 2026-Q4 -> 2026-12-05: Settled",
    );
    due("2026-12-05", "tbd", "due 2026-12-05 -> tbd: Opened");
    due("T-5bd", "T-3bd", "due T-5bd -> T-3bd: Changed");
    check(
        "milestones/m.md",
        "due: 2026-12-12",
        "due: '2026-12-12'",
        &[],
    );
}

#[test]
fn stretches_of_time_move_and_change_their_length() {
    let planned = |old: &str, new: &str, meaning: &str| {
        let expected = format!("planned {old} -> {new}: {meaning}");
        let [old, new] = [old, new].map(|planned| format!("planned: {planned}"));
        check("freezes/f.md", &old, &new, &[&expected]);
    };
    let year_end = "2026-12-18/2027-01-04";
    planned(year_end, "2026-12-25/2027-01-11", "Moved(7)");
    planned(year_end, "2026-12-16/2027-01-04", "Widened(2)");
    planned(year_end, "2026-12-16/2027-01-07", "Widened(5)");
    planned(year_end, "2026-12-18/2027-01-02", "Narrowed(2)");
    planned(year_end, "tbd/2027-01-04", "Opened");
    planned("2026-12-12 22:00/6h", "2026-12-13 22:00/6h", "Moved(1)");
    let mapping = "planned: {from: 2026-12-18, to: 2027-01-05}";
    let told = "planned 2026-12-18/2027-01-04 -> 2026-12-18/2027-01-05: Widened(1)";
    check(
        "freezes/f.md",
        "planned: 2026-12-18/2027-01-04",
        mapping,
        &[told],
    );
}

#[test]
fn each_field_is_told_by_its_own_meaning() {
    let train =
        |old: &str, new: &str, expected: &[&str]| check("trains/t/index.md", old, new, expected);
    train(
        "history: [{stage: draft, date: 2026-01-01}]",
        "history: [{stage: draft, date: 2026-01-01}, {stage: scoping, date: 2026-02-01, by: ana}]",
        &["history draft -> scoping+2026-02-01: Entered"],
    );
    train(
        "gates: {go: {criteria: [{id: load, status: not-run}]}}",
        "gates: {go: {criteria: [{id: load, status: met}, soak]}}",
        &[
            "gates.go.criteria.load.status not-run -> met: Changed",
            "gates.go.criteria.soak: Added",
        ],
    );
    train(
        "gates: {go: {criteria: {load: {status: not-met}}}}",
        "gates: {go: {criteria: {load: {status: not-met, waiver: {by: omar, expires: 2027-01-31}}}}}",
        &["gates.go.criteria.load.waiver -> omar+2027-01-31: Waived"],
    );
    let approved = "gates: {go: {approvals: [{by: ana, level: executive, decision: approved}]}}";
    train(
        "gates: {go: {}}",
        approved,
        &["gates.go.approvals.ana -> approved+executive: Decided"],
    );
    train(
        approved,
        "gates: {go: {}}",
        &["gates.go.approvals.ana approved+executive ->: Withdrawn"],
    );
    let rejected = approved.replace("approved", "rejected");
    train(
        approved,
        &rejected,
        &["gates.go.approvals.ana.decision approved -> rejected: Decided"],
    );
    train(
        "milestones: [{id: cc, due: 2026-05-01}]\nmanager: ana\nx-room: 1",
        "milestones: {cc: {due: 2026-05-08}}\nmanager: ben\nx-room: 2",
        &[
            "manager ana -> ben: Changed",
            "milestones.cc.due 2026-05-01 -> 2026-05-08: Moved(7)",
            "x-room 1 -> 2: Changed",
        ],
    );
    check(
        "releases/r.md",
        "version: \"1.9\"\nneeds: [{release: a-1, type: FS}]\ntags: [a, b]",
        "version: \"1.10\"\nneeds: [{release: a-1, type: SS}, {train: t}]\ntags: [b, c]",
        &[
            "tags a -> c: Changed",
            "version 1.9 -> 1.10: Changed",
            "needs.a-1.type FS -> SS: Changed",
            "needs.t -> t: Added",
        ],
    );
}

#[test]
fn a_body_is_told_by_its_headings() {
    check(
        "pages/p.md",
        "---\ntitle: P\n---\nHello.\n\n# One\n\nSame\ntext.\n\n# Two\n\nOld.\n",
        "---\ntitle: P\n---\nHello there.\n\n# One\n\nSame text.\n\n# Three\n\nNew.\n",
        &["body: Reworded", "body.Three: Added", "body.Two: Removed"],
    );
    check(
        "trainboard.yaml",
        "--- \ntitle: A\n",
        "--- \ntitle: B\n",
        &["title A -> B: Changed"],
    );
}
