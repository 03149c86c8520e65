//! What is left before a gate is passed, what comes first, and who can do it.

use super::criteria::{CriterionResult, Standing};
use super::progress::Progress;
use super::results::{GateResult, SignoffResult};
use super::roles;
use super::votes::answerable;
use crate::plan::kinds::person::Person;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Doc, DocId};
use crate::time::DayRange;

/// Something that is left before a gate is passed.
#[derive(Clone, Copy, Debug)]
pub enum NextStep<'r, 'p> {
    /// A criterion has to be met, or waived.
    Criterion(&'r CriterionResult<'p>),
    /// An approval has to be given.
    Signoff(&'r SignoffResult<'p>),
    /// A gate before it has to be passed.
    Gate(&'p str),
}

impl<'p> GateResult<'p> {
    /// Returns what is left, in the order in which it is done: what does not hold, what nobody has looked at, who has to
    /// sign, and the gates before. Nothing for a gate that is passed.
    pub fn remaining(&self) -> Vec<NextStep<'_, 'p>> {
        if self.is_passed() {
            return Vec::new();
        }
        let standing = |standing| {
            let criteria = self.criteria.iter();
            criteria
                .filter(move |result| result.standing == standing)
                .map(NextStep::Criterion)
        };
        let signoffs = self.signoffs.iter().filter(|result| !result.is_granted());
        let before = self.before.iter().filter(|(_, state)| !state.is_open());
        standing(Standing::NotMet)
            .chain(standing(Standing::NotRun))
            .chain(signoffs.map(NextStep::Signoff))
            .chain(before.map(|(name, _)| NextStep::Gate(name)))
            .collect()
    }
}

impl<'p> Progress<'p> {
    /// Returns who could give the approval `signoff` of `gate` today, by id: who holds the role that it asks for, has not
    /// given it yet, and does not answer for what is approved where the policy separates duties.
    pub fn signers(
        &self,
        gate: &GateResult<'p>,
        signoff: &SignoffResult<'p>,
    ) -> Vec<Doc<'p, Person>> {
        let Some(role) = signoff.signoff.role else {
            return Vec::new();
        };
        let answerable = answerable(self.plan, gate.gate.of);
        let has_signed = |id: DocId| {
            let by = |vote: &super::votes::JudgedVote<'_>| vote.vote.by()?.target;
            signoff.granted.iter().any(|vote| by(vote) == Some(id))
        };
        let is_free = |person: &Doc<'p, Person>| {
            let is_own = answerable
                .iter()
                .any(|(_, named)| named.target == Some(person.id));
            !is_own && !has_signed(person.id)
        };
        let today = DayRange::day(self.day);
        let holders = self
            .plan
            .all::<Person>()
            .filter(|person| roles::held(person.fields, role, today));
        holders.filter(is_free).collect()
    }

    /// Returns the gates of the train or release `id` that have to be passed before it is deployed, in order: those of
    /// the stages before the deployment, and those that are named after none.
    pub fn gates_to_deployment(&self, id: DocId) -> impl Iterator<Item = &GateResult<'p>> {
        let stages = self.plan.stages_of(id);
        let deployment = stages
            .named(Stage::Deployment)
            .and_then(|name| stages.position(name));
        self.gates(id).iter().filter(move |result| {
            let ends = result.gate.position.zip(deployment);
            ends.is_none_or(|(position, deployment)| position < deployment)
        })
    }

    /// Returns whether nothing that the plan knows of stops the deployment of the train or release `id`: its gates are
    /// passed, and work is not on hold.
    pub fn is_go(&self, id: DocId) -> bool {
        self.gates_to_deployment(id).all(GateResult::is_passed) && self.obstacles(id).is_empty()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::load::load;
    use crate::plan::Kind;
    use crate::time::Day;
    use crate::world::Memory;

    const PLAN: &str = "
-- policies/all.md --
---
separation_of_duties: true
gates:
  scoping: {approvals: [{level: portfolio, role: sponsor}]}
  construction:
    criteria: [{id: tested}, {id: built}]
    approvals: [{level: executive, role: sponsor, quorum: 2}]
  deployment: {criteria: [{id: quiet}]}
---
-- people/ana.md --
---
roles: [{role: sponsor}]
---
-- people/omar.md --
---
roles: [{role: sponsor}]
---
-- people/rita.md --
---
roles: [{role: sponsor, to: 2026-11-20}]
---
-- people/sam.md --
---
roles: [{role: sponsor}]
---
-- trains/q4/index.md --
---
manager: ana
gates:
  construction:
    criteria: [{id: built, status: not-met}]
    approvals: [{level: executive, role: sponsor, by: omar, decision: approved, date: 2026-11-20}]
---
";

    #[test]
    fn what_is_left_is_told_in_the_order_in_which_it_is_done() {
        let plan = load(&Memory::of_txtar(PLAN)).plan;
        let day = Day::parse("2026-11-21").unwrap();
        let progress = Progress::new(&plan, day);
        let train = plan.find(Kind::Train, "q4").unwrap();
        let gate = progress.gate(train, "construction").unwrap();
        let words = |step: &NextStep<'_, '_>| match step {
            NextStep::Criterion(result) => result.criterion.id.to_owned(),
            NextStep::Signoff(result) => result.signoff.level.to_owned(),
            NextStep::Gate(name) => (*name).to_owned(),
        };
        let left: Vec<_> = gate.remaining().iter().map(words).collect();
        assert_eq!(left, ["built", "tested", "executive", "scoping"]);
        // Ana manages the train, Omar has signed, and Rita's time was over yesterday.
        let signers = progress.signers(gate, &gate.signoffs[0]);
        let names: Vec<_> = signers.iter().map(|of| of.document.short_id()).collect();
        assert_eq!(names, ["sam"]);
        // The gate of the deployment itself is passed after it.
        let before: Vec<_> = progress
            .gates_to_deployment(train)
            .map(|result| result.gate.id)
            .collect();
        assert_eq!(before, ["scoping", "construction"]);
        assert!(!progress.is_go(train));
    }
}
