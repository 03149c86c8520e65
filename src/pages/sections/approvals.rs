//! Approvals: those that a gate needs, who gave them, what does not count, and who could still sign.

use super::gates::{has_gate, signers};
use super::members::{Heading, listing, of_train};
use crate::lifecycle::{GateResult, JudgedVote, SignoffResult, VoteFault};
use crate::pages::blocks;
use crate::pages::decisions::decision;
use crate::pages::listing::referrers;
use crate::pages::parts::{Link, Section, State, Table, Tally, Tone, Value};
use crate::pages::view::View;
use crate::plan::Course;
use crate::plan::kinds::approval::{Approval, Decision};
use crate::plan::{Doc, DocId, Kind};

/// Returns the published files that decide on a gate of `course`: those that name it, and those in the folder of a
/// train that name nothing else.
pub(super) fn files<'p>(view: &View<'p>, course: Course<'p>) -> Vec<Doc<'p, Approval>> {
    let mut files: Vec<_> = referrers::<Approval>(view, course.id, "for").collect();
    if view.portal.plan.document(course.id).kind == Kind::Train {
        files.extend(
            of_train::<Approval>(view, course.id)
                .into_iter()
                .filter(|file| file.fields.r#for.is_none()),
        );
    }
    files
}

fn target(approval: &Approval) -> Option<DocId> {
    approval.r#for.as_ref()?.target
}

/// Returns the table of the approvals of a gate: each that is needed with what was decided at its level, whether that
/// counts, and who could still sign; then every other decision on the gate.
pub(super) fn table<'p>(view: &View<'p>, gate: &'p GateResult<'p>) -> Table<'p> {
    let columns = [
        "Level",
        "Decision",
        "Decided by",
        "Role",
        "Needed",
        "Decided on",
        "What is wrong",
        "Reason",
        "Return to",
        "Fingerprint",
        "Who could sign",
    ];
    let mut table = Table::new("Approvals", columns);
    for signoff in &gate.signoffs {
        add_signoff(&mut table, view, gate, signoff);
    }
    let is_told = |vote: &JudgedVote<'_>| gate.signoffs.iter().any(|of| vote.is_at(&of.signoff));
    for vote in gate.votes.iter().filter(|vote| !is_told(vote)) {
        add_vote(&mut table, view, vote, Value::Empty);
    }
    table
}

/// Adds what became of one approval that a gate needs.
fn add_signoff<'p>(
    table: &mut Table<'p>,
    view: &View<'p>,
    gate: &'p GateResult<'p>,
    signoff: &'p SignoffResult<'p>,
) {
    let mut needed = quorum(signoff);
    for vote in signoff.granted.iter().chain(&signoff.others) {
        add_vote(
            table,
            view,
            vote,
            std::mem::replace(&mut needed, Value::Empty),
        );
    }
    let asked = asked(gate, signoff);
    for approval in &asked {
        let mut cells = [const { Value::Empty }; 11];
        cells[0] = level(signoff);
        cells[1] = decision(view, approval);
        cells[2] = view.who(approval.by.as_ref());
        cells[3] = view.own_word(approval.role.as_ref());
        cells[4] = std::mem::replace(&mut needed, Value::Empty);
        table.row(cells);
    }
    if !signoff.is_granted() && asked.is_empty() {
        let mut cells = [const { Value::Empty }; 11];
        cells[0] = level(signoff);
        cells[1] = missing(view, signoff).into();
        cells[3] = signoff
            .signoff
            .role
            .map_or(Value::Empty, |role| Value::Word(State::new(role).word));
        cells[4] = needed;
        cells[10] = signers(view, gate, signoff);
        table.row(cells);
    }
}

fn level<'p>(signoff: &SignoffResult<'p>) -> Value<'p> {
    Value::Word(State::new(signoff.signoff.level).word)
}

/// Returns how many of those who have to agree do; the number alone while one is enough.
fn quorum<'p>(signoff: &SignoffResult<'_>) -> Value<'p> {
    let of = signoff.signoff.quorum;
    let count = signoff.granted.len().min(of);
    match of {
        1 => Value::Number(1),
        _ => Tally { count, of }.into(),
    }
}

/// Returns the entries of a gate that only ask for a decision at the level of `signoff`.
fn asked<'p>(gate: &GateResult<'p>, signoff: &SignoffResult<'p>) -> Vec<&'p Approval> {
    let own = gate.gate.own.into_iter();
    let written = own.flat_map(|own| &own.value.approvals);
    let is_asked = |approval: &&'p Approval| {
        let level = approval.level.as_ref().map(|level| &*level.value);
        approval.decision.is_none() && level == Some(signoff.signoff.level)
    };
    written
        .map(|approval| &approval.value)
        .filter(is_asked)
        .collect()
}

/// Returns the state of an approval that is still to be given, wholly or in part.
fn missing<'p>(view: &View<'p>, signoff: &SignoffResult<'_>) -> State<'p> {
    let left = signoff.signoff.quorum.saturating_sub(signoff.granted.len());
    if signoff.granted.is_empty() && signoff.others.is_empty() {
        return State::new("not-requested").worded("Not requested yet");
    }
    let words = view.counted("{n} still needed", left);
    State::new("needed").worded(words).toned(Tone::Warn)
}

/// Returns what somebody decided, and whether it counts.
fn verdict<'p>(view: &View<'p>, vote: &JudgedVote<'p>) -> Value<'p> {
    let counts = !vote.faults.iter().any(VoteFault::disqualifies);
    match vote.vote.decision() {
        Some(Decision::Approved) if !counts => State::new("not-counted")
            .worded("Approved, does not count")
            .toned(Tone::Warn)
            .into(),
        _ => decision(view, vote.vote.approval),
    }
}

/// Adds the row of a decision to `table`. One that is a file has an anchor; one that stands in the gate has no name to
/// make it from.
fn add_vote<'p>(
    table: &mut Table<'p>,
    view: &View<'p>,
    vote: &'p JudgedVote<'p>,
    needed: Value<'p>,
) {
    let (approval, file) = (vote.vote.approval, vote.vote.file);
    let level = vote.level.map(|level| State::new(level).word);
    let link = file.and_then(|file| view.link(file.id));
    let faults = vote
        .faults
        .iter()
        .map(|fault| super::sentence(&fault.to_string()));
    let role = vote
        .role
        .map_or(Value::Empty, |role| Value::Word(State::new(role).word));
    let cells = [
        match (link, level) {
            (Some(link), Some(level)) => Link {
                text: level,
                ..link
            }
            .into(),
            (Some(link), None) => link.into(),
            (None, level) => level.map_or(Value::Empty, Value::Word),
        },
        verdict(view, vote),
        view.who(approval.by.as_ref()),
        role,
        needed,
        view.when(approval.date.as_ref()),
        Value::list(faults),
        view.text(approval.reason.as_ref()),
        view.own_word(approval.return_to.as_ref()),
        view.code(approval.covers.as_ref()),
        Value::Empty,
    ];
    match file {
        Some(file) => table.anchored_row(
            blocks::anchored("approval", file.document.short_id()),
            cells,
        ),
        None => table.row(cells),
    }
}

/// Returns who signed at the level of `signoff`, each with the decision and its day, and an empty line for each who
/// still has to.
pub(in crate::pages) fn signature<'p>(
    view: &View<'p>,
    signoff: &SignoffResult<'p>,
) -> Vec<[Value<'p>; 3]> {
    let granted = signoff.granted.iter().map(|vote| {
        let approval = vote.vote.approval;
        [
            decision(view, approval),
            view.who(approval.by.as_ref()),
            view.when(approval.date.as_ref()),
        ]
    });
    let left = signoff.signoff.quorum.saturating_sub(signoff.granted.len());
    let line = || {
        let open = State::new("not-requested").worded("Not approved yet");
        [open.into(), Value::Empty, Value::Empty]
    };
    granted.chain((0..left).map(|_| line())).collect()
}

/// Returns the section of those approvals that concern `course` and stand in none of the gates shown on its page.
pub(in crate::pages) fn other_approvals<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let mut all = files(view, course);
    if view.portal.plan.document(course.id).kind == Kind::Train {
        all.extend(
            of_train::<Approval>(view, course.id)
                .into_iter()
                .filter(|file| {
                    let of = target(file);
                    of.is_some() && of != Some(course.id)
                }),
        );
    }
    let is_shown = |file: &Doc<'p, Approval>| {
        let here = target(file).is_none_or(|of| of == course.id);
        here && file
            .fields
            .gate
            .as_ref()
            .is_some_and(|gate| has_gate(view, course, &gate.value))
    };
    all.retain(|file| !is_shown(file));
    let heading = Heading {
        id: "approvals",
        title: "Other approvals",
        caption: "Approvals outside these gates",
    };
    listing(view, heading, all)
}
