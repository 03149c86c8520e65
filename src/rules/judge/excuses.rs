//! Excuses: what `allow:` takes out of the findings, and the entries that take nothing out.
//!
//! An entry excuses the findings whose primary place is in its own document. A milestone that is written inside a train is
//! a document of its own, so its entries excuse what is found within it and nothing else of the file; the train's entries
//! excuse the whole file. The innermost entry is asked first. Entries for `document/unused-allow` come last, for they
//! excuse other entries. While something in the plan could not be read, nobody knows what an entry would excuse, and none
//! is called unused.

use super::unknown_rule;
use crate::diagnostic::{Finding, Findings};
use crate::plan::common::Allow;
use crate::plan::{Document, Plan};
use crate::text::{Location, Spanned};

const UNUSED: &str = "document/unused-allow";

/// An entry of `allow` that names a rule, and the document that it stands in.
#[derive(Clone, Copy)]
struct Excuse<'p> {
    rule: &'p Spanned<Box<str>>,
    document: &'p Document,
}

/// Returns `findings` without those that their document allows, and with one for each entry of `allow` that drops
/// nothing. An entry without a reason excuses nothing, and its missing reason is reported already.
pub(super) fn apply(plan: &Plan, mut findings: Findings) -> Findings {
    let mut excuses = excuses(plan, &mut findings);
    // Of two documents that hold a place, the one inside the other has fewer bytes.
    excuses.sort_by_key(|excuse| (excuse.is_of_excuses(), size(excuse.document)));
    let (others, of_excuses) =
        excuses.split_at(excuses.partition_point(|excuse| !excuse.is_of_excuses()));
    let is_read = plan.doubtful().next().is_none();
    for stage in [others, of_excuses] {
        let unused: Vec<Excuse<'_>> = stage
            .iter()
            .filter(|excuse| !excuse.take_from(&mut findings))
            .copied()
            .collect();
        let unused: Findings = unused
            .iter()
            .filter(|_| is_read)
            .map(|excuse| excuse.unused(plan, &findings))
            .collect();
        findings.extend(unused);
    }
    findings
}

/// Returns every entry that can excuse something; rules that do not exist are reported.
fn excuses<'p>(plan: &'p Plan, findings: &mut Findings) -> Vec<Excuse<'p>> {
    let mut excuses = Vec::new();
    for (_, document) in plan.documents() {
        for entry in &document.common.allow {
            let Allow {
                rule: Some(rule),
                reason,
                ..
            } = &entry.value
            else {
                continue;
            };
            if crate::rules::find(rule).is_none() {
                findings.push(unknown_rule(rule, Location::new(document.file, rule.span)));
            } else if reason.is_some() {
                excuses.push(Excuse { rule, document });
            }
        }
    }
    excuses
}

fn size(document: &Document) -> u32 {
    document.extent.end.saturating_sub(document.extent.start)
}

impl Excuse<'_> {
    fn is_of_excuses(&self) -> bool {
        *self.rule.value == *UNUSED
    }

    /// Drops what the entry excuses from `findings`; returns whether there was anything.
    fn take_from(&self, findings: &mut Findings) -> bool {
        let before = findings.len();
        findings.retain(|finding| !(self.names(finding) && self.holds(finding.at)));
        findings.len() < before
    }

    fn names(&self, finding: &Finding) -> bool {
        *self.rule.value == *finding.rule.0
    }

    /// Returns whether `at` is in the entry's document.
    fn holds(&self, at: Location) -> bool {
        at.file == self.document.file && self.document.extent.contains(at.span.start as usize)
    }

    /// Returns what is to be said of an entry that excuses none of `findings`.
    fn unused(&self, plan: &Plan, findings: &[Finding]) -> Finding {
        let at = Location::new(self.document.file, self.rule.span);
        let message = format!("nothing here breaks `{}`", &*self.rule.value);
        let unused = Finding::new(UNUSED, at, message);
        // The fault that the author means may be reported where it is to be mended, and only explained from here.
        let elsewhere = findings.iter().find(|finding| {
            self.names(finding) && finding.labels.iter().any(|label| self.holds(label.at))
        });
        match elsewhere {
            Some(fault) => {
                let path = &plan.sources.get(fault.at.file).path;
                unused
                    .also(fault.at, "the fault is reported here")
                    .hint(format!(
                        "move this entry to {path}, where the fault is reported, or remove it"
                    ))
            }
            None => unused.hint("remove this entry of `allow`"),
        }
    }
}
