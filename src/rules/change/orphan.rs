//! `change/orphan`: a change request belongs to something that carries it out.

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::Kind;
use crate::plan::kinds::change::{Change, ChangeStatus};
use crate::plan::{Doc, Plan};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("orphan.md"), check);

const NAME: &str = "change/orphan";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let orphans = plan
        .all::<Change>()
        .filter(|it| is_expected(it) && !is_carried(plan, *it));
    for change in orphans {
        let message = format!("no release carries out change {}", change.document.id);
        let finding = context.lacking(NAME, change.id, message);
        findings.push(
            finding.hint("name the releases that carry it out under `releases:`, or reject it"),
        );
    }
}

/// Returns whether somebody still has to carry it out: it has been asked for, and is neither refused nor over.
fn is_expected(change: &Change) -> bool {
    use ChangeStatus::{Approved, Scheduled, Submitted};
    let status = change.status.as_ref().map(|status| status.value);
    matches!(status, Some(Submitted | Approved | Scheduled))
}

/// Returns whether a release carries `change` out, or its train is over, so that nobody will.
fn is_carried(plan: &Plan, change: Doc<'_, Change>) -> bool {
    let train = change.document.belongs.train;
    let carries = |kind| matches!(kind, Kind::Release | Kind::Train | Kind::Turnover);
    let mut links = plan.links_to(change.id);
    !change.fields.releases.is_empty()
        || train.is_some_and(|train| !plan.is_open(train))
        || links.any(|link| carries(plan.document(link.from).kind))
}
