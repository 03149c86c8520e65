//! `turnover/no-smoke`: somebody looks whether what was deployed to production works.

use super::requires::production_requiring;
use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::policy::Requirement;
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("no-smoke.md"), check)
        .resting_on(&["smoke", "status", "planned", "environment", "category"])
        .enforcing(&[Setting::Requires(Requirement::Smoke)]);

const NAME: &str = "turnover/no-smoke";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in production_requiring(context, Requirement::Smoke) {
        if !turnover.fields.smoke.is_empty() {
            continue;
        }
        let message = format!("{} has no smoke tests", context.name(turnover.id));
        findings.push(
            context
                .lacking(NAME, turnover.id, message)
                .hint("add `smoke` with what is tried first, and by whom"),
        );
    }
}
