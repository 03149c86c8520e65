//! `gate/evidence-mismatch`: a file of evidence is the one that was seen.

use super::stated::criteria;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::EvidenceFault;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("evidence-mismatch.md"),
    check,
);

const NAME: &str = "gate/evidence-mismatch";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for stated in criteria(context) {
        let Some(evidence) = stated.evidence() else {
            continue;
        };
        let Some(file) = &evidence.file else { continue };
        for fault in stated.evidence_faults() {
            let written = evidence.sha256.as_ref().map(|digest| digest.span);
            let name = stated.name();
            let (span, message, hint) = match fault {
                EvidenceFault::Mismatch(digest) => (
                    written,
                    format!(
                        "the evidence of {name}, `{}`, is not the file that was seen",
                        &**file
                    ),
                    format!(
                        "look at it again; if it is the right one, write `sha256: {}`",
                        digest.0
                    ),
                ),
                EvidenceFault::NoDigest(digest) => (
                    Some(file.span),
                    format!("the evidence of {name}, `{}`, has no digest", &**file),
                    format!("write `sha256: {}` beside it", digest.0),
                ),
                _ => continue,
            };
            findings.push(Finding::new(NAME, stated.locate(span), message).hint(hint));
        }
    }
}
