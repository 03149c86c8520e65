//! `gate/criterion-unknown`: what looks like a criterion of the policy is one.

use super::stated::courses;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{StageGate, gates};
use crate::rules::book::{Context, Rule};
use crate::text::{Span, nearest};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("criterion-unknown.md"),
    check,
);

const NAME: &str = "gate/criterion-unknown";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in courses(plan).filter(|course| !course.gates.is_empty()) {
        let Some(policy) = plan.binding_policy(course.id) else {
            continue;
        };
        for gate in gates(plan, course.id) {
            for criterion in &gate.criteria {
                let Some(own) = criterion.own.filter(|_| criterion.model.is_none()) else {
                    continue;
                };
                if criterion.asked.is_some() {
                    continue;
                }
                let Some((best, at)) = meant(&gate, criterion.id) else {
                    continue;
                };
                let message = format!(
                    "gate {} of policy {} has no criterion `{}`",
                    gate.id, policy.document.id, criterion.id
                );
                let finding = Finding::new(NAME, course.locate(own.id.span), message);
                let finding =
                    finding.also(plan.locate(policy.id, at), "nothing is said of this one");
                findings.push(finding.hint(format!("did you mean `{best}`?")));
            }
        }
    }
}

/// Returns the criterion of the policy that `written` most likely means: a similar one of which nothing is said.
fn meant<'p>(gate: &StageGate<'p>, written: &str) -> Option<(&'p str, Span)> {
    let unsaid = gate.criteria.iter().filter(|known| known.own.is_none());
    let asked: Vec<_> = unsaid.filter_map(|known| known.asked).collect();
    let best = *nearest(written, asked.iter().map(|asked| &*asked.id.value)).first()?;
    let found = asked.iter().find(|asked| &*asked.id.value == best)?;
    Some((best, found.id.span))
}
