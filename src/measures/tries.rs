//! Every try to deploy to production that has taken place.

use super::gaps::Gap;
use super::restore::Restored;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::{Attempt, AttemptStatus};
use crate::plan::value::Period;
use crate::plan::{Doc, DocId, Plan};
use crate::schedule::Schedule;
use crate::time::{Date, Day, InstantRange, Interval, Until};

/// The type of release that cannot wait.
const EMERGENCY: &str = "emergency";

/// One try to deploy to production.
#[derive(Clone, Debug)]
pub struct Try<'p> {
    /// The turnover.
    pub turnover: Doc<'p, Turnover>,
    /// The day on which it ended; the last one that it can have been, within one month.
    pub day: Day,
    /// From its start to its end, where the plan tells both times of day.
    pub range: Option<InstantRange>,
    /// How it ended.
    pub result: TryResult,
    /// When service was as it should be again; none for a try that did not fail.
    pub restored: Option<Restored>,
    /// The releases that it brought, by id.
    pub releases: Vec<DocId>,
    /// The applications that it brought, by id.
    pub applications: Vec<DocId>,
    /// Whether it brought an emergency.
    pub is_emergency: bool,
    /// Whether only the day is known for which it was planned.
    pub is_dated_by_plan: bool,
}

/// How a try to deploy ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryResult {
    /// It is live.
    Deployed,
    /// It did not work.
    Failed,
    /// It was taken back.
    RolledBack,
}

impl TryResult {
    /// Returns the word of the format for it: `rolled-back`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Deployed => "deployed",
            Self::Failed => "failed",
            Self::RolledBack => "rolled-back",
        }
    }

    fn of_attempt(attempt: &Attempt) -> Option<Self> {
        match attempt.status.as_ref()?.value {
            AttemptStatus::Deployed => Some(Self::Deployed),
            AttemptStatus::Failed => Some(Self::Failed),
            AttemptStatus::RolledBack => Some(Self::RolledBack),
            AttemptStatus::Cancelled => None,
        }
    }

    fn of_turnover(turnover: &Turnover) -> Option<Self> {
        use TurnoverStatus::{Accepted, Cancelled, Draft, Rejected, Submitted};
        match turnover.status.as_ref()?.value {
            TurnoverStatus::Deployed => Some(Self::Deployed),
            TurnoverStatus::Failed => Some(Self::Failed),
            TurnoverStatus::RolledBack => Some(Self::RolledBack),
            Draft | Submitted | Accepted | Rejected | Cancelled => None,
        }
    }
}

impl Try<'_> {
    /// Returns whether it failed, or had to be taken back.
    pub fn is_failure(&self) -> bool {
        self.result != TryResult::Deployed
    }
}

/// A try as it is written: when it took place, how it ended, and whether only the plan has a date for it.
type Written<'p> = (Option<&'p Period>, TryResult, bool);

/// Returns every try up to `day`, the earliest first, and adds what is not known of others to `gaps`.
pub(super) fn of<'p>(
    schedule: &Schedule<'p>,
    day: Day,
    counts: &impl Fn(DocId) -> bool,
    gaps: &mut Vec<(Gap, usize)>,
) -> Vec<Try<'p>> {
    let plan = schedule.plan();
    let (mut found, mut undated, mut open) = (Vec::new(), 0, 0);
    let turnovers = plan.all::<Turnover>().filter(|it| counts(it.id));
    for turnover in turnovers.filter(|it| plan.is_production(it.fields)) {
        let attempts = turnover.fields.attempts.iter();
        open += attempts.filter(|it| it.value.status.is_none()).count();
        for (period, result, is_dated_by_plan) in written(turnover.fields) {
            match period.and_then(|period| Some((period, day_of(schedule, turnover.id, period)?))) {
                Some((_, ended)) if ended > day => {}
                Some((period, ended)) => {
                    let timed = is_timed(&period.resolved) && !is_dated_by_plan;
                    let range = timed.then(|| schedule.instants(turnover.id, period));
                    let tried = bringing(schedule, turnover, (result, ended));
                    found.push(Try {
                        range: range.flatten(),
                        is_dated_by_plan,
                        ..tried
                    });
                }
                None => undated += 1,
            }
        }
    }
    gaps.push((Gap::Undated, undated));
    gaps.push((Gap::WithoutStatus, open));
    found.sort_by_key(|it| (it.day, it.range.map(|range| range.start), it.turnover.id));
    found
}

/// Returns the tries of `turnover`, the oldest first: its attempts, and what it says itself where no attempt says it.
fn written(turnover: &Turnover) -> Vec<Written<'_>> {
    let attempts = || turnover.attempts.iter().map(|attempt| &attempt.value);
    let tried = attempts().filter_map(|attempt| {
        Some((
            attempt.actual.as_ref(),
            TryResult::of_attempt(attempt)?,
            false,
        ))
    });
    let mut found: Vec<Written<'_>> = tried.collect();
    let Some(own) = TryResult::of_turnover(turnover) else {
        return found;
    };
    let is_told = match &turnover.actual {
        Some(actual) => attempts().any(|attempt| {
            let of = attempt.actual.as_ref();
            of.is_some_and(|of| of.resolved == actual.resolved)
        }),
        None => found.last().is_some_and(|(_, result, _)| *result == own),
    };
    if !is_told {
        let period = turnover.actual.as_ref().or(turnover.planned.as_ref());
        found.push((period, own, turnover.actual.is_none()));
    }
    found
}

/// Returns the try of `turnover` that ended so on that day, without its times of day.
fn bringing<'p>(
    schedule: &Schedule<'p>,
    turnover: Doc<'p, Turnover>,
    (result, day): (TryResult, Day),
) -> Try<'p> {
    let plan = schedule.plan();
    let contents = schedule.contents(turnover);
    let applications = contents.iter().filter_map(|of| {
        let application = of.fields.application.as_ref()?.target;
        application.or(of.document.belongs.application)
    });
    let mut applications: Vec<_> = applications.collect();
    applications.sort_unstable();
    applications.dedup();
    Try {
        turnover,
        day,
        range: None,
        result,
        restored: None,
        applications,
        is_emergency: contents.iter().any(|release| is_emergency(plan, release)),
        releases: contents.iter().map(|release| release.id).collect(),
        is_dated_by_plan: false,
    }
}

/// Returns whether a release, or else its train, cannot wait.
fn is_emergency(plan: &Plan, release: &Doc<'_, Release>) -> bool {
    let own = release.fields.r#type.as_ref();
    let train = plan.course_of_train(release.id);
    let of = own.or(train.and_then(|train| train.r#type));
    of.is_some_and(|of| &*of.value == EMERGENCY)
}

/// Returns the day on which `period` of the document `id` ends; the last of those that it can be, if all of them are in
/// one month. None while that is not known.
fn day_of(schedule: &Schedule<'_>, id: DocId, period: &Period) -> Option<Day> {
    if let Some(range) = schedule.instants(id, period) {
        let is_whole = matches!(period.resolved.until(), Until::Date(Date::Day(_)));
        let day = schedule.zone(id).day(range.end);
        return Some(if is_whole { day.previous() } else { day });
    }
    let days = period.days()?;
    let month = |day: Day| (day.0.year(), day.0.month());
    (month(days.first) == month(days.last)).then_some(days.last)
}

/// Returns whether an interval tells the time of day of both its ends.
fn is_timed(interval: &Interval) -> bool {
    let ends = match interval.until() {
        Until::Date(date) => matches!(date, Date::Moment(_)),
        Until::After(duration) => duration.exact_seconds().is_some(),
    };
    ends && matches!(interval.from(), Date::Moment(_))
}
