//! The moves from stage to stage that a train or a release may make, and what each of them asks for.

use super::gates::gates;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::Choices;
use crate::plan::{DocId, Kind, Plan, Stages};

/// What a move asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand<'p> {
    /// A field of the train or release.
    Field(&'static str),
    /// That a gate is passed: the gate of this train or release, by its id.
    Gate(DocId, &'p str),
    /// A reason, in the entry of the history.
    Reason,
    /// Who has to act next, in the entry.
    Addressee,
    /// Who decided, in the entry.
    Decider,
    /// A turnover that failed or was rolled back.
    FailedTurnover,
    /// Everything that [`closing`](super::closing) asks for.
    Closing,
}

/// Which way a move goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To a later stage.
    Forward,
    /// To an earlier stage: it re-opens the gates between.
    Return,
    /// Out of the course.
    Abandon,
}

/// A move that is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move<'p> {
    /// The stage that is left.
    pub from: &'p str,
    /// The stage that is entered.
    pub to: &'p str,
    /// Which way it goes.
    pub direction: Direction,
    /// What it asks for.
    pub demands: Vec<Demand<'p>>,
}

/// The moves that one train or release may make.
#[derive(Clone, Debug)]
pub struct Moves<'p> {
    /// Its stages, in order.
    pub stages: Stages<'p>,
    moves: Vec<Move<'p>>,
}

impl<'p> Moves<'p> {
    /// Returns the move from one stage to another; none when it is not allowed.
    pub fn between(&self, from: &str, to: &str) -> Option<&Move<'p>> {
        self.moves
            .iter()
            .find(|step| step.from == from && step.to == to)
    }

    /// Returns the moves out of a stage.
    pub fn from<'m>(&'m self, stage: &'m str) -> impl Iterator<Item = &'m Move<'p>> {
        self.moves.iter().filter(move |step| step.from == stage)
    }
}

/// Returns the moves that the train or release `id` may make: those that its model lists, else those of the default
/// model between its stages (semantics, Lifecycle).
///
/// A model that lists moves, but none that begins, closes or abandons, keeps the default ones for that: every course
/// can be begun and ended.
pub fn moves(plan: &Plan, id: DocId) -> Moves<'_> {
    let mut draft = Draft {
        plan,
        id,
        stages: plan.stages_of(id),
        moves: Vec::new(),
    };
    if draft.stages.moves().next().is_some() {
        draft.add_listed();
    } else {
        draft.add_default();
    }
    draft.add_ends();
    Moves {
        stages: draft.stages,
        moves: draft.moves,
    }
}

/// Returns which way it is from one stage to another; none when one of them is not known, or both are the same.
pub(super) fn direction(stages: &Stages<'_>, from: &str, to: &str) -> Option<Direction> {
    let (start, end) = (stages.position(from)?, stages.position(to)?);
    if stages.canonical(to) == Some(Stage::Abandoned) {
        return Some(Direction::Abandon);
    }
    match start.cmp(&end) {
        std::cmp::Ordering::Less => Some(Direction::Forward),
        std::cmp::Ordering::Greater => Some(Direction::Return),
        std::cmp::Ordering::Equal => None,
    }
}

/// The moves on their way to being complete.
struct Draft<'p> {
    plan: &'p Plan,
    id: DocId,
    stages: Stages<'p>,
    moves: Vec<Move<'p>>,
}

impl<'p> Draft<'p> {
    fn open_stages(&self) -> Vec<&'p str> {
        self.stages
            .names()
            .filter(|name| !self.stages.is_final(name))
            .collect()
    }

    fn add(&mut self, from: &'p str, to: &'p str, gates: Vec<Demand<'p>>) {
        let Some(direction) = direction(&self.stages, from, to) else {
            return;
        };
        let mut demands = gates;
        demands.extend(self.own_demands(from, to, direction));
        self.moves.push(Move {
            from,
            to,
            direction,
            demands,
        });
    }

    /// Adds the moves that the model lists. A stage may be named by the canonical one that it stands for.
    fn add_listed(&mut self) {
        let stages = self.stages.clone();
        let known = |name: &'p str| {
            stages
                .position(name)
                .map(|_| name)
                .or_else(|| stages.named(Stage::of(name)?))
        };
        for step in stages.moves() {
            let ends = step.from.as_ref().zip(step.to.as_ref());
            let Some((from, to)) = ends.and_then(|(from, to)| Some((known(from)?, known(to)?)))
            else {
                continue;
            };
            let required = step.requires.iter().map(|gate| {
                let of = super::gates::holder(self.plan, self.id, gate).unwrap_or(self.id);
                Demand::Gate(of, &gate.value)
            });
            let mut gates: Vec<_> = required.collect();
            // The model says which gates the move needs at least; the one of the stage that is left has its own say.
            for gate in gates_closing(self.plan, self.id, &stages, from, to) {
                if !gates.contains(&gate) {
                    gates.push(gate);
                }
            }
            self.add(from, to, gates);
        }
    }

    /// Adds the moves of the default model: on to the next stage through its gates, and back to the one before.
    fn add_default(&mut self) {
        let open = self.open_stages();
        for pair in open.windows(2) {
            let &[one, next] = pair else { continue };
            let gates = gates_between(self.plan, self.id, &self.stages, one, next);
            self.add(one, next, gates);
            if !self.stages.is_initial(one) {
                self.add(next, one, Vec::new());
            }
        }
    }

    /// Adds the moves without which a course could not be begun, closed or abandoned.
    fn add_ends(&mut self) {
        let open = self.open_stages();
        let (closed, abandoned) = (
            self.stages.named(Stage::Closed),
            self.stages.named(Stage::Abandoned),
        );
        let is_entered =
            |draft: &Self, stage: &str| draft.moves.iter().any(|step| step.to == stage);
        if let Some(&[first, next]) = open.get(..2)
            && !self.moves.iter().any(|step| step.from == first)
        {
            let gates = gates_between(self.plan, self.id, &self.stages, first, next);
            self.add(first, next, gates);
        }
        if let (Some(last), Some(closed)) = (open.last(), closed)
            && !is_entered(self, closed)
        {
            self.add(last, closed, Vec::new());
        }
        if let Some(abandoned) = abandoned
            && !is_entered(self, abandoned)
        {
            open.iter()
                .for_each(|stage| self.add(stage, abandoned, Vec::new()));
        }
    }

    /// Returns what a move asks for apart from gates.
    fn own_demands(&self, from: &str, to: &str, direction: Direction) -> Vec<Demand<'p>> {
        let canonical = |name| self.stages.canonical(name);
        match direction {
            Direction::Abandon => vec![Demand::Reason, Demand::Decider],
            Direction::Return => match (canonical(from), canonical(to)) {
                (Some(Stage::Deployment), Some(Stage::Verification)) => {
                    vec![Demand::FailedTurnover]
                }
                (Some(Stage::Verification), _) => vec![Demand::Reason, Demand::Addressee],
                _ => vec![Demand::Reason],
            },
            Direction::Forward if canonical(to) == Some(Stage::Closed) => vec![Demand::Closing],
            // What a release travels with says the rest.
            Direction::Forward
                if self.stages.is_initial(from) && self.plan.train_of(self.id).is_none() =>
            {
                ["type", "manager", "purpose", "schedule"]
                    .map(Demand::Field)
                    .into()
            }
            Direction::Forward => Vec::new(),
        }
    }
}

/// Returns the gates that are passed on the way from one stage to another of the train or release `id`: its own, and
/// those of the train that it travels with where it has none of that name.
pub(super) fn gates_between<'p>(
    plan: &'p Plan,
    id: DocId,
    stages: &Stages<'p>,
    from: &str,
    to: &str,
) -> Vec<Demand<'p>> {
    let Some((start, end)) = stages.position(from).zip(stages.position(to)) else {
        return Vec::new();
    };
    let own = gates(plan, id);
    let train = plan
        .document(id)
        .belongs
        .train
        .filter(|_| plan.document(id).kind == Kind::Release);
    let of_train = train.map(|train| gates(plan, train)).unwrap_or_default();
    let is_passed = |name: &str| {
        stages
            .gate_position(name)
            .is_some_and(|position| (start..end).contains(&position))
    };
    let others = of_train
        .iter()
        .filter(|gate| !own.iter().any(|mine| mine.id == gate.id));
    let all = own.iter().chain(others).filter(|gate| is_passed(gate.id));
    all.map(|gate| Demand::Gate(gate.of, gate.id)).collect()
}

/// Returns the gates that close the stage `from` and are passed on the way to the stage `to`.
fn gates_closing<'p>(
    plan: &'p Plan,
    id: DocId,
    stages: &Stages<'p>,
    from: &str,
    to: &str,
) -> Vec<Demand<'p>> {
    let gives_up = stages.canonical(to) == Some(Stage::Abandoned);
    let start = stages.position(from).filter(|_| !gives_up);
    let closes = |demand: &Demand<'_>| match demand {
        Demand::Gate(_, name) => stages.gate_position(name) == start,
        _ => false,
    };
    let mut gates = gates_between(plan, id, stages, from, to);
    gates.retain(|demand| start.is_some() && closes(demand));
    gates
}
