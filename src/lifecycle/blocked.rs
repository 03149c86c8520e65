//! What is stopped: trains and releases on hold, and criteria that are known not to be met.

use super::criteria::{CriterionResult, Standing};
use super::gates::ExitCriterion;
use super::progress::Progress;
use crate::plan::DocId;
use crate::plan::parts::lifecycle::OnHold;

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

impl<'p> Progress<'p> {
    /// Returns everything that is stopped: what is on hold first, then by train or release.
    pub fn blocked(&self) -> Vec<Blocked<'p>> {
        let courses = self.plan.courses();
        let mut found: Vec<_> = courses
            .flat_map(|course| self.obstacles(course.id))
            .collect();
        found.sort_by_key(|blocked| (!matches!(blocked.by, Obstacle::Hold(_)), blocked.document));
        found
    }

    /// Returns what stops the train or release `id`; nothing stops one that is no longer on its way.
    pub fn obstacles(&self, id: DocId) -> Vec<Blocked<'p>> {
        let plan = self.plan;
        let Some(course) = plan.course(id) else {
            return Vec::new();
        };
        let train = course.document.belongs.train;
        if !plan.is_open(id) || train.is_some_and(|train| !plan.is_open(train)) {
            return Vec::new();
        }
        let held = course.on_hold.map(Obstacle::Hold);
        // What nobody has written down yet is not known to fail.
        let unmet = match course.gates.is_empty() {
            true => Vec::new(),
            false => self.unmet(id),
        };
        let obstacles = held.into_iter().chain(unmet);
        obstacles.map(|by| Blocked { document: id, by }).collect()
    }

    fn unmet(&self, id: DocId) -> Vec<Obstacle<'p>> {
        let open = self.gates(id).iter().filter(|result| !result.is_passed());
        let criteria = open.flat_map(|result| {
            let of_gate = result.criteria.iter();
            of_gate.map(|criterion| (result.gate.id, criterion))
        });
        let unmet = criteria.filter(|(_, result)| result.standing == Standing::NotMet);
        let obstacle = |(gate, result): (&'p str, &CriterionResult<'p>)| Obstacle::Criterion {
            gate,
            criterion: result.criterion,
        };
        unmet.map(obstacle).collect()
    }
}
