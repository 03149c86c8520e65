//! `gate/empty`: a gate asks for something.

use rustc_hash::FxHashSet;

use super::stated::courses;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{StageGate, gates};
use crate::plan::{Course, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::Location;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("empty.md"), check);

const NAME: &str = "gate/empty";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut seen = FxHashSet::default();
    for course in courses(plan) {
        let gates = gates(plan, course.id);
        for gate in gates.iter().filter(|gate| gate.is_empty()) {
            // The gate of a policy or a model is at fault once, however many follow it.
            let place = place(plan, &course, gate).filter(|at| seen.insert((at.file, at.span)));
            let Some(at) = place else { continue };
            let message = format!("gate {} asks for nothing", gate.id);
            let finding = Finding::new(NAME, at, message);
            findings.push(finding.hint("add `criteria:` or `approvals:`, or remove the gate"));
        }
    }
}

/// Returns where the gate is written: by the course itself, else by its policy, else by its model.
fn place(plan: &Plan, course: &Course<'_>, gate: &StageGate<'_>) -> Option<Location> {
    if let Some(own) = gate.own {
        return Some(course.locate(own.id.span));
    }
    if let Some(asked) = gate.asked {
        return Some(plan.locate(plan.binding_policy(course.id)?.id, asked.id.span));
    }
    Some(plan.locate(plan.model_of(course.id)?.id, gate.model?.id.span))
}
