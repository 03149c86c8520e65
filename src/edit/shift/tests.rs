//! Which dates move, and how they are written then.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::{Why, is_as_meant, rewritten, shift};
use crate::load::load;
use crate::plan::Kind;
use crate::time::Day;
use crate::world::{Memory, Overlay, World as _};

/// Checks what the files of the plan `before` are when `of` moves, as of 2026-11-21, and what is told to stay.
#[track_caller]
fn check((kind, of): (Kind, &str), days: i64, before: &str, after: &str, kept: &[(&str, Why)]) {
    let world = Memory::of_txtar(before);
    let plan = load(&world).plan;
    let of = plan.find(kind, of).unwrap();
    let shift = shift(&plan, of, days, Day::parse("2026-11-21").unwrap());
    let texts = rewritten(&plan, &shift.changes);
    let path = |file| plan.sources.get(file).path.clone();
    let files = texts
        .iter()
        .map(|(file, text)| (path(*file), Some(text.clone().into_bytes())));
    let then = Overlay::with(&world, files.collect());
    let expected = Memory::of_txtar(after);
    for entry in expected.entries() {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!(
            text(&then.read(&entry.path).unwrap()),
            text(&expected.read(&entry.path).unwrap()),
            "{}",
            entry.path
        );
    }
    assert!(is_as_meant(&plan, &load(&then).plan, &shift.changes));
    let told: Vec<_> = shift
        .kept
        .iter()
        .map(|kept| (&*kept.what, kept.why))
        .collect();
    assert_eq!(told, kept);
}

/// Checks what the frontmatter of a train becomes when it moves.
#[track_caller]
fn check_train(days: i64, before: &str, after: &str, kept: &[(&str, Why)]) {
    let whole = |keys: &str| format!("-- trains/q/index.md --\n---\n{keys}---\n# 2026-12-05\n");
    check(
        (Kind::Train, "q"),
        days,
        &whole(before),
        &whole(after),
        kept,
    );
}

#[test]
fn what_is_to_come_moves_and_keeps_its_form() {
    check_train(
        7,
        "schedule:   # 2026-12-05\n  construction: 2026-08-15/2026-10-16\n  verification: '2026-10-17/2026-12-04'   # ends\n  deployment: {to: \"2026-12-22\", from: 2026-12-05}\n",
        "schedule:   # 2026-12-05\n  construction: 2026-08-15/2026-10-16\n  verification: '2026-10-17/2026-12-11'   # ends\n  deployment: {to: \"2026-12-29\", from: 2026-12-12}\n",
        &[],
    );
    check_train(
        -3,
        "reservations:\n  - {environment: uat, planned: 2026-12-01T22:00Z / 2026-12-03 04:00:30+0100}\n",
        "reservations:\n  - {environment: uat, planned: 2026-11-28T22:00Z / 2026-11-30 04:00:30+0100}\n",
        &[],
    );
    check_train(
        30,
        "schedule: {deployment: 2026-12-05/3w}\ngates: {deployment: {due: T-5bd, criteria: [{id: a, due: 2026-12-01}, {id: b, due: 2026-12-01, status: met}]}}\nsupport: {until: 2027-01-15}\n",
        "schedule: {deployment: 2027-01-04/3w}\ngates: {deployment: {due: T-5bd, criteria: [{id: a, due: 2026-12-31}, {id: b, due: 2026-12-01, status: met}]}}\nsupport: {until: 2027-02-14}\n",
        &[],
    );
}

#[test]
fn what_is_past_done_or_decided_stays() {
    let keys = "history:\n  - {stage: draft, date: 2026-12-01}\nschedule: {scoping: 2026-11-20/2w}\n\
                milestones:\n  - {id: a, due: 2026-12-01, done: 2026-11-18}\n  - {id: b, due: 2026-11-20}\n\
                tasks: [{id: t, due: 2026-12-01, done: 2026-11-01}]\n\
                communications: [{id: c, due: 2026-12-01, sent: 2026-11-01}]\n\
                risks: [{id: r, due: 2026-12-01, response: owned}]\n\
                gates:\n  a: {approvals: [{by: ana, date: 2026-12-01}], criteria: [{id: x, waiver: {expires: 2027-01-01}}]}\n";
    check_train(7, keys, keys, &[("end of stage scoping", Why::Begun)]);
    let events = "milestones:\n  - {id: a, due: 2026-12-01, category: freeze-start}\n  - {id: b, due: T-1d, category: thaw}\n";
    check_train(7, events, events, &[("due day", Why::Fixed)]);
}

#[test]
fn what_is_known_only_so_far_moves_only_when_the_move_leaves_it() {
    let due = |due: &str| format!("milestones: [{{id: a, due: {due}}}]\n");
    let moves = |days, before, after| check_train(days, &due(before), &due(after), &[]);
    let stays = |days, before: &str, why| {
        check_train(days, &due(before), &due(before), &[("due day", why)]);
    };
    moves(7, "2026-W53", "2027-W01");
    stays(2, "2026-W50", Why::Coarse);
    stays(7, "2026-12", Why::Coarse);
    moves(20, "2026-12", "2027-01");
    moves(-60, "2027-Q1", "2026-Q4");
    stays(-30, "2027-Q1", Why::Coarse);
    moves(1, "2026-11-30..2026-12-06", "2026-12-01..2026-12-07");
    stays(7, "tbd", Why::Open);
}

#[test]
fn a_train_takes_along_what_belongs_to_it_and_nothing_else() {
    let plan = |turnover: &str, milestone: &str, own: &str| {
        format!(
            "-- trains/q/index.md --\n---\ntitle: Q\n---\n\
             -- trains/q/turnovers/p.md --\n---\n\
             planned: {turnover} 22:00/6h\n\
             outage: {{planned: {turnover} 23:00/1h}}\n\
             waves: [{{id: w, planned: {turnover}/{turnover}}}]\n---\n\
             -- trains/q/turnovers/past.md --\n---\n\
             status: deployed\nplanned: 2026-12-05/2026-12-05\n---\n\
             -- trains/q/releases/r.md --\n---\n\
             training: {{due: {own}}}\npublish_after: {own}\n---\n\
             -- trains/q/notes/a.md --\n---\ndate: {own}\n---\n\
             -- releases/lone.md --\n---\n\
             train: q\nmilestones: {{m: {{due: {milestone}}}}}\n---\n\
             -- trains/z/index.md --\n---\nschedule: {{deployment: 2026-12-05/1d}}\n---\n\
             -- freezes/f.md --\n---\nplanned: 2026-12-05/2026-12-06\n---\n"
        )
    };
    let (old, new) = ("2026-12-05", "2026-12-12");
    let before = plan(old, old, old);
    let check = |of, after: &str| check(of, 7, &before, after, &[]);
    check((Kind::Train, "q"), &plan(new, new, new));
    check((Kind::Release, "lone"), &plan(old, new, old));
    check((Kind::Milestone, "lone/m"), &plan(old, new, old));
    check((Kind::Turnover, "q/p"), &plan(new, old, old));
}
