//! `transition/skipped-stage`: a stage is left out only where the policy lets the type do so.

use super::{Moved, list, moved};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::StepFault;
use crate::plan::{DocId, Plan};
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::{Asked, is_exempt};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("skipped-stage.md"),
    check,
)
.enforcing(&[Setting::Skips]);

const NAME: &str = "transition/skipped-stage";

fn check(context: &Context<'_>, findings: &mut Findings) {
    // A history may begin in the middle: what came before its first entry is unwritten, but not therefore left out. The
    // gates before that entry are asked for all the same.
    for moved in moved(context).filter(|moved| moved.before.is_some()) {
        let faults = moved.step.faults.iter();
        let skipped: Vec<&str> = faults
            .filter_map(|fault| match fault {
                StepFault::Skips(stage) => Some(*stage),
                _ => None,
            })
            .collect();
        if !skipped.is_empty() && answers(context.plan, moved.course.id) {
            findings.push(passed_over(context, &moved, &skipped));
        }
    }
}

/// Returns whether the train or release `id` still answers for the stages that it left out: it is open, and not older
/// than its policy.
fn answers(plan: &Plan, id: DocId) -> bool {
    plan.is_open(id) && !is_exempt(plan, id)
}

fn passed_over(context: &Context<'_>, moved: &Moved<'_>, skipped: &[&str]) -> Finding {
    let (name, from, to) = (moved.course.name(), moved.step.from, &moved.step.to.value);
    let (on, stages) = (moved.on(), list(skipped, "and"));
    let message = format!("{name} goes from {from} to {to}{on} and passes over {stages}");
    let finding = moved.at_stage(NAME, message);
    let plan = context.plan;
    let asked = Asked::of(plan, moved.course.id);
    let policy = plan.binding_policy(moved.course.id);
    let (finding, who) = match (asked, policy) {
        (Some(asked), _) => {
            let (id, of_type) = (&asked.policy.document.id, &asked.of_type.id);
            let label = format!(
                "policy {id} does not let the type {} skip {stages}",
                of_type.value
            );
            let finding = finding.also(asked.locate(plan, of_type.span), label);
            (finding, format!("let policy {id} list it under `skips:`"))
        }
        (None, Some(policy)) => {
            let id = &policy.document.id;
            let label = format!("policy {id} does not let it skip {stages}");
            let finding = finding.also(plan.head(policy.id), label);
            (finding, "give it a type that may skip that".to_owned())
        }
        (None, None) => (
            finding,
            "name a policy that lets its type skip that".to_owned(),
        ),
    };
    finding.hint(format!("write down when it entered {stages}, or {who}"))
}
