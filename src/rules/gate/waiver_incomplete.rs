//! `gate/waiver-incomplete`: a waiver says who gave it, why and until when.

use super::stated::{Stated, criteria};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::WaiverFault;
use crate::plan::Plan;
use crate::plan::kinds::person::Person;
use crate::rules::book::{Context, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("waiver-incomplete.md"),
    check,
);

const NAME: &str = "gate/waiver-incomplete";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context).filter(Stated::has_incomplete_waiver) {
        let faults = stated.result.waiver.iter().flatten();
        let faults = faults
            .filter(|fault| fault.is_incomplete())
            .filter(|fault| is_ours(context.plan, &stated, fault));
        let lacking: Vec<_> = faults.clone().map(ToString::to_string).collect();
        if lacking.is_empty() {
            continue;
        }
        let message = format!("the waiver of {} {}", stated.name(), lacking.join(", and "));
        let strangers = faults
            .clone()
            .all(|fault| matches!(fault, WaiverFault::NotInRole(_)));
        let (span, hint) = match strangers {
            true => (
                giver(&stated),
                "have it given by somebody who decides on the gate",
            ),
            false => (None, "write `by:`, `reason:` and `expires:` of the waiver"),
        };
        findings.push(Finding::new(NAME, stated.locate(span), message).hint(hint));
    }
}

fn giver(stated: &Stated<'_>) -> Option<Span> {
    let waiver = stated.own.value.waiver.as_ref()?;
    waiver.by.as_ref().map(|by| by.span)
}

/// Returns whether the fault is told here. That somebody is unknown, or has no role at all, the rules on references and
/// people say.
fn is_ours(plan: &Plan, stated: &Stated<'_>, fault: &WaiverFault<'_>) -> bool {
    let giver = || {
        let by = stated.own.value.waiver.as_ref()?.by.as_ref()?;
        plan.get::<Person>(by.target?)
    };
    !matches!(fault, WaiverFault::NotInRole(_)) || giver().is_some_and(|it| !it.roles.is_empty())
}
