//! Decisions as the rules of the group speak of them: which there are, where they are written, and who could decide.

use crate::lifecycle::{JudgedVote, Vote, votes};
use crate::plan::kinds::approval::Approvable;
use crate::plan::kinds::person::{Person, Role};
use crate::plan::value::{Refers, When};
use crate::plan::{DocId, Plan};
use crate::rules::book::Context;
use crate::text::{Location, Span};
use crate::time::Day;

/// Returns every decision of the plan, judged as of today: those on trains, releases, changes and turnovers, by id.
pub(super) fn judged<'p>(context: &Context<'p>) -> impl Iterator<Item = JudgedVote<'p>> + use<'p> {
    let (plan, day) = (context.plan, context.as_of);
    let subjects = Approvable::KINDS
        .iter()
        .flat_map(|kind| plan.of_kind(*kind));
    subjects.flat_map(move |(id, _)| votes(plan, id, day))
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

/// Returns who holds `role` on `day`, for a hint: `executive is held by omar and ruth`.
pub(super) fn held_by(plan: &Plan, role: &str, day: Day) -> String {
    let holds = |person: &Person| person.roles.iter().any(|held| is_held(held, role, day));
    let holders: Vec<_> = plan
        .all::<Person>()
        .filter(|person| holds(person.fields))
        .map(|person| &*person.document.id)
        .collect();
    match holders.split_last() {
        None => format!("nobody in this plan is {role}"),
        Some((last, [])) => format!("{role} is held by {last}"),
        Some((last, rest)) => format!("{role} is held by {} and {last}", rest.join(", ")),
    }
}

fn is_held(held: &Role, role: &str, day: Day) -> bool {
    let days = |date: &Option<When>| date.as_ref().and_then(When::days);
    let is_named = held.role.as_ref().is_some_and(|name| *name.value == *role);
    is_named
        && days(&held.from).is_none_or(|from| from.first <= day)
        && days(&held.to).is_none_or(|to| day <= to.last)
}
