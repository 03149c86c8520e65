//! `freeze/exception-unapproved`: a deployment waits until its exception is granted.

use super::conflicts::conflicts;
use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::schedule::ExceptionFault;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("exception-unapproved.md"),
    check,
);

const NAME: &str = "freeze/exception-unapproved";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for conflict in conflicts(context, context.coming()) {
        let Some((exception, fault)) = conflict.faulty() else {
            continue;
        };
        let said = match fault {
            ExceptionFault::Rejected => "was rejected",
            ExceptionFault::Reverted => "was taken back",
            ExceptionFault::Undecided => "has not been decided",
            _ => continue,
        };
        let decision = exception.fields.decision.as_ref();
        let at = match decision.and_then(|decision| decision.result.as_ref()) {
            Some(result) => context.plan.locate(exception.id, result.span),
            None => context.plan.head(exception.id),
        };
        let (name, turnover) = (context.name(exception.id), conflict.name(context));
        let freeze = conflict.freeze(context);
        let message = format!("{name} {said}, and {turnover} is in {freeze}");
        let finding = conflict.at_exception(NAME, at, message, context);
        findings.push(conflict.hint_next_fit(
            finding,
            context,
            "move the turnover out of the freeze, or have the exception decided",
        ));
    }
}
