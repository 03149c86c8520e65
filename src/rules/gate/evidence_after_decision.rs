//! `gate/evidence-after-decision`: evidence is there before somebody relies on it.

use super::stated::{Stated, criteria};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::EvidenceFault;
use crate::plan::value::When;
use crate::rules::book::{Context, Rule};
use crate::text::Location;
use crate::time::DayRange;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("evidence-after-decision.md"),
    check,
);

const NAME: &str = "gate/evidence-after-decision";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context) {
        let Some(date) = stated
            .evidence()
            .and_then(|evidence| evidence.date.as_ref())
        else {
            continue;
        };
        for fault in stated.evidence_faults() {
            let EvidenceFault::AfterDecision(decided) = fault else {
                continue;
            };
            let at = stated.locate(Some(date.span));
            findings.push(match stated.is_relied_on() {
                true => too_late(&stated, at, date, *decided),
                false => still_to_come(&stated, at, date, *decided),
            });
        }
    }
}

fn too_late(stated: &Stated<'_>, at: Location, date: &When, decided: DayRange) -> Finding {
    let message = format!(
        "the evidence of {} was made {}, after the decision {}",
        stated.name(),
        date.resolved.words(),
        decided.words()
    );
    let finding = Finding::new(NAME, at, message);
    let finding = match stated.decision(decided) {
        Some((at, label)) => finding.also(at, label),
        None => finding,
    };
    finding.hint("name the evidence that was seen then, or decide again")
}

/// Returns that evidence is of a day that has not come: nobody can have seen it.
fn still_to_come(stated: &Stated<'_>, at: Location, date: &When, today: DayRange) -> Finding {
    let message = format!(
        "the evidence of {} is dated {}, but today is {}",
        stated.name(),
        date.resolved.words().trim_start_matches("on "),
        today.last.words()
    );
    Finding::new(NAME, at, message).hint("correct the date, or write `met` when it is there")
}
