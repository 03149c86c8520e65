//! `gate/evidence-expired`: evidence still counts when somebody relies on it.

use super::stated::{Stated, criteria};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::EvidenceFault;
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("evidence-expired.md"),
    check,
)
.enforcing(&[Setting::ValidFor]);

const NAME: &str = "gate/evidence-expired";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context) {
        let mut faults = stated.evidence_faults();
        findings.extend(faults.find_map(|fault| outlived(&stated, fault)));
    }
}

/// Returns that evidence no longer counts, if that is its fault.
fn outlived(stated: &Stated<'_>, fault: &EvidenceFault<'_>) -> Option<Finding> {
    let date = stated.evidence()?.date.as_ref();
    let at = stated.locate(date.map(|date| date.span));
    let of = format!("the evidence of {}", stated.name());
    let finding = |why: String| Finding::new(NAME, at, format!("{of} {why}"));
    let renew = "show it anew and write the new evidence with its `date:`, or have it waived";
    Some(match fault {
        EvidenceFault::Undated => finding("counts only for a time, and has no day".to_owned())
            .hint("write the day on which it was made under `date:`"),
        EvidenceFault::Expired(end, decided) => {
            let (end, when) = (end.words(), decided.words());
            let finding = finding(format!("counted until {end}, and the decision is {when}"));
            let finding = match stated.decision(*decided) {
                Some((at, label)) => finding.also(at, label),
                None => finding,
            };
            finding.hint(renew)
        }
        EvidenceFault::BeforeReturn(back) => {
            let (stage, date) = (back.value.stage.as_ref()?, back.value.date.as_ref()?);
            let when = date.resolved.words();
            let label = format!("the return to {} {when}", &**stage);
            finding(format!("is older than the return {when} that re-opened it"))
                .also(stated.course.locate(stage.span), label)
                .hint(renew)
        }
        _ => return None,
    })
}
