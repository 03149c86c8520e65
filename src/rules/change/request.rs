//! What belongs to a change request: the releases that carry it out, and what was decided about it.

use crate::plan::kinds::approval::{Approval, Decision};
use crate::plan::kinds::change::{Change, ChangeCategory};
use crate::plan::kinds::release::Release;
use crate::plan::value::When;
use crate::plan::{Doc, DocId, Plan};

/// Returns the releases that carry out `change`, by id: those that it names, and those that name it.
pub(super) fn carriers<'p>(plan: &'p Plan, change: Doc<'p, Change>) -> Vec<Doc<'p, Release>> {
    let named = change.fields.releases.iter().filter_map(|it| it.target);
    let naming = plan.links_to(change.id).map(|link| link.from);
    let mut ids: Vec<_> = named.chain(naming).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| plan.get(id)).collect()
}

/// Returns the decisions about `change` and the document that each is written in: its own ones, and those in files.
pub(super) fn decisions<'p>(
    plan: &'p Plan,
    change: Doc<'p, Change>,
) -> impl Iterator<Item = (DocId, &'p Approval)> {
    let own = change.fields.approvals.iter();
    let own = own.map(move |approval| (change.id, &approval.value));
    let files = plan.links_to(change.id).filter_map(|link| {
        let approval = plan.get::<Approval>(link.from)?;
        Some((approval.id, approval.fields))
    });
    own.chain(files)
}

/// Returns the first day on which `change` was approved, and the document that says so.
pub(super) fn approved<'p>(plan: &'p Plan, change: Doc<'p, Change>) -> Option<(DocId, &'p When)> {
    let granted = decisions(plan, change).filter(|(_, it)| is(it, Decision::Approved));
    let dated = granted.filter_map(|(id, it)| Some((id, it.date.as_ref()?)));
    dated.min_by_key(|(id, date)| (date.days().map(|days| days.first), *id))
}

/// Returns whether `approval` is the decision `decision`.
pub(super) fn is(approval: &Approval, decision: Decision) -> bool {
    approval
        .decision
        .as_ref()
        .is_some_and(|it| it.value == decision)
}

/// Returns whether `change` is of the category `category`.
pub(super) fn is_of(change: &Change, category: ChangeCategory) -> bool {
    change
        .category
        .as_ref()
        .is_some_and(|it| it.value == category)
}
