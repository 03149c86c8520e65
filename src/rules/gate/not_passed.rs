//! `gate/not-passed`: a stage is entered when the gate before it is passed.

use super::stated::{courses, of_course};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Demand, GateResult, Reason, Step, StepFault};
use crate::plan::Course;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("not-passed.md"), check);

const NAME: &str = "gate/not-passed";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for course in courses(context.plan).filter(|course| !course.history.is_empty()) {
        let steps = context.progress.history(course.id);
        for (index, step) in steps.iter().enumerate() {
            for result in closed(step) {
                if let Some(reason) = untold(context, &course, result, &steps[..=index]) {
                    findings.push(not_passed(&course, step, result, reason));
                }
            }
        }
    }
}

/// Returns the gates that a move went through although they were not passed.
fn closed<'s, 'p>(step: &'s Step<'p>) -> impl Iterator<Item = &'s GateResult<'p>> {
    let lacks = |result: &GateResult<'p>| {
        step.faults.iter().any(|fault| {
            matches!(fault, StepFault::Lacks(Demand::Gate(of, name))
                if (*of, *name) == (result.gate.of, result.gate.id))
        })
    };
    step.gates.iter().filter(move |result| lacks(result))
}

/// Returns the first reason for which a gate was not passed, unless other diagnostics tell them all: those of its
/// evidence and its waivers, of the gates before it, and of the train that went through the same gate.
fn untold<'r, 'p>(
    context: &Context<'p>,
    course: &Course<'p>,
    result: &'r GateResult<'p>,
    steps: &[Step<'p>],
) -> Option<Reason<'r, 'p>> {
    let of = context.plan.course(result.gate.of)?;
    if of.id != course.id {
        let of_train = context.progress.history(of.id);
        let mut told = of_train.iter().flat_map(closed);
        if told.any(|other| other.gate.id == result.gate.id) {
            return None;
        }
    }
    let stated = of_course(context, of);
    let is_told = |reason: &Reason<'_, '_>| match reason {
        Reason::Criterion(criterion) => stated.iter().any(|it| {
            it.gate == result.gate.id
                && it.own.id.value.as_ref() == criterion.criterion.id
                && (it.has_incomplete_waiver() || !it.evidence_faults().is_empty())
        }),
        Reason::Gate(name, _) => steps
            .iter()
            .flat_map(closed)
            .any(|other| other.gate.id == *name),
        Reason::Signoff(_) | Reason::Empty => false,
    };
    let mut reasons = result.reasons().into_iter();
    reasons.find(|reason| !reason.holds() && !is_told(reason))
}

fn not_passed(
    course: &Course<'_>,
    step: &Step<'_>,
    result: &GateResult<'_>,
    reason: Reason<'_, '_>,
) -> Finding {
    let date = step.entry.value.date.as_ref();
    let when = date.map_or_else(String::new, |date| format!(" {}", date.resolved.words()));
    let message = format!(
        "{} entered {}{when}, and gate {} was not passed: {reason}",
        course.name(),
        &**step.to,
        result.gate.id
    );
    let finding = Finding::new(NAME, course.locate(step.to.span), message);
    let finding = match result.gate.own.filter(|_| result.gate.of == course.id) {
        Some(own) => finding.also(
            course.locate(own.id.span),
            format!("gate {}", result.gate.id),
        ),
        None => finding,
    };
    finding.hint("complete the gate and write what was decided then, or return to the stage before")
}
