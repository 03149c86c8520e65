//! The run sheet of a turnover on the time line: its barriers, its critical path, and the last moment to turn back.

use super::occupied::backout_duration;
use super::{Bounds, Schedule, WindowVerdict};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::{Step, StepStatus};
use crate::plan::value::{Item, Keyed, When};
use crate::time::{Calendar, Duration, Instant, InstantRange, Zone};

/// A run sheet as planned from the start of its turnover.
#[derive(Clone, Debug)]
pub struct RunSheet<'p> {
    /// The steps that run together, one after the other.
    pub barriers: Vec<Barrier<'p>>,
    /// From the start of the first step to the end of the last one.
    pub steps: InstantRange,
    /// The deployment as it is planned.
    pub deployment: InstantRange,
    /// How long it takes to turn back; none where nothing says so.
    pub backout: Option<Duration>,
    /// When everything has to be over, back-out included: the end of the windows that it lies in, else of the occupied
    /// interval.
    pub limit: Instant,
    /// The last moment at which back-out can still begin; none where nothing says how long it takes.
    pub last_return: Option<Instant>,
    /// The steps that do not say how long they take, and count for nothing.
    pub unmeasured: Vec<&'p Item<Step>>,
}

/// Steps that run in parallel: all end before the next ones start.
#[derive(Clone, Debug)]
pub struct Barrier<'p> {
    /// Their place in the order; none for a step that names none, which runs alone after those that do.
    pub seq: Option<u32>,
    /// The steps, as written, without those that are skipped.
    pub steps: Vec<&'p Item<Step>>,
    /// The one that takes longest, on the critical path.
    pub longest: Option<&'p Item<Step>>,
    /// When they run.
    pub range: InstantRange,
}

/// Two steps whose times contradict their order.
#[derive(Clone, Copy, Debug)]
pub struct Disorder<'p> {
    /// The step that comes first by its `seq`.
    pub earlier: &'p Item<Step>,
    /// The step that was begun before the earlier one had ended.
    pub later: &'p Item<Step>,
}

impl RunSheet<'_> {
    /// Returns whether the steps end within the planned deployment, and turning back at their end within the limit.
    pub fn fits(&self) -> bool {
        self.steps.end <= self.deployment.end
            && self.last_return.is_none_or(|last| self.steps.end <= last)
    }
}

impl<'p> Schedule<'p> {
    /// Returns the run sheet of `turnover`; none unless it is planned to the day.
    pub fn run_sheet(&self, turnover: Doc<'p, Turnover>) -> Option<RunSheet<'p>> {
        let period = turnover.fields.planned.as_ref()?;
        let deployment = self.instants(turnover.id, period)?;
        let (zone, calendar) = (self.zone(turnover.id), self.calendar(turnover.id));
        let barriers = barriers(&turnover.fields.tasks, deployment.start, zone, &calendar);
        let end = barriers
            .last()
            .map_or(deployment.start, |barrier| barrier.range.end);
        let backout = backout_duration(turnover.fields);
        let reserve = backout.unwrap_or(Duration::ZERO);
        let whole = InstantRange::new(
            deployment.start,
            calendar.instant_after(deployment.end, reserve, zone)?,
        );
        let limit = match self.windows_for(&self.target(turnover), whole).verdict {
            WindowVerdict::Inside(open) => open.end,
            _ => whole.end,
        };
        let last_return =
            backout.and_then(|backout| calendar.instant_after(limit, backout.negated(), zone));
        let steps = barriers
            .iter()
            .flat_map(|barrier| barrier.steps.iter().copied());
        Some(RunSheet {
            unmeasured: steps.filter(|step| step.duration.is_none()).collect(),
            steps: InstantRange::new(deployment.start, end),
            barriers,
            deployment,
            backout,
            limit,
            last_return,
        })
    }

    /// Returns the steps of `turnover` that were certainly begun before one with a smaller `seq` had ended: for each,
    /// the nearest such step.
    pub fn disorders(&self, turnover: Doc<'p, Turnover>) -> Vec<Disorder<'p>> {
        let zone = self.zone(turnover.id);
        let steps = || {
            let all = turnover.fields.tasks.iter();
            all.filter(|step| !is_skipped(step))
        };
        let at = |when: Option<&When>| when.and_then(|when| Bounds::of_event(&when.resolved, zone));
        let seq = |step: &Item<Step>| step.seq.as_ref().map(|seq| seq.value);
        let disorders = steps().filter_map(|later| {
            let (own, started) = (seq(later)?, at(later.started.as_ref())?);
            let before = steps().filter(|step| seq(step).is_some_and(|seq| seq < own));
            let unfinished = before.filter(|step| {
                at(step.finished.as_ref())
                    .is_some_and(|finished| started.latest < finished.earliest)
            });
            unfinished
                .max_by_key(|step| seq(step))
                .map(|earlier| Disorder { earlier, later })
        });
        disorders.collect()
    }

    /// Returns the steps of `turnover`, of its way back too, that certainly ended before they were begun.
    pub fn reversed(&self, turnover: Doc<'p, Turnover>) -> Vec<&'p Item<Step>> {
        let zone = self.zone(turnover.id);
        let at = |when: &When| Bounds::of_event(&when.resolved, zone);
        let is_reversed = |step: &&Item<Step>| {
            let started = step.started.as_ref().and_then(at);
            let finished = step.finished.as_ref().and_then(at);
            let both = started.zip(finished);
            both.is_some_and(|(started, finished)| finished.latest < started.earliest)
        };
        let back = turnover.fields.backout.iter();
        let back = back.flat_map(|backout| &backout.tasks);
        let steps = turnover.fields.tasks.iter().chain(back);
        steps.filter(is_reversed).collect()
    }
}

/// Returns `steps` in barriers from `start` on.
fn barriers<'p>(
    steps: &'p Keyed<Step>,
    start: Instant,
    zone: &Zone,
    calendar: &Calendar,
) -> Vec<Barrier<'p>> {
    let seq = |step: &Item<Step>| step.seq.as_ref().map(|seq| seq.value);
    let mut sorted: Vec<&'p Item<Step>> = steps.iter().filter(|step| !is_skipped(step)).collect();
    sorted.sort_by_key(|step| (seq(step).is_none(), seq(step)));
    let mut barriers: Vec<Barrier<'p>> = Vec::new();
    let mut now = start;
    for together in sorted.chunk_by(|a, b| seq(a).is_some() && seq(a) == seq(b)) {
        let end = |step: &Item<Step>| {
            let duration = step.duration.as_ref()?.value;
            calendar.instant_after(now, duration, zone)
        };
        let longest = together
            .iter()
            .copied()
            .filter(|step| end(step).is_some())
            .rev()
            .max_by_key(|step| end(step));
        let range = InstantRange::new(now, longest.and_then(end).unwrap_or(now));
        barriers.push(Barrier {
            seq: together.first().and_then(|step| seq(step)),
            steps: together.to_vec(),
            longest,
            range,
        });
        now = range.end;
    }
    barriers
}

fn is_skipped(step: &Step) -> bool {
    step.status
        .as_ref()
        .is_some_and(|status| status.value == StepStatus::Skipped)
}
