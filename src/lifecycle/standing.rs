//! How a gate stands among others: what a board of gates counts, sorts and rolls up by.

use super::criteria::Standing;
use super::progress::Progress;
use super::results::{GateResult, GateState};
use crate::plan::value::When;

/// How a gate stands on the day, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateStanding {
    /// Something that is asked for at it is known not to hold.
    Blocked,
    /// It is not passed, and its day is over.
    Overdue,
    /// It is not passed, and a return has re-opened it.
    Reopened,
    /// It is not passed yet.
    NotPassed,
    /// All is there, some of it by waiver.
    Waived,
    /// All is there.
    Passed,
    /// Nothing is asked for at it.
    Empty,
}

impl GateStanding {
    /// Every way to stand, the worst first.
    pub const ALL: [Self; 7] = [
        Self::Blocked,
        Self::Overdue,
        Self::Reopened,
        Self::NotPassed,
        Self::Waived,
        Self::Passed,
        Self::Empty,
    ];

    /// Returns the word for it: `not-passed`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Overdue => "overdue",
            Self::Reopened => "reopened",
            Self::NotPassed => GateState::NotPassed.word(),
            Self::Waived => GateState::Waived.word(),
            Self::Passed => GateState::Passed.word(),
            Self::Empty => GateState::Empty.word(),
        }
    }

    /// Returns whether somebody has to act before it is passed: it is more than only not passed yet.
    pub fn needs_action(self) -> bool {
        self <= Self::Overdue
    }
}

impl<'p> Progress<'p> {
    /// Returns how `gate` stands. Nothing is blocked or overdue at a gate of what is no longer on its way.
    pub fn standing(&self, gate: &GateResult<'p>) -> GateStanding {
        match gate.state {
            GateState::Empty => GateStanding::Empty,
            GateState::Waived => GateStanding::Waived,
            GateState::Passed => GateStanding::Passed,
            GateState::NotPassed if !self.plan.is_open(gate.gate.of) => GateStanding::NotPassed,
            GateState::NotPassed => {
                let mut criteria = gate.criteria.iter();
                let due = gate.gate.due().and_then(When::days);
                if criteria.any(|of| of.standing == Standing::NotMet) {
                    GateStanding::Blocked
                } else if due.is_some_and(|due| due.last < self.day) {
                    GateStanding::Overdue
                } else if gate.reopened.is_some() {
                    GateStanding::Reopened
                } else {
                    GateStanding::NotPassed
                }
            }
        }
    }

    /// Returns the worst of `gates`, the first of those that stand alike; none when there are none.
    pub fn worst<'r>(
        &self,
        gates: impl IntoIterator<Item = &'r GateResult<'p>>,
    ) -> Option<(&'r GateResult<'p>, GateStanding)>
    where
        'p: 'r,
    {
        let standing = gates.into_iter().map(|gate| (gate, self.standing(gate)));
        standing.min_by_key(|(_, standing)| *standing)
    }
}
