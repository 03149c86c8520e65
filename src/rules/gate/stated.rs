//! The gates that answer today, and the criteria of which a train or a release says where they stand, with what is wrong
//! with their evidence and their waivers.

use crate::lifecycle::{
    CriterionResult, EvidenceFault, ExitCriterion, GateResult, StageGate, Standing, WaiverFault,
};
use crate::plan::kinds::person::Person;
use crate::plan::parts::gate::{Criterion, Evidence};
use crate::plan::value::{Item, Reference, When};
use crate::plan::{Course, Plan};
use crate::rules::book::Context;
use crate::rules::standing;
use crate::text::{Location, Span, nearest};
use crate::time::{Day, DayRange};

/// A criterion of which a train or a release says where it stands.
pub(super) struct Stated<'p> {
    pub(super) course: Course<'p>,
    /// Its gate.
    pub(super) gate: &'p GateResult<'p>,
    /// What is said of it.
    pub(super) own: &'p Item<Criterion>,
    pub(super) result: &'p CriterionResult<'p>,
    /// Whether the train or release is still on its way.
    is_open: bool,
}

impl<'p> Stated<'p> {
    /// Returns what it and its gate are called: `criterion regression of gate verification`.
    pub(super) fn name(&self) -> String {
        format!(
            "criterion {} of gate {}",
            self.own.id.value, self.gate.gate.id
        )
    }

    pub(super) fn evidence(&self) -> Option<&'p Evidence> {
        self.own.value.evidence.as_ref()
    }

    /// Returns whether somebody has relied on it: everybody has approved, or the gate was gone through.
    pub(super) fn is_relied_on(&self) -> bool {
        let signoffs = &self.gate.signoffs;
        let approved = !signoffs.is_empty() && signoffs.iter().all(|signoff| signoff.is_granted());
        approved || self.gate.crossed.is_some()
    }

    /// Returns what is wrong with its evidence and told by one of the rules on evidence or on references, unless a waiver
    /// excuses it. As long as nobody has relied on evidence, it may still be renewed; and what has ended does not answer
    /// for what its policy asks of evidence today.
    pub(super) fn evidence_faults(&self) -> impl Iterator<Item = &'p EvidenceFault<'p>> {
        let counts = self.result.standing == Standing::NotMet;
        let (relied_on, is_open) = (self.is_relied_on(), self.is_open);
        let own_end = self
            .evidence()
            .is_some_and(|evidence| evidence.valid_for.is_some());
        let faults = self.result.evidence.iter().filter(move |_| counts);
        faults.filter(move |fault| match fault {
            EvidenceFault::Missing => is_open,
            EvidenceFault::Undated => is_open || own_end,
            EvidenceFault::Expired(..) => relied_on && (is_open || own_end),
            EvidenceFault::BeforeReturn(_) => relied_on,
            EvidenceFault::Nowhere
            | EvidenceFault::Outside
            | EvidenceFault::NoFile(_)
            | EvidenceFault::NoDigest(_)
            | EvidenceFault::Mismatch(_)
            | EvidenceFault::AfterDecision(_) => true,
        })
    }

    /// Returns whether its waiver lacks something that it needs to excuse it.
    pub(super) fn has_incomplete_waiver(&self) -> bool {
        let mut faults = self.result.waiver.iter().flatten();
        !self.result.standing.passes() && faults.any(|fault| fault.is_incomplete())
    }

    /// Returns what its waiver lacks and `gate/waiver-incomplete` tells. That whoever gave it is unknown, or has no role at
    /// all, the rules on references and people say.
    pub(super) fn waiver_gaps(&self, plan: &Plan) -> Vec<&'p WaiverFault<'p>> {
        let by = self.giver().and_then(|by| by.target);
        let has_no_role = |by| plan.get::<Person>(by).is_some_and(|it| it.roles.is_empty());
        let is_told = by.is_none_or(has_no_role);
        let counts = !self.result.standing.passes();
        let faults = self.result.waiver.iter().flatten();
        let gaps = faults.filter(|fault| match fault {
            WaiverFault::NotInRole(_) => counts && !is_told,
            fault => counts && fault.is_incomplete(),
        });
        gaps.collect()
    }

    /// Returns who gave its waiver.
    pub(super) fn giver(&self) -> Option<&'p Reference> {
        let waiver = self.own.value.waiver.as_ref()?;
        waiver.by.as_ref().map(|by| &by.reference)
    }

    /// Returns whether one of the rules on waivers or on references tells as an error why its waiver excuses nothing.
    pub(super) fn is_waiver_told(&self, plan: &Plan) -> bool {
        let is_unknown = |by: &Reference| !by.is_open() && by.target.is_none();
        let unknown = self.giver().is_some_and(is_unknown);
        self.has_incomplete_waiver() && (unknown || !self.waiver_gaps(plan).is_empty())
    }

    /// Returns the day on which its waiver ended, if that alone is why it excuses nothing any more. A gate that was gone
    /// through after that day is a matter of `gate/not-passed`.
    pub(super) fn waived_until(&self) -> Option<Day> {
        let ended = self.result.waiver.iter().flatten();
        let ended = ended
            .filter_map(|fault| match fault {
                WaiverFault::Ended(end) => Some(*end),
                _ => None,
            })
            .next()?;
        let moved = self
            .gate
            .crossed
            .and_then(|entry| entry.value.date.as_ref())
            .and_then(When::days);
        let held = moved.is_none_or(|moved| moved.first <= ended);
        (held && !self.result.standing.passes() && !self.has_incomplete_waiver()).then_some(ended)
    }

    /// Returns the decision that was made on `days` and relied on it, for a label: the approval, or the move through the
    /// gate.
    pub(super) fn decision(&self, days: DayRange) -> Option<(Location, String)> {
        let when = days.words();
        let mut approvals = self.gate.votes.iter().filter(|vote| vote.grants());
        if let Some(vote) = approvals.find(|vote| vote.days == Some(days)) {
            let who = vote.vote.by().map_or("nobody", |by| &by.written);
            return Some((vote.vote.at, format!("{who} approved {when}")));
        }
        let entry = &self.gate.crossed?.value;
        let (stage, date) = (entry.stage.as_ref()?, entry.date.as_ref()?);
        (date.days() == Some(days)).then(|| {
            let label = format!("{} was entered {when}", &**stage);
            (self.course.locate(stage.span), label)
        })
    }

    /// Returns the place of `span`, else that of the criterion.
    pub(super) fn locate(&self, span: Option<Span>) -> Location {
        self.course.locate(span.unwrap_or(self.own.id.span))
    }
}

/// Returns the trains and releases whose gates are asked for: neither older than their policy nor abandoned.
pub(super) fn courses(plan: &Plan) -> impl Iterator<Item = Course<'_>> {
    let answers = |id| !standing::is_exempt(plan, id) && !plan.is_abandoned(id);
    plan.courses().filter(move |course| answers(course.id))
}

/// Returns those of them that are still on their way.
pub(super) fn open_courses(plan: &Plan) -> impl Iterator<Item = Course<'_>> {
    courses(plan).filter(|course| plan.is_open(course.id))
}

/// Returns what the trains and releases of a plan say of the criteria of their gates.
pub(super) fn criteria<'p>(context: &Context<'p>) -> impl Iterator<Item = Stated<'p>> {
    courses(context.plan).flat_map(|course| of_course(context, course))
}

/// Returns what `course` says of the criteria of its gates.
pub(super) fn of_course<'p>(context: &Context<'p>, course: Course<'p>) -> Vec<Stated<'p>> {
    if course.gates.is_empty() {
        return Vec::new();
    }
    let is_open = context.plan.is_open(course.id);
    let of_gate = |gate: &'p GateResult<'p>| {
        gate.criteria.iter().filter_map(move |result| {
            Some(Stated {
                course,
                gate,
                own: result.criterion.own?,
                result,
                is_open,
            })
        })
    };
    let progress = context.progress;
    progress.gates(course.id).iter().flat_map(of_gate).collect()
}

/// Returns each criterion of `gate` that the train or release alone knows, beside the one of its policy or model that it
/// most likely means: a similar one of which nothing is said.
pub(super) fn misspelt<'p>(gate: &StageGate<'p>) -> Vec<(&'p Item<Criterion>, ExitCriterion<'p>)> {
    let is_asked = |it: &&ExitCriterion<'p>| it.asked.is_some() || it.model.is_some();
    let unsaid: Vec<_> = gate.criteria.iter().filter(|it| it.own.is_none()).collect();
    let added = gate.criteria.iter().filter(|it| !is_asked(it));
    let meant = |written: &ExitCriterion<'p>| {
        let best = *nearest(written.id, unsaid.iter().map(|it| it.id)).first()?;
        let known = unsaid.iter().find(|it| it.id == best)?;
        Some((written.own?, **known))
    };
    added.filter_map(meant).collect()
}

/// Returns where `gate` is written: by the train or release itself, else by its policy, else by its model.
pub(super) fn place(plan: &Plan, gate: &StageGate<'_>) -> Option<Location> {
    if let Some(own) = gate.own {
        return Some(plan.locate(gate.of, own.id.span));
    }
    if let Some(asked) = gate.asked {
        return Some(plan.locate(plan.binding_policy(gate.of)?.id, asked.id.span));
    }
    Some(plan.locate(plan.model_of(gate.of)?.id, gate.model?.id.span))
}
