//! `approval/missing`: nobody goes on without the approvals that the policy asks for.

use super::shortfall::{approved, shortfalls};
use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("missing.md"), check)
        .enforcing(&[Setting::Approvals]);

const NAME: &str = "approval/missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let missing = shortfalls(context)
        .into_iter()
        .filter(|short| approved(&short.signoff) == 0);
    findings.extend(missing.map(|short| short.finding(context, NAME, "is not given")));
}
