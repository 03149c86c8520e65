//! `train/no-purpose`: whatever has left the draft says what it is for.

use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("no-purpose.md"),
    check,
)
.resting_on(&["purpose"]);

const NAME: &str = "train/no-purpose";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.courses() {
        let has_purpose = course
            .purpose
            .is_some_and(|purpose| !purpose.trim().is_empty());
        // A release on a train serves its train's purpose.
        if has_purpose || plan.course_of_train(course.id).is_some() {
            continue;
        }
        let Some(stage) = plan.running_stage(&course) else {
            continue;
        };
        let message = format!(
            "{} is in {} and does not say what it is for",
            course.name(),
            &**stage
        );
        let finding = context.lacking(NAME, course.id, message);
        let finding = finding.also(
            course.locate(stage.span),
            format!("it entered {} here", &**stage),
        );
        findings.push(
            finding.hint("say in one sentence under `purpose:` what will be better afterwards"),
        );
    }
}
