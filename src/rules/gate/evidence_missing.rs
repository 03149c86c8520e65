//! `gate/evidence-missing`: what is met and needs evidence has some.

use super::stated::criteria;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::EvidenceFault;
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("evidence-missing.md"),
    check,
)
.enforcing(&[Setting::Evidence]);

const NAME: &str = "gate/evidence-missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context) {
        // Where a file is named that is not there, `reference/missing-asset` says so.
        let why = match stated.evidence_faults().next() {
            Some(EvidenceFault::Missing) => "it has no evidence",
            Some(EvidenceFault::Nowhere) => "its evidence names neither an address nor a file",
            _ => continue,
        };
        let message = format!("{} is met, but {why}", stated.name());
        let mut finding = Finding::new(NAME, stated.locate(None), message);
        if let Some(asked) = stated.result.criterion.asked
            && let Some(rule) = &asked.value.evidence
            && let Some(policy) = context.plan.binding_policy(stated.course.id)
        {
            let at = context.plan.locate(policy.id, rule.span);
            finding = finding.also(at, format!("policy {} asks for it", policy.document.id));
        }
        findings
            .push(finding.hint("add `evidence:` with a `url:`, or a `file:` and its `sha256:`"));
    }
}
