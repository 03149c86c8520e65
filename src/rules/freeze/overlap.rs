//! `freeze/overlap`: nothing is deployed in a hard freeze without an exception.

use super::conflicts::conflicts;
use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::freeze::FreezeSeverity;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("overlap.md"), check);

const NAME: &str = "freeze/overlap";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for conflict in conflicts(context, context.coming()) {
        // What an exception was written for is told where the exception is at fault.
        if conflict.met.severity != FreezeSeverity::Hard || conflict.faulty().is_some() {
            continue;
        }
        let (turnover, freeze) = (conflict.name(context), conflict.freeze(context));
        let message = format!("{turnover} is in {freeze}");
        let finding = conflict.at_turnover(NAME, message, context);
        findings.push(conflict.hint_next_fit(
            finding,
            context,
            "move it out of the freeze, or add an exception document",
        ));
    }
}
