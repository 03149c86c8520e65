//! Whether gates are passed: computed from criteria, decisions and the gates before, never stored (semantics, Gates).

use super::criteria::{self, CriterionResult, Standing};
use super::gates::{Signoff, StageGate, gates, skip_of, type_policy};
use super::retrospective::skipping;
use super::standpoint::{Standpoint, days_of};
use super::votes::{self, JudgedVote};
use crate::plan::parts::lifecycle::Transition;
use crate::plan::{DocId, Plan};
use crate::text::Spanned;
use crate::time::{Day, DayRange};

/// Whether a gate is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateState {
    /// Nothing is asked for at it.
    Empty,
    /// Something is missing.
    NotPassed,
    /// All is there, some of it by waiver.
    Waived,
    /// All is there.
    Passed,
}

impl GateState {
    /// Returns the word for it: `not-passed`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotPassed => "not-passed",
            Self::Waived => "waived",
            Self::Passed => "passed",
        }
    }

    /// Returns whether it stops nobody.
    pub fn is_open(self) -> bool {
        self != Self::NotPassed
    }
}

/// Whether a gate is passed, with everything that decides it.
#[derive(Clone, Debug)]
pub struct GateResult<'p> {
    /// The gate.
    pub gate: StageGate<'p>,
    /// Whether it is passed.
    pub state: GateState,
    /// Where its criteria stand for the decision that relied on them, or for one that would be made now.
    pub criteria: Vec<CriterionResult<'p>>,
    /// What became of the approvals that it needs, in order.
    pub signoffs: Vec<SignoffResult<'p>>,
    /// Every decision on it, whether it counts or not.
    pub votes: Vec<JudgedVote<'p>>,
    /// The gates that have to be passed before it, and whether they are.
    pub before: Vec<(&'p str, GateState)>,
    /// The last return that re-opened it.
    pub reopened: Option<&'p Spanned<Transition>>,
    /// The move that went on through it and has not been taken back since.
    pub crossed: Option<&'p Spanned<Transition>>,
    /// The days of the decision that relied on its criteria; none while its own demands are not met.
    pub decided: Option<DayRange>,
}

/// What became of an approval that a gate needs.
#[derive(Clone, Debug)]
pub struct SignoffResult<'p> {
    /// What is needed.
    pub signoff: Signoff<'p>,
    /// The approvals that count, one for each person, the earliest first.
    pub granted: Vec<JudgedVote<'p>>,
    /// The other decisions at this level: rejections, abstentions, and approvals that do not count.
    pub others: Vec<JudgedVote<'p>>,
}

impl SignoffResult<'_> {
    /// Returns whether enough people have agreed.
    pub fn is_granted(&self) -> bool {
        self.granted.len() >= self.signoff.quorum
    }

    /// Returns the days on which enough people had agreed.
    pub fn granted_on(&self) -> Option<DayRange> {
        self.granted.get(self.signoff.quorum.checked_sub(1)?)?.days
    }
}

impl GateResult<'_> {
    /// Returns whether it is passed, by waiver or not; a gate at which nothing is asked for is.
    pub fn is_passed(&self) -> bool {
        self.state.is_open()
    }
}

/// Returns whether each gate of the train or release `id` is passed as of `day`, in the order of [`gates`].
pub fn gate_results(plan: &Plan, id: DocId, day: Day) -> Vec<GateResult<'_>> {
    Standpoint::on(plan, id, day).map_or_else(Vec::new, |standpoint| results(&standpoint))
}

/// Returns whether the gate `name` of the train or release `id` is passed as of `day`; none when it has no such gate.
pub fn gate_result<'p>(plan: &'p Plan, id: DocId, name: &str, day: Day) -> Option<GateResult<'p>> {
    gate_results(plan, id, day)
        .into_iter()
        .find(|result| result.gate.id == name)
}

/// Returns whether each gate is passed, seen from `standpoint`.
pub(super) fn results<'p>(standpoint: &Standpoint<'p>) -> Vec<GateResult<'p>> {
    let gates = gates(standpoint.plan, standpoint.course.id);
    let votes = votes::judged(
        standpoint.plan,
        standpoint.course.id,
        standpoint.day,
        Some(standpoint),
        &gates,
    );
    let mut results: Vec<GateResult<'p>> = Vec::with_capacity(gates.len());
    for gate in gates {
        let before = before(&gate, &results);
        let votes = votes
            .iter()
            .filter(|vote| vote.vote.gate == Some(gate.id))
            .cloned()
            .collect();
        results.push(
            Trial {
                standpoint,
                gate,
                votes,
                before,
            }
            .result(),
        );
    }
    results
}

/// Returns the gates of the nearest earlier stage at which something is asked for: `gate` depends on them, and through
/// them on all before.
fn before<'p>(gate: &StageGate<'p>, earlier: &[GateResult<'p>]) -> Vec<(&'p str, GateState)> {
    let Some(position) = gate.position else {
        return Vec::new();
    };
    let is_earlier = |result: &&GateResult<'p>| {
        result.state != GateState::Empty
            && result.gate.position.is_some_and(|other| other < position)
    };
    let nearest = earlier
        .iter()
        .filter(is_earlier)
        .filter_map(|result| result.gate.position)
        .max();
    let of_nearest = earlier
        .iter()
        .filter(is_earlier)
        .filter(|result| result.gate.position == nearest);
    of_nearest
        .map(|result| (result.gate.id, result.state))
        .collect()
}

/// A decision on a gate.
struct Occasion {
    /// The days on which somebody relied on its criteria.
    relied: DayRange,
    /// The day by which all who have to sign have signed.
    signed_by: Day,
}

/// One gate, and what it is judged by.
struct Trial<'s, 'p> {
    standpoint: &'s Standpoint<'p>,
    gate: StageGate<'p>,
    votes: Vec<JudgedVote<'p>>,
    before: Vec<(&'p str, GateState)>,
}

impl<'p> Trial<'_, 'p> {
    fn result(self) -> GateResult<'p> {
        let position = self.gate.position;
        let crossed = position.and_then(|position| self.standpoint.crossed(position));
        let occasions = self.occasions(crossed);
        let holding = occasions.iter().find(|occasion| self.holds_on(occasion));
        let decided = holding.map(|occasion| occasion.relied);
        let shown = decided.unwrap_or_else(|| self.judged_on(&occasions, crossed));
        let criteria = self.criteria_on(shown);
        let passed = decided.is_some() && self.before.iter().all(|(_, state)| state.is_open());
        let state = match criteria::roll_up(&criteria) {
            _ if self.gate.is_empty() => GateState::Empty,
            _ if !passed => GateState::NotPassed,
            Some(worst) if worst.standing == Standing::Waived => GateState::Waived,
            _ => GateState::Passed,
        };
        GateResult {
            state,
            criteria,
            signoffs: self
                .gate
                .signoffs
                .iter()
                .map(|signoff| self.signoff(*signoff))
                .collect(),
            reopened: position.and_then(|position| self.standpoint.reopened(position)),
            crossed,
            decided,
            gate: self.gate,
            votes: self.votes,
            before: self.before,
        }
    }

    /// Returns when somebody decided: each approval is an occasion to rely on the evidence, so that one more of them
    /// never makes a passed gate fail. Where nobody has to approve, the move through the gate is the decision, or else
    /// one that would be made now. A stage that the type may skip was decided on when it was, and is signed afterwards.
    fn occasions(&self, crossed: Option<&Spanned<Transition>>) -> Vec<Occasion> {
        let signed_then = |relied: DayRange| Occasion {
            relied,
            signed_by: relied.last,
        };
        if self.gate.signoffs.is_empty() {
            return vec![signed_then(self.moved_on(crossed))];
        }
        let granting = self.votes.iter().filter(|vote| vote.grants());
        let mut occasions: Vec<_> = granting
            .filter_map(|vote| vote.days)
            .map(signed_then)
            .collect();
        occasions.sort_by_key(|occasion| (occasion.relied.first, occasion.relied.last));
        let skipped = self.skipped_on().map(|relied| Occasion {
            relied,
            signed_by: self.standpoint.day,
        });
        skipped.into_iter().chain(occasions).collect()
    }

    /// Returns when the stage that the gate closes was passed over, if the type may skip it.
    fn skipped_on(&self) -> Option<DayRange> {
        let Standpoint {
            plan,
            course,
            stages,
            day,
            ..
        } = self.standpoint;
        skip_of(type_policy(plan, course), stages, self.gate.id)
            .and_then(|stage| skipping(course, stages, stage))
            .and_then(days_of)
            .filter(|days| days.first <= *day)
    }

    fn moved_on(&self, crossed: Option<&Spanned<Transition>>) -> DayRange {
        crossed
            .and_then(days_of)
            .unwrap_or_else(|| DayRange::day(self.standpoint.day))
    }

    /// Returns the decision for which the criteria of a gate that is not passed are judged: the last one when all have
    /// approved, else the one to come, or the one that was never made.
    fn judged_on(&self, occasions: &[Occasion], crossed: Option<&Spanned<Transition>>) -> DayRange {
        let last = occasions
            .last()
            .filter(|last| self.is_approved_by(last.signed_by));
        last.map_or_else(|| self.moved_on(crossed), |last| last.relied)
    }

    fn is_approved_by(&self, day: Day) -> bool {
        let granted = |signoff: &Signoff<'p>| {
            votes::grants(signoff, self.votes.iter(), day).len() >= signoff.quorum
        };
        self.gate.signoffs.iter().all(granted)
    }

    fn holds_on(&self, occasion: &Occasion) -> bool {
        self.is_approved_by(occasion.signed_by)
            && self
                .criteria_on(occasion.relied)
                .iter()
                .all(|result| result.standing.passes())
    }

    fn criteria_on(&self, occasion: DayRange) -> Vec<CriterionResult<'p>> {
        let criteria = self.gate.criteria.iter();
        criteria
            .map(|criterion| criteria::judge(self.standpoint, &self.gate, *criterion, occasion))
            .collect()
    }

    fn signoff(&self, signoff: Signoff<'p>) -> SignoffResult<'p> {
        let granted = votes::grants(&signoff, self.votes.iter(), self.standpoint.day);
        let is_counted =
            |vote: &JudgedVote<'p>| granted.iter().any(|known| known.vote.at == vote.vote.at);
        let others = self
            .votes
            .iter()
            .filter(|vote| vote.is_at(&signoff) && !is_counted(vote))
            .cloned()
            .collect();
        SignoffResult {
            signoff,
            granted: granted.into_iter().cloned().collect(),
            others,
        }
    }
}
