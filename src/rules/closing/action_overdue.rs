//! `closing/action-overdue`: what a post mortem asks for is done in time.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::review::Review;
use crate::rules::book::{Context, Rule};
use crate::time::DayRange;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("action-overdue.md"),
    check,
);

const NAME: &str = "closing/action-overdue";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let today = DayRange::day(context.as_of);
    for review in plan.all::<Review>() {
        for action in review
            .fields
            .actions
            .iter()
            .filter(|it| it.value.done.is_none())
        {
            let Some(due) = &action.value.due else {
                continue;
            };
            if !due.days().is_some_and(|days| days.certainly_before(today)) {
                continue;
            }
            let message = format!(
                "action {} was due {} and is not done",
                action.id.value,
                due.resolved.words()
            );
            let finding = Finding::new(NAME, plan.locate(review.id, due.span), message);
            findings.push(finding.hint(
                "write the day on which it was done under `done:`, or a new day under `due:`",
            ));
        }
    }
}
