//! `freeze/exception-late`: an exception is granted before the deployment begins.

use super::conflicts::conflicts;
use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::schedule::ExceptionFault;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("exception-late.md"),
    check,
);

const NAME: &str = "freeze/exception-late";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for conflict in conflicts(context, context.on_the_way()) {
        let Some((exception, ExceptionFault::Late)) = conflict.faulty() else {
            continue;
        };
        let decision = exception.fields.decision.as_ref();
        let Some(date) = decision.and_then(|decision| decision.date.as_ref()) else {
            continue;
        };
        let (name, turnover) = (context.name(exception.id), conflict.name(context));
        let decided = date.resolved.words();
        let message = format!("{name} was granted {decided}, after {turnover} had begun");
        let at = context.plan.locate(exception.id, date.span);
        let finding = conflict.at_exception(NAME, at, message, context);
        findings.push(finding.hint("correct the day, or allow it and say who agreed beforehand"));
    }
}
