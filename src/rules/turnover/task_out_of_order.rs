//! `turnover/task-out-of-order`: steps were done in the order of the run sheet, and each ended after it was begun.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::Step;
use crate::plan::value::Item;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("task-out-of-order.md"),
    check,
);

const NAME: &str = "turnover/task-out-of-order";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in context.on_the_way() {
        let reversed = context.schedule.reversed(turnover);
        findings.extend(
            reversed
                .into_iter()
                .filter_map(|step| ended_first(context, turnover, step)),
        );
        for disorder in context.schedule.disorders(turnover) {
            let (earlier, later) = (disorder.earlier, disorder.later);
            let Some(started) = &later.started else {
                continue;
            };
            let message = format!(
                "step {} of {} was begun before step {} had ended",
                later.id.value,
                context.name(turnover.id),
                earlier.id.value
            );
            let at = context.plan.locate(turnover.id, started.span);
            let finding = Finding::new(NAME, at, message);
            let finding = match &earlier.finished {
                Some(finished) => finding.also(
                    context.plan.locate(turnover.id, finished.span),
                    format!("step {} ended", earlier.id.value),
                ),
                None => finding,
            };
            findings.push(
                finding.hint("correct the times, or give both the same `seq` if the order is free"),
            );
        }
    }
}

/// Returns that `step` of `turnover` ended before it was begun.
fn ended_first(
    context: &Context<'_>,
    turnover: Doc<'_, Turnover>,
    step: &Item<Step>,
) -> Option<Finding> {
    let (started, finished) = (step.started.as_ref()?, step.finished.as_ref()?);
    let (id, name) = (&step.id.value, context.name(turnover.id));
    let message = format!("step {id} of {name} ended before it was begun");
    let at = |span| context.plan.locate(turnover.id, span);
    let finding = Finding::new(NAME, at(finished.span), message);
    let finding = finding.also(at(started.span), "it was begun here");
    Some(finding.hint("correct the time that is wrong"))
}
