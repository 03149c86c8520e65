//! `freeze/exception-missing`: what may be deployed in a freeze under a condition has fulfilled it.

use super::conflicts::{Conflict, conflicts};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::freeze::FreezeSeverity;
use crate::rules::book::{Context, Rule};
use crate::schedule::ExceptionFault;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("exception-missing.md"),
    check,
);

const NAME: &str = "freeze/exception-missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let conflicts = conflicts(context, context.coming());
    findings.extend(
        conflicts
            .iter()
            .filter_map(|conflict| missing(context, conflict)),
    );
}

fn missing<'p>(context: &Context<'p>, conflict: &Conflict<'p>) -> Option<Finding> {
    let (turnover, freeze) = (conflict.name(context), conflict.freeze(context));
    match conflict.faulty() {
        Some((exception, ExceptionFault::Partial { release })) => {
            let release = context.name(release);
            let message = format!("{turnover} is in {freeze}, and {release} has no exception");
            let finding = conflict.at_turnover(NAME, message, context);
            let others = format!("{} is for another release", context.name(exception.id));
            let finding = finding.also(context.plan.head(exception.id), others);
            Some(finding.hint(format!(
                "add an exception document for {release}, or deploy without it"
            )))
        }
        None if conflict.met.severity == FreezeSeverity::Soft => {
            let message = format!("{turnover} is in {freeze}, without the extra approval");
            let finding = conflict.at_turnover(NAME, message, context);
            Some(conflict.hint_next_fit(
                finding,
                context,
                "add an exception document with the extra approval",
            ))
        }
        _ => None,
    }
}
