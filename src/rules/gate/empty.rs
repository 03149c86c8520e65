//! `gate/empty`: a gate asks for something.

use rustc_hash::FxHashSet;

use super::stated::{open_courses, place};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::gates;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("empty.md"), check);

const NAME: &str = "gate/empty";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut seen = FxHashSet::default();
    for course in open_courses(plan) {
        let gates = gates(plan, course.id);
        for gate in gates.iter().filter(|gate| gate.is_empty()) {
            // The gate of a policy or a model is at fault once, however many follow it.
            let place = place(plan, gate).filter(|at| seen.insert((at.file, at.span)));
            let Some(at) = place else { continue };
            let message = format!("gate {} asks for nothing", gate.id);
            let finding = Finding::new(NAME, at, message);
            findings.push(finding.hint("add `criteria:` or `approvals:`, or remove the gate"));
        }
    }
}
