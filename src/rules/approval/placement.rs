//! Whether a decision has a place: something that it is for, a gate of that, and a level that is asked for there.

use crate::lifecycle::{JudgedVote, StageGate, gates};
use crate::plan::Plan;
use crate::plan::value::Text;
use crate::text::nearest;

/// A gate or a level that nobody asks for.
pub(super) struct Astray<'p> {
    /// The word that names it.
    pub(super) word: &'p Text,
    /// What it is: `gate` or `level`.
    pub(super) what: &'static str,
    /// The names that are asked for in its place.
    pub(super) known: Vec<&'p str>,
}

impl<'p> Astray<'p> {
    fn new(word: &'p Text, what: &'static str, known: Vec<&'p str>) -> Self {
        Self { word, what, known }
    }

    /// Returns the name that was most likely meant.
    pub(super) fn meant(&self) -> Option<&'p str> {
        nearest(self.word, self.known.iter().copied())
            .first()
            .copied()
    }
}

/// Returns what of the place of `judged` nobody asks for. A level that stands in a gate itself asks for itself, unless it
/// looks like a slip for one that the policy or the model asks for; the name of a stage is a gate, whoever asks for it.
pub(super) fn astray<'p>(plan: &'p Plan, judged: &JudgedVote<'p>) -> Option<Astray<'p>> {
    let vote = &judged.vote;
    let course = plan.course(vote.subject)?;
    let gates = gates(plan, course.id);
    let Some(gate) = gates.iter().find(|gate| Some(gate.id) == vote.gate) else {
        let (written, stages) = (vote.approval.gate.as_ref()?, plan.stages_of(course.id));
        let mut known: Vec<_> = gates.iter().map(|gate| gate.id).collect();
        known.extend(
            stages
                .names()
                .filter(|name| gates.iter().all(|gate| gate.id != *name)),
        );
        let is_unknown = stages.gate_position(written).is_none();
        return is_unknown.then(|| Astray::new(written, "gate", known));
    };
    let level = vote.approval.level.as_ref()?;
    let asked = asked(gate);
    let is_listed = gate.signoffs.iter().any(|it| it.level == &*level.value);
    if asked.contains(&&*level.value) || (asked.is_empty() && is_listed) {
        return None;
    }
    let known = if asked.is_empty() {
        listed(gate)
    } else {
        asked
    };
    let astray = Astray::new(level, "level", known);
    // One name in the other is a level beside the level: `executive`, `executive-emea`.
    let word = &*level.value;
    let is_near = |meant: &str| !meant.contains(word) && !word.contains(meant);
    let is_slip = if is_listed {
        astray.meant().is_some_and(is_near)
    } else {
        vote.file.is_some()
    };
    (is_slip && !astray.known.is_empty()).then_some(astray)
}

/// Returns the levels that the policy or the model asks for at `gate`.
fn asked<'p>(gate: &StageGate<'p>) -> Vec<&'p str> {
    let of_policy = gate.asked.into_iter().flat_map(|it| &it.value.approvals);
    let of_model = gate.model.into_iter().flat_map(|it| &it.value.approvals);
    let of_policy = of_policy.filter_map(|it| it.value.level.as_ref());
    let of_model = of_model.filter_map(|it| it.value.level.as_ref());
    of_policy.chain(of_model).map(|it| &*it.value).collect()
}

fn listed<'p>(gate: &StageGate<'p>) -> Vec<&'p str> {
    gate.signoffs.iter().map(|it| it.level).collect()
}
