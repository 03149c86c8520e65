//! Decisions as the rules of the group speak of them: which there are, where they are written, and who could decide.

use crate::lifecycle::{JudgedVote, Vote, holders};
use crate::plan::{DocId, Plan};
use crate::rules::book::Context;
use crate::text::{Location, Span};
use crate::time::Day;

/// Returns the decisions on what is still on its way, judged as of today, by subject. What has ended is left in peace:
/// nobody can decide on it again.
pub(super) fn underway<'c>(context: &Context<'c>) -> impl Iterator<Item = &'c JudgedVote<'c>> {
    let (plan, progress) = (context.plan, context.progress);
    let votes = progress.votes().iter();
    votes.filter(move |judged| has_not_ended(plan, judged.vote.subject))
}

/// Returns whether neither `id`, nor what it belongs to, nor all that carries it out has ended.
fn has_not_ended(plan: &Plan, id: DocId) -> bool {
    let belongs = plan.document(id).belongs;
    let ways = [Some(id), belongs.release, belongs.train];
    let change = plan.get(id);
    let carriers = change.map_or_else(Vec::new, |change| plan.carriers_of(change));
    let is_carried = carriers.is_empty() || carriers.iter().any(|it| plan.is_open(it.id));
    is_carried && ways.into_iter().flatten().all(|way| plan.is_open(way))
}

/// Returns the place of `span` in the document in which `vote` is written.
pub(super) fn locate(plan: &Plan, vote: &Vote<'_>, span: Span) -> Location {
    plan.locate(vote.file.map_or(vote.subject, |file| file.id), span)
}

/// Returns where it is written who decided; the decision itself where that is not.
pub(super) fn at_name(plan: &Plan, vote: &Vote<'_>) -> Location {
    vote.by().map_or(vote.at, |by| locate(plan, vote, by.span))
}

/// Returns who decided, for a message.
pub(super) fn who<'p>(vote: &Vote<'p>) -> &'p str {
    vote.by().map_or("nobody", |by| &by.written)
}

/// Returns when it was decided, for a message: ` on 2 November 2026`; nothing where no day is known.
pub(super) fn when(vote: &JudgedVote<'_>) -> String {
    vote.days
        .map_or_else(String::new, |days| format!(" {}", days.words()))
}

/// Returns what was decided on: `gate verification of train 2026-q4`, `change CHG-1021`.
pub(super) fn what(context: &Context<'_>, vote: &Vote<'_>) -> String {
    on(context, vote.gate, vote.subject)
}

/// Returns what a message calls the gate `gate` of `subject`, or `subject` itself.
pub(super) fn on(context: &Context<'_>, gate: Option<&str>, subject: DocId) -> String {
    let name = context.name(subject);
    gate.map_or_else(|| name.clone(), |gate| format!("gate {gate} of {name}"))
}

/// Returns what a command calls the gate of `vote`: `2026-q4/verification --level executive`; none for what has no gate.
pub(super) fn place(plan: &Plan, judged: &JudgedVote<'_>) -> Option<String> {
    let (gate, subject) = (judged.vote.gate?, plan.document(judged.vote.subject));
    let level = judged
        .level
        .map_or_else(String::new, |level| format!(" --level {level}"));
    Some(format!("{}/{gate}{level}", subject.id))
}

/// Returns who but `others` holds `role` on `day`, for a hint: `executive is held by omar and ruth`.
pub(super) fn held_by(plan: &Plan, role: &str, day: Day, others: &[DocId]) -> String {
    let holders = holders(plan, role, day);
    let names: Vec<_> = holders
        .iter()
        .filter(|person| !others.contains(&person.id))
        .map(|person| &*person.document.id)
        .collect();
    match names.split_last() {
        None if holders.is_empty() => format!("nobody in this plan is {role}"),
        None => format!("nobody else in this plan is {role}"),
        Some((last, [])) => format!("{role} is held by {last}"),
        Some((last, rest)) => format!("{role} is held by {} and {last}", rest.join(", ")),
    }
}
