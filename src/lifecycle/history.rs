//! The history of a train or a release, entry by entry: was the move allowed, and did it have what it asks for.

use std::fmt;

use std::cell::OnceCell;

use super::closing::{closing, turnovers_of};
use super::gates::{may_skip, skip_of, type_policy};
use super::moves::{Demand, Direction, Moves, direction, gates_between, moves};
use super::results::{GateResult, results};
use super::standpoint::{Standpoint, days_of};
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::AttemptStatus;
use crate::plan::parts::lifecycle::{Stage, Transition};
use crate::plan::value::Text;
use crate::plan::{Course, DocId, Plan, Stages};
use crate::text::Spanned;
use crate::time::Day;

/// One entry of a history, judged.
#[derive(Clone, Debug)]
pub struct Step<'p> {
    /// Its place in the history.
    pub index: usize,
    /// The entry.
    pub entry: &'p Spanned<Transition>,
    /// The stage that was left: the last known one before, or the first of all.
    pub from: &'p str,
    /// The stage that was entered, which is a known one.
    pub to: &'p Text,
    /// Which way it went; none for the entry of the first stage, and for staying where one is.
    pub direction: Option<Direction>,
    /// The stages that it passed over although no move does, and whether the type may skip them.
    pub skipped: Vec<(&'p str, bool)>,
    /// What is wrong with it.
    pub faults: Vec<StepFault<'p>>,
    /// The gates that it went through, as they stood then; none once a return has taken the move back.
    pub gates: Vec<GateResult<'p>>,
}

/// Something wrong with a move.
#[derive(Clone, Debug)]
pub enum StepFault<'p> {
    /// It is not allowed; these are the stages that could have been entered, none after the end.
    Illegal(Vec<&'p str>),
    /// It passed over a stage that the type may not skip.
    Skips(&'p str),
    /// It lacks what it asks for.
    Lacks(Demand<'p>),
    /// It is dated before this entry, which stands above it.
    Early(&'p Spanned<Transition>),
    /// Its day has not come.
    Future,
}

/// Reads as a clause: `verification may not be skipped`.
impl fmt::Display for StepFault<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Illegal(known) if known.is_empty() => {
                formatter.write_str("nothing follows the end")
            }
            Self::Illegal(known) => write!(
                formatter,
                "no such move is allowed, only to {}",
                known.join(" or ")
            ),
            Self::Skips(stage) => write!(formatter, "{stage} may not be skipped"),
            Self::Lacks(Demand::Field(field)) => write!(formatter, "the {field} is missing"),
            Self::Lacks(Demand::Gate(_, gate)) => write!(formatter, "gate {gate} was not passed"),
            Self::Lacks(Demand::Reason) => formatter.write_str("it has no reason"),
            Self::Lacks(Demand::Addressee) => formatter.write_str("nobody is named who acts next"),
            Self::Lacks(Demand::Decider) => formatter.write_str("nobody is named who decided"),
            Self::Lacks(Demand::FailedTurnover) => {
                formatter.write_str("no turnover failed or was rolled back")
            }
            Self::Lacks(Demand::Closing) => {
                formatter.write_str("not all is there that it takes to close")
            }
            Self::Early(_) => formatter.write_str("it is dated before the entry above it"),
            Self::Future => formatter.write_str("its day has not come"),
        }
    }
}

/// Returns every entry of the history of the train or release `id`, judged as of `day`. Entries whose stage is not known
/// are left out.
pub fn history(plan: &Plan, id: DocId, day: Day) -> Vec<Step<'_>> {
    let Some(course) = plan.course(id) else {
        return Vec::new();
    };
    let mut judge = Judge {
        plan,
        course,
        day,
        stages: plan.stages_of(id),
        moves: OnceCell::new(),
        steps: Vec::new(),
    };
    for (index, entry) in course.history.iter().enumerate() {
        judge.add(index, entry);
    }
    judge.steps
}

struct Judge<'p> {
    plan: &'p Plan,
    course: Course<'p>,
    day: Day,
    stages: Stages<'p>,
    /// The moves that are allowed, once one was made: most histories only begin.
    moves: OnceCell<Moves<'p>>,
    steps: Vec<Step<'p>>,
}

impl<'p> Judge<'p> {
    fn add(&mut self, index: usize, entry: &'p Spanned<Transition>) {
        let stages = &self.stages;
        let Some(to) = entry
            .value
            .stage
            .as_ref()
            .filter(|stage| stages.position(stage).is_some())
        else {
            return;
        };
        let before = self.steps.last().map(|step| step.to.value.as_ref());
        let Some(from) = before.or_else(|| self.start(to)) else {
            return;
        };
        let direction = direction(stages, from, to);
        let begins = before.is_none() && from == &*to.value;
        let mut step = Step {
            index,
            entry,
            from,
            to,
            direction,
            skipped: Vec::new(),
            faults: Vec::new(),
            gates: Vec::new(),
        };
        if !begins {
            self.judge_move(&mut step);
        }
        step.faults.extend(self.faults_of_time(&step));
        self.steps.push(step);
    }

    /// Returns where a history starts whose first entry is `to`: in the last of the initial stages up to it.
    fn start(&self, to: &str) -> Option<&'p str> {
        let stages = &self.stages;
        let known = stages.names().take(stages.position(to)? + 1);
        known
            .filter(|name| stages.is_initial(name))
            .last()
            .or_else(|| stages.names().next())
    }

    /// Judges whether the move is allowed, and whether it has what it asks for.
    fn judge_move(&self, step: &mut Step<'p>) {
        let stages = &self.stages;
        let moves = self.moves.get_or_init(|| moves(self.plan, self.course.id));
        let mut demands = match moves.between(step.from, step.to) {
            Some(allowed) => allowed.demands.clone(),
            None => {
                step.skipped = self.skipped(step);
                if step.skipped.is_empty() {
                    let known = moves.from(step.from).map(|allowed| allowed.to).collect();
                    step.faults.push(StepFault::Illegal(known));
                    return;
                }
                let forbidden = step.skipped.iter().filter(|(_, allowed)| !allowed);
                step.faults
                    .extend(forbidden.map(|(stage, _)| StepFault::Skips(stage)));
                let mut demands =
                    gates_between(self.plan, self.course.id, stages, step.from, step.to);
                demands.extend(
                    (stages.canonical(step.to) == Some(Stage::Closed)).then_some(Demand::Closing),
                );
                demands
            }
        };
        demands.retain(|demand| !self.is_excused(step, demand));
        step.gates = demands
            .iter()
            .filter_map(|demand| self.gate(step, demand))
            .collect();
        let gates = &step.gates;
        let lacking = demands.iter().filter(|demand| match demand {
            Demand::Gate(of, name) => gates.iter().any(|result| {
                (result.gate.of, result.gate.id) == (*of, *name) && !result.is_passed()
            }),
            demand => self.lacks(step, demand),
        });
        let lacking: Vec<_> = lacking.map(|demand| StepFault::Lacks(*demand)).collect();
        step.faults.extend(lacking);
    }

    /// Returns the stages between the two of a move forward that is none of the allowed ones, and whether the type may
    /// skip them.
    fn skipped(&self, step: &Step<'p>) -> Vec<(&'p str, bool)> {
        let stages = &self.stages;
        let ends = stages.position(step.from).zip(stages.position(step.to));
        let Some((start, end)) = ends.filter(|_| step.direction == Some(Direction::Forward)) else {
            return Vec::new();
        };
        if stages.is_final(step.from) {
            return Vec::new();
        }
        let between = stages.names().take(end).skip(start + 1);
        between
            .map(|name| {
                (
                    name,
                    may_skip(self.plan, &self.course, name, stages.canonical(name)),
                )
            })
            .collect()
    }

    /// Returns whether a gate is not asked for because its stage is one that the type skips.
    fn is_excused(&self, step: &Step<'p>, demand: &Demand<'p>) -> bool {
        let Demand::Gate(of, name) = demand else {
            return false;
        };
        let stages = &self.stages;
        let closes = stages
            .gate_position(name)
            .and_then(|position| stages.names().nth(position));
        let is_own = *of == self.course.id && self.course.gates.get(name).is_some();
        let skipped = closes.is_some_and(|stage| {
            step.skipped
                .iter()
                .any(|(name, allowed)| *name == stage && *allowed)
        });
        let of_type = type_policy(self.plan, &self.course);
        skipped || (!is_own && skip_of(of_type, stages, name).is_some())
    }

    /// Returns the gate that `demand` asks for as it stood when the move was made, unless the move was taken back.
    fn gate(&self, step: &Step<'p>, demand: &Demand<'p>) -> Option<GateResult<'p>> {
        let Demand::Gate(of, name) = demand else {
            return None;
        };
        let on = days_of(step.entry)?.last;
        let now = Standpoint::on(self.plan, self.course.id, self.day.max(on))?;
        let position = self.stages.gate_position(name)?;
        if now.crossed(position)?.span != step.entry.span {
            return None;
        }
        let standpoint = match *of == self.course.id {
            true => Standpoint::before(self.plan, self.course, step.index, on),
            false => Standpoint::on(self.plan, *of, on)?,
        };
        results(&standpoint)
            .into_iter()
            .find(|result| result.gate.id == *name)
    }

    fn lacks(&self, step: &Step<'p>, demand: &Demand<'p>) -> bool {
        let (course, entry) = (&self.course, &step.entry.value);
        match demand {
            Demand::Field("type") => course.r#type.is_none(),
            Demand::Field("manager") => course.manager.is_none(),
            Demand::Field("purpose") => course.purpose.is_none(),
            Demand::Field(_) => course.schedule.entries.is_empty(),
            Demand::Reason => entry.reason.is_none(),
            Demand::Addressee => entry.addressee.is_none(),
            Demand::Decider => entry.by.is_none(),
            Demand::FailedTurnover => !self.has_failed(),
            // Only the end that stands is judged.
            Demand::Closing => {
                step.index + 1 == course.history.len()
                    && !closing(self.plan, course.id, self.day).is_empty()
            }
            Demand::Gate(..) => false,
        }
    }

    /// Returns whether a turnover of the course, or of a release that travels with it, failed or was rolled back, at once
    /// or at an earlier attempt.
    fn has_failed(&self) -> bool {
        use TurnoverStatus::{Failed, RolledBack};
        let (plan, id) = (self.plan, self.course.id);
        let of_train = plan.scoped_to::<Turnover>(id);
        let mut turnovers = turnovers_of(plan, id).into_iter().chain(of_train);
        turnovers.any(|turnover| {
            let status = turnover.fields.status.as_ref().map(|status| status.value);
            let attempts = turnover
                .fields
                .attempts
                .iter()
                .filter_map(|attempt| attempt.value.status.as_ref());
            let mut ends = attempts.map(|status| status.value);
            matches!(status, Some(Failed | RolledBack))
                || ends.any(|end| matches!(end, AttemptStatus::Failed | AttemptStatus::RolledBack))
        })
    }

    fn faults_of_time(&self, step: &Step<'p>) -> Vec<StepFault<'p>> {
        let Some(date) = &step.entry.value.date else {
            return Vec::new();
        };
        let above = self
            .steps
            .iter()
            .rev()
            .map(|step| step.entry)
            .find(|above| above.value.date.is_some());
        let is_early = |above: &&'p Spanned<Transition>| {
            above
                .value
                .date
                .as_ref()
                .is_some_and(|before| date.resolved.certainly_before(&before.resolved))
        };
        let early = above.filter(is_early).map(StepFault::Early);
        let future = date.days().is_some_and(|days| self.day < days.first);
        early
            .into_iter()
            .chain(future.then_some(StepFault::Future))
            .collect()
    }
}
