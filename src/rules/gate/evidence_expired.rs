//! `gate/evidence-expired`: evidence still counts when somebody relies on it.

use super::stated::{Stated, criteria};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::EvidenceFault;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("evidence-expired.md"),
    check,
);

const NAME: &str = "gate/evidence-expired";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context) {
        let dated = stated
            .evidence()
            .and_then(|evidence| evidence.date.as_ref());
        let why = stated
            .evidence_faults()
            .iter()
            .find_map(|fault| words(&stated, fault));
        let Some(why) = why else { continue };
        let message = format!("the evidence of {} {why}", stated.name());
        let finding = Finding::new(NAME, stated.locate(dated.map(|date| date.span)), message);
        let hint = match dated {
            Some(_) => {
                "show it anew and write the new evidence with its `date:`, or have it waived"
            }
            None => "write the day on which it was made under `date:`",
        };
        findings.push(finding.hint(hint));
    }
}

/// Returns why the evidence no longer counts. As long as nobody has relied on it, it may still be renewed.
fn words(stated: &Stated<'_>, fault: &EvidenceFault<'_>) -> Option<String> {
    match fault {
        EvidenceFault::Undated => Some("counts only for a time, and has no day".to_owned()),
        EvidenceFault::Expired(end, decided) if stated.relied_on => Some(format!(
            "counted until {}, and the decision is {}",
            end.words(),
            decided.words()
        )),
        EvidenceFault::BeforeReturn(back) if stated.relied_on => {
            let back = back.value.date.as_ref()?;
            let when = back.resolved.words();
            Some(format!("is older than the return {when} that re-opened it"))
        }
        _ => None,
    }
}
