//! What was decided about a change request, and whether a policy asks for anything of it.

use crate::lifecycle::JudgedVote;
use crate::plan::kinds::change::{Change, ChangeCategory};
use crate::plan::value::When;
use crate::plan::{Doc, DocId, Plan};
use crate::rules::book::Context;

/// Returns the decisions about `change`, as judged today: its own ones, and those in files.
pub(super) fn decisions<'c>(
    context: &Context<'c>,
    change: DocId,
) -> impl Iterator<Item = &'c JudgedVote<'c>> {
    let votes = context.progress.votes().iter();
    votes.filter(move |judged| judged.vote.subject == change)
}

/// Returns the first day on which `change` was approved, and the document that says so.
pub(super) fn approved<'c>(context: &Context<'c>, change: DocId) -> Option<(DocId, &'c When)> {
    let granted = decisions(context, change).filter(|judged| judged.is_given());
    let dated = granted.filter_map(|judged| {
        let vote = &judged.vote;
        let written_in = vote.file.map_or(vote.subject, |file| file.id);
        Some((written_in, vote.approval.date.as_ref()?))
    });
    dated.min_by_key(|(id, date)| (date.days().map(|days| days.first), *id))
}

/// Returns whether a policy binds `change`: that of a release that carries it out, or of the train that it belongs to.
/// What no policy governs is asked for nothing.
pub(super) fn is_bound(plan: &Plan, change: Doc<'_, Change>) -> bool {
    let carriers = plan.carriers_of(change);
    let train = change
        .document
        .belongs
        .train
        .filter(|_| carriers.is_empty());
    let mut governed = carriers.iter().map(|release| release.id).chain(train);
    governed.any(|id| plan.binding_policy(id).is_some())
}

/// Returns whether `change` is of the category `category`.
pub(super) fn is_of(change: &Change, category: ChangeCategory) -> bool {
    change
        .category
        .as_ref()
        .is_some_and(|it| it.value == category)
}
