//! The criteria of gates as they stand today, with what is wrong with their evidence and their waivers.

use crate::lifecycle::{CriterionResult, EvidenceFault, GateResult, Standing};
use crate::plan::parts::gate::{Criterion, Evidence};
use crate::plan::parts::lifecycle::Transition;
use crate::plan::value::Item;
use crate::plan::{Course, Plan};
use crate::rules::book::Context;
use crate::rules::standing;
use crate::text::{Location, Span, Spanned};

/// A criterion of which a train or a release says where it stands.
pub(super) struct Stated<'p> {
    pub(super) course: Course<'p>,
    /// The id of its gate.
    pub(super) gate: &'p str,
    /// What is said of it.
    pub(super) own: &'p Item<Criterion>,
    pub(super) result: CriterionResult<'p>,
    /// The move that went on through the gate.
    pub(super) crossed: Option<&'p Spanned<Transition>>,
    /// Whether somebody has relied on it: everybody has approved, or the gate was gone through.
    pub(super) relied_on: bool,
}

impl<'p> Stated<'p> {
    fn of(course: Course<'p>, gate: &GateResult<'p>, result: CriterionResult<'p>) -> Option<Self> {
        let approved =
            !gate.signoffs.is_empty() && gate.signoffs.iter().all(|signoff| signoff.is_granted());
        Some(Self {
            course,
            gate: gate.gate.id,
            own: result.criterion.own?,
            result,
            crossed: gate.crossed,
            relied_on: approved || gate.crossed.is_some(),
        })
    }

    /// Returns what it and its gate are called: `criterion regression of gate verification`.
    pub(super) fn name(&self) -> String {
        format!("criterion {} of gate {}", self.own.id.value, self.gate)
    }

    pub(super) fn evidence(&self) -> Option<&'p Evidence> {
        self.own.value.evidence.as_ref()
    }

    /// Returns what is wrong with its evidence, unless a waiver excuses it.
    pub(super) fn evidence_faults(&self) -> &[EvidenceFault<'p>] {
        match self.result.standing {
            Standing::NotMet => &self.result.evidence,
            _ => &[],
        }
    }

    /// Returns whether its waiver lacks something that it needs to excuse it.
    pub(super) fn has_incomplete_waiver(&self) -> bool {
        let mut faults = self.result.waiver.iter().flatten();
        !self.result.standing.passes() && faults.any(|fault| fault.is_incomplete())
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

/// Returns what the trains and releases of a plan say of the criteria of their gates.
pub(super) fn criteria<'p>(context: &Context<'p>) -> impl Iterator<Item = Stated<'p>> {
    courses(context.plan).flat_map(|course| of_course(context, course))
}

/// Returns what `course` says of the criteria of its gates.
pub(super) fn of_course<'p>(context: &Context<'p>, course: Course<'p>) -> Vec<Stated<'p>> {
    if course.gates.is_empty() {
        return Vec::new();
    }
    let gates = context.progress.gates(course.id);
    let of_gate = |gate: &GateResult<'p>| -> Vec<_> {
        let results = gate.criteria.iter().cloned();
        results
            .filter_map(|result| Stated::of(course, gate, result))
            .collect()
    };
    gates.iter().flat_map(of_gate).collect()
}
