//! `gate/waiver-incomplete`: a waiver says who gave it, why and until when.

use super::stated::{Stated, criteria};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::WaiverFault;
use crate::rules::book::{Context, Rule, Setting};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("waiver-incomplete.md"),
    check,
)
.enforcing(&[Setting::Criteria]);

const NAME: &str = "gate/waiver-incomplete";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context) {
        let faults = stated.waiver_gaps(context.plan);
        let lacking: Vec<_> = faults.iter().map(|fault| words(&stated, fault)).collect();
        if lacking.is_empty() {
            continue;
        }
        let message = format!("the waiver of {} {}", stated.name(), lacking.join(", and "));
        let strangers = faults
            .iter()
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

fn words(stated: &Stated<'_>, fault: &WaiverFault<'_>) -> String {
    match (fault, stated.giver()) {
        (WaiverFault::NotInRole(roles), Some(by)) if !roles.is_empty() => {
            format!(
                "was given by {}, who was not {}",
                by.written,
                roles.join(" or ")
            )
        }
        _ => fault.to_string(),
    }
}
