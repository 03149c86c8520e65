//! Approvals after the fact: what a type that skips stages still owes, and by when (semantics, Lifecycle).

use super::gates::{Signoff, skip_of, type_policy};
use super::standpoint::{Standpoint, days_of};
use super::votes::{JudgedVote, grants, votes};
use crate::plan::kinds::policy::{PolicyGate, RequiredApproval};
use crate::plan::parts::lifecycle::{Stage, Transition};
use crate::plan::value::{Choices, Item};
use crate::plan::{Course, DocId, Plan, Stages};
use crate::text::Spanned;
use crate::time::{Day, DayRange};

/// An approval that was skipped and is owed afterwards.
#[derive(Clone, Debug)]
pub struct Retrospective<'p> {
    /// The gate whose stage was skipped.
    pub gate: &'p Item<PolicyGate>,
    /// The approval, as the policy asks for it.
    pub asked: &'p Spanned<RequiredApproval>,
    /// The level, the role and how many have to agree.
    pub signoff: Signoff<'p>,
    /// The entry that passed over the stage.
    pub skipped_by: &'p Spanned<Transition>,
    /// The last day on which it is in time.
    pub deadline: Day,
    /// The approvals that count, one for each person, the earliest first.
    pub granted: Vec<JudgedVote<'p>>,
    /// Where it stands.
    pub state: RetrospectiveState,
}

/// Where an approval after the fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetrospectiveState {
    /// It was given in time.
    Given(DayRange),
    /// It was given too late.
    Late(DayRange),
    /// There is still time.
    Open,
    /// The deadline is over.
    Missing,
}

/// Returns the approvals that the train or release `id` owes after the fact, as of `day`: those of its policy's gates
/// whose stages its type may skip and did. None when the type has no deadline for them.
pub fn retrospective(plan: &Plan, id: DocId, day: Day) -> Vec<Retrospective<'_>> {
    owed(plan, id, day).unwrap_or_default()
}

fn owed(plan: &Plan, id: DocId, day: Day) -> Option<Vec<Retrospective<'_>>> {
    let standpoint = Standpoint::on(plan, id, day)?;
    let of_type = type_policy(plan, &standpoint.course)?;
    let within = of_type.retrospective_approval.as_ref()?.value;
    let policy = plan.binding_policy(id)?.fields;
    let judged = votes(plan, id, day);
    let mut owed = Vec::new();
    for gate in &policy.gates {
        let stages = &standpoint.stages;
        let skipped_by = skip_of(Some(of_type), stages, &gate.id.value)
            .and_then(|stage| skipping(&standpoint.course, stages, stage));
        let Some(skipped_by) = skipped_by else {
            continue;
        };
        let since = days_of(skipped_by).map(|days| days.last);
        let Some(deadline) = since.and_then(|day| standpoint.after_day(day, within)) else {
            continue;
        };
        let on_gate = || {
            judged
                .iter()
                .filter(|vote| vote.vote.gate == Some(&*gate.id.value))
        };
        for (asked, signoff) in gate
            .approvals
            .iter()
            .filter_map(|asked| Some((asked, Signoff::of(asked)?)))
        {
            let given = grants(&signoff, on_gate(), day);
            let granted = given
                .get(signoff.quorum.saturating_sub(1))
                .and_then(|vote| vote.days);
            let state = match granted {
                Some(days) if days.first <= deadline => RetrospectiveState::Given(days),
                Some(days) => RetrospectiveState::Late(days),
                None if day <= deadline => RetrospectiveState::Open,
                None => RetrospectiveState::Missing,
            };
            owed.push(Retrospective {
                gate,
                asked,
                signoff,
                skipped_by,
                deadline,
                granted: given.into_iter().cloned().collect(),
                state,
            });
        }
    }
    Some(owed)
}

/// Returns the first entry of a history that went past the stage `name` without having been in it.
pub(super) fn skipping<'p>(
    course: &Course<'p>,
    stages: &Stages<'p>,
    name: &str,
) -> Option<&'p Spanned<Transition>> {
    let canonical = Stage::of(name);
    for entry in course.history {
        let Some(entered) = entry.value.stage.as_ref().map(|stage| &*stage.value) else {
            continue;
        };
        if entered == name || (canonical.is_some() && stages.canonical(entered) == canonical) {
            return None;
        }
        let is_past = match (stages.position(name), stages.reached(entered), canonical) {
            (Some(position), ..) => stages.position(entered).is_some_and(|at| position < at),
            // The model has no such stage, so what counts is how far the move went among the canonical ones.
            (None, Some(reached), Some(canonical)) => canonical < reached,
            _ => false,
        };
        if is_past {
            return (stages.canonical(entered) != Some(Stage::Abandoned)).then_some(entry);
        }
    }
    None
}
