//! `milestone/overdue`: a promise is kept by its day.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::milestone::Milestone;
use crate::rules::book::{Context, Rule};
use crate::time::DayRange;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("overdue.md"), check);

const NAME: &str = "milestone/overdue";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let today = DayRange::day(context.as_of);
    for milestone in plan.all::<Milestone>() {
        let Some(due) = milestone.due.as_ref().filter(|_| milestone.is_promised()) else {
            continue;
        };
        let passed = due.days().is_some_and(|days| days.certainly_before(today));
        let belongs = milestone.document.belongs;
        let mut owners = [belongs.release, belongs.train].into_iter().flatten();
        if !passed || owners.any(|owner| !plan.is_under_way(owner)) {
            continue;
        }
        let name = milestone.document.short_id();
        let message = format!(
            "milestone {name} was due {} and is not done",
            due.resolved.words()
        );
        let finding = Finding::new(NAME, plan.locate(milestone.id, due.span), message);
        findings.push(finding.hint(
            "write the day on which it was reached under `done:`, or a new day under `due:`",
        ));
    }
}
