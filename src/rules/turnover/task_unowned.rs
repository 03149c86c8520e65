//! `turnover/task-unowned`: somebody does each step that is done by hand.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::{Step, StepMode, StepStatus};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("task-unowned.md"),
    check,
);

const NAME: &str = "turnover/task-unowned";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in context.coming() {
        // A run sheet that is being written has gaps.
        if is_draft(&turnover) && !context.is_due(turnover) {
            continue;
        }
        let steps = turnover.fields.tasks.iter();
        for step in steps.filter(|step| is_to_do_by_hand(step) && !is_owned(step)) {
            let message = format!(
                "nobody does step {} of {}",
                step.id.value,
                context.name(turnover.id)
            );
            let at = context.plan.locate(turnover.id, step.id.span);
            findings.push(
                Finding::new(NAME, at, message)
                    .hint("write under `owner` who does it, or `mode: automated`"),
            );
        }
    }
}

fn is_draft(turnover: &Turnover) -> bool {
    let status = turnover.status.as_ref().map(|status| status.value);
    matches!(status, None | Some(TurnoverStatus::Draft))
}

fn is_to_do_by_hand(step: &Step) -> bool {
    let by_hand = step
        .mode
        .as_ref()
        .is_none_or(|mode| mode.value == StepMode::Manual);
    let pending = step
        .status
        .as_ref()
        .is_none_or(|status| status.value == StepStatus::Pending);
    by_hand && pending
}

fn is_owned(step: &Step) -> bool {
    step.owner.as_ref().is_some_and(|owner| !owner.is_open())
}
