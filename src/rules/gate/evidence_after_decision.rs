//! `gate/evidence-after-decision`: evidence is there before somebody relies on it.

use super::stated::criteria;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::EvidenceFault;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("evidence-after-decision.md"),
    check,
);

const NAME: &str = "gate/evidence-after-decision";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context).filter(|stated| stated.relied_on) {
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
            let message = format!(
                "the evidence of {} was made {}, after the decision {}",
                stated.name(),
                date.resolved.words(),
                decided.words()
            );
            let finding = Finding::new(NAME, stated.locate(Some(date.span)), message);
            findings.push(finding.hint("name the evidence that was seen then, or decide again"));
        }
    }
}
