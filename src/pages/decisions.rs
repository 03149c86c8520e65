//! Decisions: who approved, rejected or abstained, in which role, when and why.

use super::blocks;
use super::listing::referrers;
use super::parts::{Table, Value};
use super::view::View;
use crate::plan::DocId;
use crate::plan::kinds::approval::Approval;

/// Returns the table of `approvals`, what was decided first.
pub(super) fn approvals_table<'p>(
    view: &View<'p>,
    caption: &'static str,
    approvals: impl Iterator<Item = &'p Approval>,
) -> Table<'p> {
    let columns = [
        "Decision",
        "Level",
        "By",
        "Date",
        "Reason",
        "Return to",
        "Fingerprint",
    ];
    blocks::table(caption, columns, approvals, |approval| {
        [
            decision(view, approval),
            view.own_word(approval.level.as_ref()),
            view.who_as(approval.by.as_ref(), approval.role.as_ref()),
            view.when(approval.date.as_ref()),
            view.text(approval.reason.as_ref()),
            view.own_word(approval.return_to.as_ref()),
            view.code(approval.covers.as_ref()),
        ]
    })
}

/// Returns what an approval decides; one without a decision is still asked for.
pub(super) fn decision<'p>(view: &View<'p>, approval: &'p Approval) -> Value<'p> {
    match view.state(approval.decision.as_ref()) {
        Some(decision) => decision.into(),
        None => Value::word("Not decided yet"),
    }
}

/// Returns the approvals that are documents of their own and decide on the document `on`.
pub(super) fn decisions_on<'p>(
    view: &View<'p>,
    on: DocId,
) -> impl Iterator<Item = &'p Approval> + use<'p> {
    referrers::<Approval>(view, on, "for").map(|approval| approval.fields)
}
