//! Where a release stands, when it goes to production, and what its policy asks of it: what several rules want to know.
//!
//! It only answers; what is at fault is for the rules to say.

use super::book::Context;
use crate::plan::kinds::policy::{Policy, Requirement, TypePolicy};
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::lifecycle::{Outcome, Stage};
use crate::plan::value::{Item, Period, When};
use crate::plan::{Course, Doc, DocId, Plan};
use crate::schedule::Schedule;
use crate::text::{Location, Span};
use crate::time::{Day, DayRange, Duration, civil};

/// What a policy asks of a train or a release by its type.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p> {
    /// The policy, which binds.
    pub(super) policy: Doc<'p, Policy>,
    /// The type, as the policy describes it.
    pub(super) of_type: &'p Item<TypePolicy>,
}

impl<'p> Asked<'p> {
    /// Returns what is asked of the train or release `id`; none where no policy binds it or knows its type. A release
    /// without a type has its train's.
    pub(super) fn of(plan: &'p Plan, id: DocId) -> Option<Self> {
        let own = plan.course(id)?.r#type;
        let r#type = own.or_else(|| plan.course_of_train(id)?.r#type)?;
        let policy = plan.binding_policy(id)?;
        let of_type = policy.fields.types.get(r#type)?;
        Some(Self { policy, of_type })
    }

    /// Returns where the type asks for `requirement`.
    pub(super) fn requires(self, plan: &Plan, requirement: Requirement) -> Option<Location> {
        let mut required = self.of_type.value.requires.iter();
        let asked = required.find(|asked| asked.value == requirement)?;
        Some(self.locate(plan, asked.span))
    }

    /// Returns the place of `span` in the policy.
    pub(super) fn locate(self, plan: &Plan, span: Span) -> Location {
        plan.locate(self.policy.id, span)
    }

    /// Returns the last day on which a deployment of `id` that starts on `start` is announced in time; that day itself
    /// where no notice is asked for, or only hours of it.
    pub(super) fn announced_by(self, plan: &Plan, id: DocId, start: Day) -> Option<Day> {
        let notice = self
            .of_type
            .value
            .notice
            .as_ref()
            .map(|notice| notice.value);
        let Some(notice) = notice.filter(|notice| notice.exact_seconds().is_none()) else {
            return Some(start);
        };
        days_after(plan, id, start, notice.negated())
    }

    /// Returns who asks, for a label: `release-policy asks it of the type major`.
    pub(super) fn words(self) -> String {
        let (policy, name) = (&self.policy.document.id, &self.of_type.id.value);
        format!("policy {policy} asks it of the type {name}")
    }
}

/// Returns the day that is `duration` after `day`, by the business days of the document `id`.
pub(super) fn days_after(plan: &Plan, id: DocId, day: Day, duration: Duration) -> Option<Day> {
    let midnight = day.0.to_datetime(civil::Time::midnight());
    let wall = plan.business_days(id).wall_after(midnight, duration)?;
    Some(Day(wall.date()))
}

/// Returns where the policy of the train or release `id` asks for `requirement`, and who asks.
pub(super) fn required(
    plan: &Plan,
    id: DocId,
    requirement: Requirement,
) -> Option<(Location, String)> {
    let asked = Asked::of(plan, id)?;
    Some((asked.requires(plan, requirement)?, asked.words()))
}

/// Returns whether the train or release `id` is older than the policy that governs it, and so left in peace.
pub(super) fn is_exempt(plan: &Plan, id: DocId) -> bool {
    plan.policy_of(id).is_some() && plan.binding_policy(id).is_none()
}

/// Returns the course whose history tells where the train or release `id` stands: its own, or its train's when it has
/// none.
pub(super) fn told_by(plan: &Plan, id: DocId) -> Option<Course<'_>> {
    let own = plan.course(id)?;
    let train = || plan.course_of_train(id);
    own.stage().map_or_else(train, |_| Some(own)).or(Some(own))
}

/// Returns the canonical stage that the train or release `id` is in, by its own history or its train's.
pub(super) fn stage(plan: &Plan, id: DocId) -> Option<Stage> {
    plan.canonical_stage(told_by(plan, id)?.id)
}

/// Returns when the train or release `id` last entered the canonical stage `stage`, and where that is written.
pub(super) fn entered(plan: &Plan, id: DocId, stage: Stage) -> Option<(&When, Location)> {
    let course = told_by(plan, id)?;
    let stages = plan.stages_of(course.id);
    let is_it = |name: &str| stages.canonical(name) == Some(stage);
    let mut entries = course.history.iter().rev();
    let entry = entries.find(|entry| entry.stage.as_ref().is_some_and(|name| is_it(name)))?;
    let date = entry.value.date.as_ref()?;
    Some((date, course.locate(date.span)))
}

/// Returns when the train or release `id` was closed, and where that is written; none unless it is closed.
pub(super) fn closed(plan: &Plan, id: DocId) -> Option<(&When, Location)> {
    let is_closed = stage(plan, id) == Some(Stage::Closed);
    entered(plan, id, Stage::Closed).filter(|_| is_closed)
}

/// Returns whether the train or release was deployed in vain: nothing of it stayed.
pub(super) fn was_in_vain(course: &Course<'_>) -> bool {
    let outcome = course.outcome.map(|outcome| outcome.value);
    matches!(outcome, Some(Outcome::Failed | Outcome::RolledBack))
}

/// When a release goes to production, or went.
#[derive(Clone, Copy)]
pub(super) struct Rollout {
    /// The days on which it can start.
    pub(super) starts: DayRange,
    /// The last day on which it can end.
    pub(super) last: Day,
    /// Where that is written.
    pub(super) at: Location,
    /// Whether it has taken place.
    pub(super) done: bool,
}

/// When the releases of a plan go to production.
#[derive(Clone, Copy)]
pub(super) struct Rollouts<'p> {
    plan: &'p Plan,
    schedule: &'p Schedule<'p>,
}

impl<'p> Rollouts<'p> {
    /// Returns those of the plan of `context`.
    pub(super) fn of_plan(context: &Context<'p>) -> Self {
        Self {
            plan: context.plan,
            schedule: context.schedule,
        }
    }

    /// Returns the production turnovers of the release `release` that took place, else those to come.
    pub(super) fn productions(&self, release: DocId) -> Vec<Doc<'p, Turnover>> {
        let turnovers = self.schedule.turnovers_of(release).iter().copied();
        let to_production = turnovers.filter(|turnover| self.schedule.is_production(turnover));
        let (deployed, others): (Vec<_>, Vec<_>) =
            to_production.partition(|turnover| was_deployed(turnover));
        if !deployed.is_empty() {
            return deployed;
        }
        let to_come = others.into_iter().filter(|turnover| turnover.is_to_come());
        to_come.collect()
    }

    /// Returns when the release `release` goes to production, or went: as its turnovers say, else its history, else the
    /// stage of deployment in its schedule or its train's.
    pub(super) fn of(&self, release: DocId) -> Option<Rollout> {
        let turnovers = self.productions(release);
        let each = turnovers
            .into_iter()
            .filter_map(|it| of_turnover(self.plan, it));
        let by_turnover = each.reduce(|one, other| {
            let first = if other.starts.first < one.starts.first {
                other
            } else {
                one
            };
            Rollout {
                last: one.last.max(other.last),
                ..first
            }
        });
        by_turnover
            .or_else(|| self.entered(release))
            .or_else(|| self.planned(release))
            .or_else(|| self.planned(self.plan.document(release).belongs.train?))
    }

    /// Returns when its history says that it went; nothing once it has returned from there.
    fn entered(&self, release: DocId) -> Option<Rollout> {
        let told = told_by(self.plan, release)?;
        let stages = self.plan.stages_of(told.id);
        let is_back = told
            .stage()
            .and_then(|now| stages.reached(now))
            .is_some_and(|reached| reached < Stage::Deployment);
        let (date, at) = entered(self.plan, release, Stage::Deployment).filter(|_| !is_back)?;
        let starts = date.days()?;
        let closed = closed(self.plan, release).and_then(|(date, _)| date.days());
        let planned = self.planned(release).map(|planned| planned.last);
        let last = closed.map(|days| days.last).or(planned);
        Some(Rollout {
            starts,
            last: last.unwrap_or(starts.last).max(starts.last),
            at,
            done: true,
        })
    }

    fn planned(&self, id: DocId) -> Option<Rollout> {
        let course = self.plan.course(id)?;
        let name = self.plan.stages_of(id).named(Stage::Deployment)?;
        let period = course.schedule.get(name)?;
        of_period(period, course.locate(period.span))
    }
}

fn was_deployed(turnover: &Turnover) -> bool {
    let status = turnover.status.as_ref().map(|status| status.value);
    status == Some(TurnoverStatus::Deployed)
}

fn of_period(period: &Period, at: Location) -> Option<Rollout> {
    Some(Rollout {
        starts: period.resolved.from().days()?,
        last: period.days()?.last,
        at,
        done: false,
    })
}

/// Returns when `turnover` is deployed, with its waves.
fn of_turnover(plan: &Plan, turnover: Doc<'_, Turnover>) -> Option<Rollout> {
    let fields = turnover.fields;
    let done = was_deployed(fields);
    let actual = fields.actual.as_ref().filter(|_| done);
    let period = actual.or(fields.planned.as_ref())?;
    let whole = of_period(period, plan.locate(turnover.id, period.span))?;
    let waves = fields.waves.iter();
    let ends = waves.filter_map(|wave| Some(wave.planned.as_ref()?.days()?.last));
    Some(Rollout {
        last: ends.max().map_or(whole.last, |last| last.max(whole.last)),
        done,
        ..whole
    })
}

/// Returns the application's id of `release` and its version, for a message: `payments 4.2.0`.
pub(super) fn name(plan: &Plan, release: Doc<'_, Release>) -> String {
    let application = release.fields.application.as_ref().and_then(|of| of.target);
    let version = release.fields.version.as_ref();
    match (application, version) {
        (Some(of), Some(version)) => format!("{} {}", plan.document(of).id, version.value.0),
        _ => format!("release {}", release.document.id),
    }
}
