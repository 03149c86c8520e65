//! The rules of the group `person`: who does what.

mod double_booked;
mod inactive;
mod no_role;

use super::book::{Context, Rule};
use crate::diagnostic::Severity;
use crate::lifecycle::VoteFault;
use crate::plan::{Act, Deed, DocId};

pub(super) const RULES: &[Rule] = &[
    Rule::read(
        "person/unknown",
        Severity::Error,
        include_str!("person/unknown.md"),
    ),
    inactive::RULE,
    no_role::RULE,
    double_booked::RULE,
];

/// Returns whether `act`, in the document `id`, is a decision of somebody who did not hold the role that it takes: that is
/// said of the decision, whatever else is to be said of the person.
fn is_told_of_role(context: &Context<'_>, id: DocId, act: &Act<'_>) -> bool {
    let lacks_role = |fault: &VoteFault<'_>| matches!(fault, VoteFault::NotInRole(_));
    let mut votes = context.progress.votes().iter();
    act.deed == Deed::Decision
        && votes.any(|judged| {
            let written_in = judged.vote.file.map_or(judged.vote.subject, |file| file.id);
            let is_it = judged.vote.by().is_some_and(|by| by.span == act.by.span);
            written_in == id && is_it && judged.faults.iter().any(lacks_role)
        })
}
