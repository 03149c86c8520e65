//! `gate/waiver-expires-early`: a waiver holds until the deployment.

use super::stated::{Stated, criteria};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Standing, WaiverFault};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("waiver-expires-early.md"),
    check,
);

const NAME: &str = "gate/waiver-expires-early";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context) {
        let ends = stated.own.value.waiver.as_ref();
        let Some(ends) = ends.and_then(|waiver| waiver.expires.as_ref()) else {
            continue;
        };
        let Some((why, hint)) = words(&stated) else {
            continue;
        };
        let message = format!("the waiver of {} {why}", stated.name());
        let finding = Finding::new(NAME, stated.locate(Some(ends.span)), message);
        findings.push(finding.hint(hint));
    }
}

/// Returns how the waiver ends too early, if it excuses something until then, and what to do about it.
fn words(stated: &Stated<'_>) -> Option<(String, &'static str)> {
    if let Some(end) = stated.waived_until() {
        let why = format!("ended on {}, and the gate is open again", end.words());
        return Some((why, "meet the criterion, or have it waived anew"));
    }
    if stated.result.standing != Standing::Waived {
        return None;
    }
    let mut faults = stated.result.waiver.iter().flatten();
    let early = faults.find(|fault| matches!(fault, WaiverFault::EndsEarly(..)))?;
    let hint = "meet the criterion by then, or have the waiver extended beyond the deployment";
    Some((early.to_string(), hint))
}
