//! `train/no-schedule`: whatever has left the draft has dates.

use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("no-schedule.md"),
    check,
)
.resting_on(&["schedule"]);

const NAME: &str = "train/no-schedule";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.courses() {
        // A release on a train keeps its train's dates.
        if !course.schedule.entries.is_empty() || plan.course_of_train(course.id).is_some() {
            continue;
        }
        let Some(stage) = plan.running_stage(&course) else {
            continue;
        };
        let message = format!("{} is in {} and has no schedule", course.name(), &**stage);
        let finding = context.lacking(NAME, course.id, message);
        let finding = finding.also(
            course.locate(stage.span),
            format!("it entered {} here", &**stage),
        );
        findings
            .push(finding.hint("plan its stages under `schedule:`, as coarsely as they are known"));
    }
}
