//! `change/not-evaluated`: what was changed is looked at afterwards.

use super::request;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::change::{Change, ChangeCategory, ChangeStatus};
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::Choices;
use crate::plan::{Doc, Plan};
use crate::rules::book::{Context, Rule};
use crate::rules::standing;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("not-evaluated.md"),
    check,
);

const NAME: &str = "change/not-evaluated";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for change in plan.all::<Change>().filter(|it| it.evaluation.is_none()) {
        let Some(status) = &change.fields.status else {
            continue;
        };
        // What is standard has been evaluated once and for all.
        if request::is_of(change.fields, ChangeCategory::Standard)
            || !request::is_bound(plan, change)
            || !is_due(plan, change, status.value)
        {
            continue;
        }
        let (id, word) = (&change.document.id, status.value.word());
        let message = format!("change {id} is {word} and has not been evaluated");
        let finding = Finding::new(NAME, plan.locate(change.id, status.span), message);
        findings.push(finding.hint("say what came of it under `evaluation:`"));
    }
}

/// Returns whether the evaluation is due: the change is closed, or all that carried it out is.
fn is_due(plan: &Plan, change: Doc<'_, Change>, status: ChangeStatus) -> bool {
    let carriers = plan.carriers_of(change);
    let closed = |id| standing::stage(plan, id) == Some(Stage::Closed);
    match status {
        ChangeStatus::Closed => true,
        ChangeStatus::Implemented | ChangeStatus::Failed => {
            !carriers.is_empty() && carriers.iter().all(|release| closed(release.id))
        }
        _ => false,
    }
}
