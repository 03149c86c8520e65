//! `closing/cmdb-missing`: a closed release is in the configuration database.

use super::closed;
use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("cmdb-missing.md"),
    check,
)
.resting_on(&["records", "outcome"]);

const NAME: &str = "closing/cmdb-missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (closed, release) in closed::recorded(context.plan) {
        let records = release.fields.records.as_ref();
        if records.is_some_and(|records| records.cmdb.is_some()) {
            continue;
        }
        let message = format!(
            "release {} is closed without a record in the configuration database",
            release.document.id
        );
        let finding = context.lacking(NAME, release.id, message);
        let finding = finding.also(closed.at, closed.words());
        findings.push(finding.hint("write the address of the record under `records: {cmdb: …}`"));
    }
}
