//! `turnover/copied-task-lost`: a copy of a turnover still has the steps of the one that it was copied from.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::{Step, StepStatus};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("copied-task-lost.md"),
    check,
);

const NAME: &str = "turnover/copied-task-lost";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for turnover in context.coming() {
        let reference = turnover.fields.from.as_ref();
        let Some((reference, from)) = reference.zip(plan.follow::<Turnover>(reference)) else {
            continue;
        };
        // Without any step it is not written yet.
        if turnover.fields.tasks.is_empty() {
            continue;
        }
        let steps = from.fields.tasks.iter();
        let lost: Vec<_> = steps
            .filter(|step| !is_skipped(step))
            .filter(|step| turnover.fields.tasks.get(&step.id.value).is_none())
            .collect();
        let Some(first) = lost.first() else { continue };
        let names: Vec<_> = lost.iter().map(|step| &*step.id.value).collect();
        let (name, source) = (context.name(turnover.id), context.name(from.id));
        let message = format!(
            "{name} is copied from {source} and lacks {} of it: {}",
            if names.len() == 1 { "a step" } else { "steps" },
            names.join(", ")
        );
        findings.push(
            Finding::new(NAME, plan.locate(turnover.id, reference.span), message)
                .also(plan.locate(from.id, first.id.span), "the first of them")
                .hint("add what is missing, or keep it with `status: skipped` and a `reason`"),
        );
    }
}

fn is_skipped(step: &Step) -> bool {
    step.status
        .as_ref()
        .is_some_and(|status| status.value == StepStatus::Skipped)
}
