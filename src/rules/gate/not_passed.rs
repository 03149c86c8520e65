//! `gate/not-passed`: a stage is entered when the gate before it is passed.

use super::stated::{courses, of_course, place};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{
    CriterionResult, Demand, GateResult, Reason, SignoffResult, Step, StepFault,
};
use crate::plan::Course;
use crate::plan::kinds::approval::Decision;
use crate::plan::parts::gate::CriterionStatus;
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("not-passed.md"), check)
        .enforcing(&[Setting::Gates, Setting::Criteria]);

const NAME: &str = "gate/not-passed";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for course in courses(context.plan).filter(|course| !course.history.is_empty()) {
        let steps = context.progress.history(course.id);
        for index in 0..steps.len() {
            let crossing = Crossing {
                context,
                course,
                steps: &steps[..=index],
            };
            findings.extend(crossing.findings());
        }
    }
}

/// A move of a train or a release through gates.
#[derive(Clone, Copy)]
struct Crossing<'c, 'p> {
    context: &'c Context<'p>,
    course: Course<'p>,
    /// The moves up to this one.
    steps: &'p [Step<'p>],
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

impl<'p> Crossing<'_, 'p> {
    fn findings(&self) -> Vec<Finding> {
        let Some(step) = self.steps.last() else {
            return Vec::new();
        };
        // Where the day of the move cannot be right, nobody knows how the gate stood on the day that is.
        let is_dated =
            |fault: &StepFault<'_>| !matches!(fault, StepFault::Early(_) | StepFault::Future);
        if !step.faults.iter().all(is_dated) {
            return Vec::new();
        }
        let untold = |result| {
            let reasons = self.untold(step, result);
            let (first, rest) = reasons.split_first()?;
            Some(self.not_passed(step, result, first, rest))
        };
        closed(step).filter_map(untold).collect()
    }

    /// Returns the reasons for which a gate was not passed and of which no other diagnostic tells: those of evidence and
    /// waivers, of approvals that are still missing, of the gates before it, and of the train that went through the same
    /// gate.
    fn untold<'r>(&self, step: &Step<'p>, result: &'r GateResult<'p>) -> Vec<Reason<'r, 'p>> {
        let plan = self.context.plan;
        let Some(of) = plan.course(result.gate.of) else {
            return Vec::new();
        };
        let of_train = self.context.progress.history(of.id).iter();
        let mut told = of_train.flat_map(closed);
        if of.id != self.course.id && told.any(|other| other.gate.id == result.gate.id) {
            return Vec::new();
        }
        let answers = |reason: &Reason<'_, '_>| plan.is_open(self.course.id) || is_written(reason);
        let stated = of_course(self.context, of);
        let is_told = |reason: &Reason<'_, 'p>| match reason {
            Reason::Criterion(criterion) => stated.iter().any(|it| {
                it.gate.gate.id == result.gate.id
                    && &*it.own.id.value == criterion.criterion.id
                    && (it.is_waiver_told(plan) || it.evidence_faults().next().is_some())
            }),
            Reason::Gate(name, _) => {
                let mut before = self.steps.iter().flat_map(closed);
                before.any(|other| other.gate.id == *name)
            }
            Reason::Signoff(signoff) => self.is_missing_today(step, result, signoff),
            Reason::Empty => false,
        };
        let reasons = result.reasons().into_iter();
        reasons
            .filter(|reason| !reason.holds() && answers(reason) && !is_told(reason))
            .collect()
    }

    /// Returns whether an approval is still missing today, which the group `approval` tells for whatever is open and bound
    /// by a policy. Where somebody has rejected, that is no approval that is missing.
    fn is_missing_today(
        &self,
        step: &Step<'p>,
        result: &GateResult<'p>,
        then: &SignoffResult<'p>,
    ) -> bool {
        let (plan, of) = (self.context.plan, result.gate.of);
        let train = self.course.document.belongs.train;
        let is_open = plan.is_open(of) && train.is_none_or(|train| plan.is_open(train));
        if of != self.course.id || !is_open || plan.binding_policy(of).is_none() {
            return false;
        }
        let Some(now) = self.context.progress.gate(of, result.gate.id) else {
            return false;
        };
        let is_this = now
            .crossed
            .is_some_and(|entry| entry.span == step.entry.span);
        let mut signoffs = now.signoffs.iter();
        let same = signoffs.find(|signoff| signoff.signoff.level == then.signoff.level);
        is_this && same.is_some_and(|now| !now.is_granted() && !is_rejected(now))
    }

    fn not_passed(
        &self,
        step: &Step<'p>,
        result: &GateResult<'p>,
        first: &Reason<'_, 'p>,
        rest: &[Reason<'_, 'p>],
    ) -> Finding {
        let date = step.entry.value.date.as_ref();
        let when = date.map_or_else(String::new, |date| format!(" {}", date.resolved.words()));
        let gate = &result.gate;
        let message = format!(
            "{} entered {}{when} although gate {} was not passed: {first}",
            self.course.name(),
            &**step.to,
            gate.id
        );
        let finding = Finding::new(NAME, self.course.locate(step.to.span), message);
        let rest: Vec<_> = rest.iter().map(ToString::to_string).collect();
        let label = match rest.is_empty() {
            true => format!("gate {}", gate.id),
            false => format!("gate {}: also {}", gate.id, rest.join(", ")),
        };
        let finding = match place(self.context.plan, gate) {
            Some(at) => finding.also(at, label),
            None => finding,
        };
        finding.hint(self.hint(step, result, first))
    }

    /// Returns what to do about `reason`: write what was so on that day, or go back and through the gate again.
    fn hint(&self, step: &Step<'p>, result: &GateResult<'p>, reason: &Reason<'_, 'p>) -> String {
        let (plan, gate, to) = (self.context.plan, result.gate.id, &**step.to);
        let stages = plan.stages_of(self.course.id);
        let closes = stages.gate_position(gate);
        let from = closes.and_then(|position| stages.names().nth(position));
        let from = from.unwrap_or(step.from);
        let again = format!("return to {from}, and enter {to} again when the gate is passed");
        let of = &plan.document(result.gate.of).id;
        match reason {
            Reason::Signoff(signoff) => {
                let level = signoff.signoff.level;
                let command = format!("trainboard approve {of}/{gate} --level {level}");
                format!("if it was approved by then, write that down: `{command}`; if not, {again}")
            }
            Reason::Criterion(criterion) => {
                let id = criterion.criterion.id;
                format!("if {id} was met or waived by then, write that down; if not, {again}")
            }
            Reason::Gate(name, _) => format!("pass gate {name} first: {again}"),
            Reason::Empty => again,
        }
    }
}

/// Returns whether the train or release itself has written that `reason` stood against it. What has ended does not answer
/// for what a policy may have come to ask since.
fn is_written(reason: &Reason<'_, '_>) -> bool {
    match reason {
        Reason::Criterion(criterion) => is_written_unmet(criterion),
        Reason::Signoff(signoff) => is_rejected(signoff),
        Reason::Gate(..) | Reason::Empty => false,
    }
}

fn is_written_unmet(criterion: &CriterionResult<'_>) -> bool {
    let own = criterion.criterion.own;
    let status = own.and_then(|own| own.value.status.as_ref());
    status.is_some_and(|status| status.value != CriterionStatus::Met)
}

fn is_rejected(signoff: &SignoffResult<'_>) -> bool {
    let stands = |vote: &crate::lifecycle::JudgedVote<'_>| {
        vote.vote.decision() == Some(Decision::Rejected)
            && !vote.faults.iter().any(|fault| fault.disqualifies())
    };
    signoff.others.iter().any(stands)
}
