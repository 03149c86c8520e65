//! `transition/skipped-stage`: a stage is left out only where the policy lets the type do so.

use super::{Moved, list, moved};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::StepFault;
use crate::plan::Doc;
use crate::plan::kinds::policy::Policy;
use crate::rules::book::{Context, Rule};
use crate::rules::standing::Asked;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("skipped-stage.md"),
    check,
);

const NAME: &str = "transition/skipped-stage";

fn check(context: &Context<'_>, findings: &mut Findings) {
    // A history may begin in the middle: what came before its first entry is unwritten, but not therefore left out.
    for moved in moved(context).filter(|moved| moved.before.is_some()) {
        let faults = moved.step.faults.iter();
        let skipped: Vec<&str> = faults
            .filter_map(|fault| match fault {
                StepFault::Skips(stage) => Some(*stage),
                _ => None,
            })
            .collect();
        let policy = context.plan.binding_policy(moved.course.id);
        // Where no policy says which stages may be left out, nobody knows that these may not.
        if let Some(policy) = policy.filter(|_| !skipped.is_empty()) {
            findings.push(passed_over(context, &moved, &skipped, policy));
        }
    }
}

fn passed_over(
    context: &Context<'_>,
    moved: &Moved<'_>,
    skipped: &[&str],
    policy: Doc<'_, Policy>,
) -> Finding {
    let (name, from, to) = (moved.course.name(), moved.step.from, &moved.step.to.value);
    let (on, stages, id) = (moved.on(), list(skipped, "and"), &policy.document.id);
    let message = format!("{name} goes from {from} to {to}{on} and passes over {stages}");
    let finding = moved.at_stage(NAME, message);
    let finding = match Asked::of(context.plan, moved.course.id) {
        Some(asked) => {
            let (of_type, span) = (&asked.of_type.id.value, asked.of_type.id.span);
            let label = format!("policy {id} does not let the type {of_type} skip {stages}");
            finding.also(asked.locate(context.plan, span), label)
        }
        None => finding.also(
            context.plan.head(policy.id),
            format!("policy {id} does not let it skip {stages}"),
        ),
    };
    finding.hint(format!("write down when it entered {stages}"))
}
