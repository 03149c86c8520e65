//! `dependency/unknown-external`: what is needed from outside of the plan is said.

use super::needs::place;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::schedule::{Fault, Needed};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("unknown-external.md"),
    check,
);

const NAME: &str = "dependency/unknown-external";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (need, fault) in context.schedule.faults(context.as_of) {
        let Needed::External(text) = need.needed else {
            continue;
        };
        let name = context.name(need.release.id);
        let (message, hint) = match fault {
            Fault::Unsaid => (
                format!("{name} needs something from outside, and does not say what"),
                "say in words what is needed, and from whom".to_owned(),
            ),
            Fault::UnknownPlan(plan) => (
                format!(
                    "{name} needs `{}`, and no plan `{plan}` is imported",
                    text.trim()
                ),
                format!("import `{plan}` in trainboard.yaml, or say in words what is needed"),
            ),
            _ => continue,
        };
        findings.push(Finding::new(NAME, place(context, need), message).hint(hint));
    }
}
