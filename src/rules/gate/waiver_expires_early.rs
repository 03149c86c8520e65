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
        let mut faults = stated.result.waiver.iter().flatten();
        let Some(why) = faults.find_map(|fault| words(&stated, fault)) else {
            continue;
        };
        let message = format!("the waiver of {} {why}", stated.name());
        let finding = Finding::new(NAME, stated.locate(Some(ends.span)), message);
        findings.push(finding.hint("meet the criterion until then, or have the waiver extended"));
    }
}

/// Returns how the waiver ends too early, if it excused something until then.
fn words(stated: &Stated<'_>, fault: &WaiverFault<'_>) -> Option<String> {
    match fault {
        WaiverFault::EndsEarly(..) if stated.result.standing == Standing::Waived => {
            Some(fault.to_string())
        }
        WaiverFault::Ended(end) if !stated.result.standing.passes() => {
            let moved = stated.crossed.and_then(|entry| entry.value.date.as_ref());
            // The gate that was gone through after the waiver had ended is a matter of `gate/not-passed`.
            let held = moved
                .and_then(|date| date.days())
                .is_none_or(|moved| moved.first <= *end);
            let holds_else = !stated.has_incomplete_waiver();
            (held && holds_else).then(|| format!("{fault}, and nothing else excuses it"))
        }
        _ => None,
    }
}
