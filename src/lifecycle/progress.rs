//! A plan on one day, with what its histories and gates come to.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::history::{Step, history};
use super::results::{GateResult, gate_results};
use super::votes::{JudgedVote, votes};
use crate::plan::kinds::approval::Approvable;
use crate::plan::value::Refers;
use crate::plan::{DocId, Plan};
use crate::time::Day;

/// Where every train and release of a plan stands on one day, computed once for all rules and pages that ask.
#[derive(Debug)]
pub struct Progress<'p> {
    pub(super) plan: &'p Plan,
    pub(super) day: Day,
    courses: FxHashMap<DocId, Judged<'p>>,
    votes: Vec<JudgedVote<'p>>,
}

/// What one train or release comes to.
#[derive(Debug)]
struct Judged<'p> {
    history: Vec<Step<'p>>,
    gates: Vec<GateResult<'p>>,
}

impl<'p> Progress<'p> {
    /// Returns the progress of `plan` as of `day`.
    pub fn new(plan: &'p Plan, day: Day) -> Self {
        let courses: Vec<DocId> = plan.courses().map(|course| course.id).collect();
        let judged = courses.par_iter().map(|&id| {
            let history = history(plan, id, day);
            let gates = gate_results(plan, id, day);
            (id, Judged { history, gates })
        });
        let courses = judged.collect();
        let subjects = Approvable::KINDS
            .iter()
            .flat_map(|kind| plan.of_kind(*kind));
        let subjects: Vec<DocId> = subjects.map(|(id, _)| id).collect();
        let decided = subjects.par_iter().map(|&id| votes(plan, id, day));
        let votes = decided.collect::<Vec<_>>().into_iter().flatten().collect();
        Self {
            plan,
            day,
            courses,
            votes,
        }
    }

    /// Returns the day as of which everything is judged.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Returns every decision of the plan, judged: those on trains, releases, changes and turnovers, by id ([`votes`]).
    pub fn votes(&self) -> &[JudgedVote<'p>] {
        &self.votes
    }

    /// Returns every entry of the history of the train or release `id`, judged: [`history`].
    pub fn history(&self, id: DocId) -> &[Step<'p>] {
        self.courses.get(&id).map_or(&[], |course| &course.history)
    }

    /// Returns whether each gate of the train or release `id` is passed, in their order: [`gate_results`].
    pub fn gates(&self, id: DocId) -> &[GateResult<'p>] {
        self.courses.get(&id).map_or(&[], |course| &course.gates)
    }

    /// Returns whether the gate `name` of the train or release `id` is passed; none when it has no such gate.
    pub fn gate(&self, id: DocId, name: &str) -> Option<&GateResult<'p>> {
        self.gates(id).iter().find(|result| result.gate.id == name)
    }
}
