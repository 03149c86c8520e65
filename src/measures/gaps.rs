//! What a plan does not say, and measures therefore leave out or take from elsewhere.

use super::restore::Restored;
use super::tries::Try;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::{AttemptStatus, WaveStatus};
use crate::plan::parts::lifecycle::{Outcome, Stage};
use crate::plan::{DocId, Kind};
use crate::schedule::Schedule;
use crate::time::DayRange;

/// Something that a plan does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A try has no date that is known to the month: it is left out of everything.
    Undated,
    /// An attempt does not say how it ended: it is left out of everything.
    WithoutStatus,
    /// A turnover took place and has no `actual`: it is counted on the day for which it was planned.
    DatedByPlan,
    /// A turnover brought no release of an application: it is counted in the whole alone.
    WithoutApplication,
    /// A wave failed or was taken back: only whole tries are counted.
    FailedWave,
    /// A train or a release says that it failed, and no try to deploy it does: it is no failed deployment.
    FailedOutcome,
    /// A failed try, or what mended it, has no time of day: it is left out of the time to restore.
    WithoutTime,
    /// A release reached production and no day is known on which its construction began: it is left out of the lead time.
    NotBegun,
    /// A release is deployed or closed as its history says, and no turnover to production brings it.
    WithoutTurnover,
}

/// Returns what is not known of `tries`.
pub(super) fn of_tries(tries: &[Try<'_>]) -> [(Gap, usize); 3] {
    let count = |says: fn(&Try<'_>) -> bool| tries.iter().filter(|of| says(of)).count();
    [
        (Gap::DatedByPlan, count(|of| of.is_dated_by_plan)),
        (
            Gap::WithoutApplication,
            count(|of| of.applications.is_empty()),
        ),
        (
            Gap::WithoutTime,
            count(|of| of.restored == Some(Restored::Unknown)),
        ),
    ]
}

/// Returns what the documents of the plan say in places that are not counted.
pub(super) fn of_plan(
    schedule: &Schedule<'_>,
    counts: &impl Fn(DocId) -> bool,
    window: DayRange,
) -> [(Gap, usize); 3] {
    let plan = schedule.plan();
    let production = plan
        .all::<Turnover>()
        .filter(|it| counts(it.id) && plan.is_production(it.fields));
    let waves = production.flat_map(|it| &it.fields.waves.items);
    let failed = waves.filter(|wave| {
        let status = wave.status.as_ref().map(|status| status.value);
        matches!(status, Some(WaveStatus::Failed | WaveStatus::RolledBack))
    });
    let failed = failed.count();
    let mut outcomes = 0;
    let mut untold = 0;
    for course in plan.courses().filter(|course| counts(course.id)) {
        let is_train = course.document.kind == Kind::Train;
        let turnovers = match is_train {
            true => schedule.turnovers_in(course.id),
            false => schedule.turnovers_of(course.id),
        };
        let own: Vec<_> = turnovers
            .iter()
            .filter(|it| plan.is_production(it.fields))
            .collect();
        let outcome = course.outcome.map(|outcome| outcome.value);
        let is_bad = matches!(outcome, Some(Outcome::Failed | Outcome::RolledBack));
        outcomes += usize::from(is_bad && !own.iter().any(|it| has_failed(it.fields)));
        let is_live = !is_train && own.is_empty() && was_deployed(schedule, course.id, window);
        untold += usize::from(is_live);
    }
    [
        (Gap::FailedWave, failed),
        (Gap::FailedOutcome, outcomes),
        (Gap::WithoutTurnover, untold),
    ]
}

/// Returns whether a try of `turnover` failed or was taken back.
fn has_failed(turnover: &Turnover) -> bool {
    let own = turnover.status.as_ref().map(|status| status.value);
    let mut attempts = turnover.attempts.iter();
    matches!(
        own,
        Some(TurnoverStatus::Failed | TurnoverStatus::RolledBack)
    ) || attempts.any(|attempt| {
        let status = attempt.value.status.as_ref().map(|status| status.value);
        matches!(
            status,
            Some(AttemptStatus::Failed | AttemptStatus::RolledBack)
        )
    })
}

/// Returns whether the history of the release `id` entered the deployment, or its end, in `window`.
fn was_deployed(schedule: &Schedule<'_>, id: DocId, window: DayRange) -> bool {
    let plan = schedule.plan();
    let Some(course) = plan.course(id) else {
        return false;
    };
    let stages = plan.stages_of(id);
    course.history.iter().any(|entry| {
        let stage = entry.value.stage.as_ref();
        let stage = stage.and_then(|stage| stages.canonical(&stage.value));
        let days = entry.value.date.as_ref().and_then(|date| date.days());
        matches!(stage, Some(Stage::Deployment | Stage::Closed))
            && days.is_some_and(|days| days.overlaps(window))
    })
}
