//! What is stopped: trains and releases on hold, and criteria that are known not to be met.

use super::criteria::Standing;
use super::gates::ExitCriterion;
use super::results::gate_results;
use crate::plan::parts::lifecycle::OnHold;
use crate::plan::{DocId, Plan};
use crate::time::Day;

/// Something that stops a train or a release.
#[derive(Clone, Copy, Debug)]
pub struct Blocked<'p> {
    /// The train or release that is stopped.
    pub document: DocId,
    /// What stops it.
    pub by: Obstacle<'p>,
}

/// What stops a train or a release.
#[derive(Clone, Copy, Debug)]
pub enum Obstacle<'p> {
    /// Somebody put it on hold.
    Hold(&'p OnHold),
    /// A criterion of a gate that is not passed does not hold, and nobody has waived it.
    Criterion {
        /// The gate's id.
        gate: &'p str,
        /// The criterion.
        criterion: ExitCriterion<'p>,
    },
}

/// Returns everything that is stopped on `day`: what is on hold first, then by train or release.
pub fn blocked(plan: &Plan, day: Day) -> Vec<Blocked<'_>> {
    let mut found: Vec<_> = plan
        .courses()
        .flat_map(|course| obstacles(plan, course.id, day))
        .collect();
    found.sort_by_key(|blocked| (!matches!(blocked.by, Obstacle::Hold(_)), blocked.document));
    found
}

/// Returns what stops the train or release `id` on `day`; nothing stops one that is no longer on its way.
pub fn obstacles(plan: &Plan, id: DocId, day: Day) -> Vec<Blocked<'_>> {
    let Some(course) = plan.course(id) else {
        return Vec::new();
    };
    if !plan.is_open(id)
        || course
            .document
            .belongs
            .train
            .is_some_and(|train| !plan.is_open(train))
    {
        return Vec::new();
    }
    let held = course.on_hold.map(Obstacle::Hold);
    // What nobody has written down yet is not known to fail.
    let unmet = if course.gates.is_empty() {
        Vec::new()
    } else {
        unmet(plan, id, day)
    };
    held.into_iter()
        .chain(unmet)
        .map(|by| Blocked { document: id, by })
        .collect()
}

fn unmet(plan: &Plan, id: DocId, day: Day) -> Vec<Obstacle<'_>> {
    let results = gate_results(plan, id, day);
    let open = results.iter().filter(|result| !result.is_passed());
    let criteria = open.flat_map(|result| {
        result
            .criteria
            .iter()
            .map(|criterion| (result.gate.id, criterion))
    });
    let unmet = criteria.filter(|(_, result)| result.standing == Standing::NotMet);
    unmet
        .map(|(gate, result)| Obstacle::Criterion {
            gate,
            criterion: result.criterion,
        })
        .collect()
}
