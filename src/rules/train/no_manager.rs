//! `train/no-manager`: whatever has left the draft has somebody who runs it.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("no-manager.md"),
    check,
)
.resting_on(&["manager"]);

const NAME: &str = "train/no-manager";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.courses() {
        match course.manager {
            Some(manager) if !manager.is_open() => continue,
            // A release travels under its train's manager unless it names its own.
            None if plan.course_of_train(course.id).is_some() => continue,
            _ => {}
        }
        let Some(stage) = plan.running_stage(&course) else {
            continue;
        };
        let standing = format!("{} is in {}", course.name(), &**stage);
        let finding = match course.manager {
            None => context.lacking(NAME, course.id, format!("{standing} and has no manager")),
            Some(open) => {
                let message = format!("{standing}, and its manager is to be decided");
                Finding::new(NAME, course.locate(open.span), message)
            }
        };
        let finding = finding.also(
            course.locate(stage.span),
            format!("it entered {} here", &**stage),
        );
        findings.push(finding.hint("write the id of the person who runs it under `manager:`"));
    }
}
