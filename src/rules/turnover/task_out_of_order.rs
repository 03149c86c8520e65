//! `turnover/task-out-of-order`: steps were done in the order of the run sheet.

use crate::diagnostic::{Finding, Findings, Severity};
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
