//! `transition/future`: a history tells what has happened.

use super::moved;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::StepFault;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("future.md"), check);

const NAME: &str = "transition/future";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for moved in moved(context) {
        let faults = &moved.step.faults;
        let is_future = faults
            .iter()
            .any(|fault| matches!(fault, StepFault::Future));
        let Some(date) = moved.step.entry.value.date.as_ref().filter(|_| is_future) else {
            continue;
        };
        let message = format!(
            "{} has entered {}{}, but today is {}",
            moved.course.name(),
            moved.step.to.value,
            moved.on(),
            context.as_of.words()
        );
        let finding = Finding::new(NAME, moved.course.locate(date.span), message);
        findings.push(finding.hint("correct the date; what is planned belongs under `schedule:`"));
    }
}
