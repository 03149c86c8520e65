//! `dependency/unknown-external`: what is needed from outside of the plan is said.

use super::needs::{open_needs, place};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Kind;
use crate::rules::book::{Context, Rule};
use crate::schedule::Needed;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("unknown-external.md"),
    check,
);

const NAME: &str = "dependency/unknown-external";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for need in open_needs(context) {
        let Needed::External(text) = need.needed else {
            continue;
        };
        let name = context.name(need.release.id);
        let text = text.trim();
        let (message, hint) = if text.is_empty() || text == "tbd" {
            (
                format!("{name} needs something from outside, and does not say what"),
                "say in words what is needed, and from whom".to_owned(),
            )
        } else if let Some(plan) = unknown_plan(context, text) {
            (
                format!("{name} needs `{text}`, and no plan `{plan}` is imported"),
                format!("import `{plan}` in trainboard.yaml, or say in words what is needed"),
            )
        } else {
            continue;
        };
        findings.push(Finding::new(NAME, place(context, need), message).hint(hint));
    }
}

/// Returns the plan in `plan/release:id`, unless it is imported.
fn unknown_plan<'t>(context: &Context<'_>, text: &'t str) -> Option<&'t str> {
    let (plan, rest) = text.split_once('/')?;
    let (kind, _) = rest.split_once(':')?;
    let known = context.plan.config.imports.get(plan).is_some();
    (Kind::named(kind).is_some() && !known).then_some(plan)
}
