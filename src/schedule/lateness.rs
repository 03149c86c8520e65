//! Whether a release gets what it needs: planned early enough, done once its date is past, in a version that will do.

use super::occupied::period_of;
use super::{Bounds, Dependency, Installed, Needed, Reach, Schedule, is_cancelled, is_to_come};
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::{Map, Period};
use crate::plan::{Detail, Doc, DocId};
use crate::text::Span;
use crate::time::{Day, Instant};

/// When a release, a train or a milestone is done, as planned.
#[derive(Clone, Debug)]
pub struct ReleaseDates<'p> {
    /// From its start to its end; a day leaves open at what time of that day. Both are the same for a milestone.
    pub reach: Reach,
    /// The document that says so, and where.
    pub says: (DocId, Span),
    /// The production turnovers that it is taken from; none where its schedule or its train says it.
    pub turnovers: Vec<Doc<'p, Turnover>>,
}

impl ReleaseDates<'_> {
    /// Returns whether one turnover brings both, or both have their dates from the same train.
    pub(super) fn is_with(&self, other: &Self) -> bool {
        let shares =
            |turnover: &Doc<'_, Turnover>| self.turnovers.iter().any(|own| own.id == turnover.id);
        self.says == other.says || other.turnovers.iter().any(shares)
    }
}

/// A need that is planned too late for what needs it, on whatever days its dates come to mean.
#[derive(Clone, Debug)]
pub struct Lateness<'p> {
    /// The dates of what is needed.
    pub needed: ReleaseDates<'p>,
    /// The dates of the release that needs it.
    pub own: ReleaseDates<'p>,
    /// The earliest instant at which what is needed allows it, with the lag.
    pub allowed_from: Instant,
    /// The latest instant at which the release starts (FS, SS) or ends (FF, SF).
    pub planned_for: Instant,
}

/// Why a need is not met, whatever its dates.
#[derive(Clone, Debug)]
pub enum Broken<'p> {
    /// The release needs itself, or its own train.
    Itself,
    /// What is needed was given up.
    Abandoned,
    /// Its deployment failed or was taken back, and no other is planned.
    Failed(Doc<'p, Turnover>),
    /// Its date is past, and it is not done.
    Overdue(ReleaseDates<'p>),
}

/// What a version constraint finds in an environment.
#[derive(Clone, Copy, Debug)]
pub struct VersionAnswer<'p> {
    /// The environment.
    pub environment: Doc<'p, Environment>,
    /// When the release starts there, at the latest.
    pub at: Instant,
    /// What will be there then, by the last dates; none when nothing is known to be.
    pub found: Option<Installed<'p>>,
    /// Whether that will do; none when its scheme has no order that could tell.
    pub satisfied: Option<bool>,
}

impl<'p> Schedule<'p> {
    /// Returns when the release `id` goes to production: as its turnovers say, else its schedule, else its train.
    pub fn release_dates(&self, id: DocId) -> Option<ReleaseDates<'p>> {
        let of_train = || {
            self.plan
                .document(id)
                .belongs
                .train
                .and_then(|train| self.train_dates(train))
        };
        self.turnover_dates(self.turnovers_of(id))
            .or_else(|| self.scheduled(id))
            .or_else(of_train)
    }

    /// Returns when the train `id` goes to production: as its turnovers say, else its schedule.
    pub fn train_dates(&self, id: DocId) -> Option<ReleaseDates<'p>> {
        self.turnover_dates(self.turnovers_in(id))
            .or_else(|| self.scheduled(id))
    }

    /// Returns when what is needed takes place; none for versions, for what is outside, and where no date is known.
    pub fn needed_dates(&self, needed: &Needed<'p>) -> Option<ReleaseDates<'p>> {
        match needed {
            Needed::Release(release) => self.release_dates(release.id),
            Needed::Train(train) => self.train_dates(train.id),
            Needed::Milestone(milestone) => {
                let when = milestone
                    .fields
                    .done
                    .as_ref()
                    .or(milestone.fields.due.as_ref())?;
                let bounds = Bounds::of_event(&when.resolved, self.zone(milestone.id))
                    .filter(|_| !milestone.fields.skip)?;
                let reach = Reach {
                    start: bounds,
                    end: bounds,
                };
                Some(ReleaseDates {
                    reach,
                    says: (milestone.id, when.span),
                    turnovers: Vec::new(),
                })
            }
            Needed::Version { .. } | Needed::External(_) => None,
        }
    }

    /// Returns how a need is planned too late; none when it is early enough, or may be.
    ///
    /// What one turnover brings together, and what has its dates from the same train, is in the order of its run sheet.
    pub fn lateness(&self, dependency: &Dependency<'p>) -> Option<Lateness<'p>> {
        let own = self.release_dates(dependency.release.id)?;
        let needed = self
            .needed_dates(&dependency.needed)
            .filter(|_| !dependency.is_on_itself())?;
        if own.is_with(&needed) {
            return None;
        }
        let allowed_from = self.released_at(dependency)?.earliest;
        let planned_for = dependency.bound(own.reach).latest;
        (allowed_from > planned_for).then_some(Lateness {
            needed,
            own,
            allowed_from,
            planned_for,
        })
    }

    /// Returns why a need is not met as of `day`, apart from being planned too late.
    pub fn broken(&self, dependency: &Dependency<'p>, day: Day) -> Option<Broken<'p>> {
        if dependency.is_on_itself() {
            return Some(Broken::Itself);
        }
        let (id, turnovers) = match &dependency.needed {
            Needed::Release(release) => (release.id, self.turnovers_of(release.id)),
            Needed::Train(train) => (train.id, self.turnovers_in(train.id)),
            Needed::Milestone(milestone) => {
                let open = milestone.fields.done.is_none();
                let dates = self.needed_dates(&dependency.needed).filter(|_| open)?;
                return self
                    .is_past(dates.reach.end, day)
                    .then_some(Broken::Overdue(dates));
            }
            Needed::Version { .. } | Needed::External(_) => return None,
        };
        if self.plan.is_abandoned(id) {
            return Some(Broken::Abandoned);
        }
        let live = |turnover: &Doc<'p, Turnover>| {
            self.is_production(turnover.fields) && !is_cancelled(turnover.fields)
        };
        let production: Vec<_> = turnovers.iter().copied().filter(live).collect();
        if self.plan.canonical_stage(id) == Some(Stage::Closed) || is_deployed(&production) {
            return None;
        }
        if let Some(failed) = failed_for_good(&production) {
            return Some(Broken::Failed(failed));
        }
        let dates = self.needed_dates(&dependency.needed)?;
        let binding = dependency.binding(dates.reach);
        self.is_past(binding, day).then_some(Broken::Overdue(dates))
    }

    /// Returns what a version constraint finds: in its environment, else in each production environment that the
    /// release goes to, at the moment at which it goes there. Empty for other needs, and where no moment is known.
    pub fn version_answers(&self, dependency: &Dependency<'p>) -> Vec<VersionAnswer<'p>> {
        let Needed::Version {
            constraint: Some(_),
            environment,
            ..
        } = dependency.needed
        else {
            return Vec::new();
        };
        let live = self.turnovers_of(dependency.release.id).iter().copied();
        let live: Vec<_> = live
            .filter(|turnover| !is_cancelled(turnover.fields) && !has_failed(turnover.fields))
            .collect();
        let goes_to = |turnover: &&Doc<'p, Turnover>| match environment {
            Some(environment) => turnover
                .fields
                .environment
                .as_ref()
                .is_some_and(|of| of.target == Some(environment.id)),
            None => self.is_production(turnover.fields),
        };
        let there = live.iter().filter(goes_to).filter_map(|turnover| {
            let environment = self.plan.follow(turnover.fields.environment.as_ref())?;
            self.version_answer(
                dependency,
                environment,
                self.starts_of(*turnover)?,
                Some(*turnover),
            )
        });
        let mut answers: Vec<_> = there.collect();
        if let Some(environment) = environment.filter(|_| answers.is_empty()) {
            let start = self
                .release_dates(dependency.release.id)
                .map(|dates| dates.reach.start);
            answers.extend(
                start.and_then(|at| self.version_answer(dependency, environment, at, None)),
            );
        }
        answers
    }

    /// Returns what the version constraint of `dependency` finds in `environment` within `at`, when `turnover` brings
    /// what is in it as well. It fails only where no day that coarse dates can mean would do.
    pub(super) fn version_answer(
        &self,
        dependency: &Dependency<'p>,
        environment: Doc<'p, Environment>,
        at: Bounds,
        turnover: Option<Doc<'p, Turnover>>,
    ) -> Option<VersionAnswer<'p>> {
        let Needed::Version {
            application,
            constraint: Some(constraint),
            ..
        } = dependency.needed
        else {
            return None;
        };
        let brought = turnover.and_then(|turnover| {
            let contents = self.contents(turnover);
            let same = contents
                .into_iter()
                .find(|of| of.document.belongs.application == Some(application.id));
            Installed::by(same?, turnover, at.latest)
        });
        let found = match brought {
            Some(brought) => vec![brought],
            None => self.possible_versions(environment.id, application.id, at),
        };
        let suits = |installed: &Installed<'p>| {
            let owner = installed.release.map(|release| release.id);
            constraint.matches(&self.read_version(application, owner, installed.version)?)
        };
        let suits: Vec<_> = found.iter().map(suits).collect();
        let satisfied = if suits.contains(&Some(true)) {
            Some(true)
        } else if suits.contains(&None) {
            None
        } else {
            Some(false)
        };
        Some(VersionAnswer {
            environment,
            at: at.latest,
            found: found.last().copied(),
            satisfied,
        })
    }

    /// Returns between which bounds the deployment of `turnover` starts: a day leaves open at what time of it.
    fn starts_of(&self, turnover: Doc<'p, Turnover>) -> Option<Bounds> {
        let period = period_of(turnover.fields).filter(|_| !is_cancelled(turnover.fields))?;
        Some(self.order(turnover.id, period)?.start)
    }

    fn turnover_dates(&self, turnovers: &[Doc<'p, Turnover>]) -> Option<ReleaseDates<'p>> {
        let mut found: Option<ReleaseDates<'p>> = None;
        let live = turnovers
            .iter()
            .filter(|turnover| !is_cancelled(turnover.fields) && !has_failed(turnover.fields));
        for &turnover in live.filter(|turnover| self.is_production(turnover.fields)) {
            let Some((period, reach)) = period_of(turnover.fields)
                .and_then(|period| Some((period, self.order(turnover.id, period)?)))
            else {
                continue;
            };
            let dates = found.get_or_insert_with(|| ReleaseDates {
                reach,
                says: (turnover.id, period.span),
                turnovers: Vec::new(),
            });
            // What is pointed at is the turnover that ends last: until then it is not done.
            if reach.end.latest > dates.reach.end.latest {
                dates.says = (turnover.id, period.span);
            }
            dates.reach = dates.reach.to(reach);
            dates.turnovers.push(turnover);
        }
        found
    }

    fn scheduled(&self, id: DocId) -> Option<ReleaseDates<'p>> {
        let schedule: &'p Map<Period> = match &self.plan.document(id).detail {
            Detail::Train(train) => &train.schedule,
            Detail::Release(release) => &release.schedule,
            _ => return None,
        };
        let mut stages = schedule.iter();
        let (_, period) =
            stages.find(|(stage, _)| self.plan.stands_for(id, stage) == Some(Stage::Deployment))?;
        let reach = self.order(id, period)?;
        Some(ReleaseDates {
            reach,
            says: (id, period.span),
            turnovers: Vec::new(),
        })
    }

    fn order(&self, id: DocId, period: &Period) -> Option<Reach> {
        Reach::of_order(&period.resolved, self.zone(id), &self.calendar(id))
    }

    fn is_past(&self, bounds: Bounds, day: Day) -> bool {
        bounds.latest < self.zone_of_plan().start_of(day)
    }
}

/// Returns whether `turnover` did not work, or was taken back.
pub(super) fn has_failed(turnover: &Turnover) -> bool {
    use TurnoverStatus::{Failed, RolledBack};
    turnover
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, Failed | RolledBack))
}

/// Returns the last of `turnovers` that failed, when no other is to come.
fn failed_for_good<'p>(turnovers: &[Doc<'p, Turnover>]) -> Option<Doc<'p, Turnover>> {
    let waiting = turnovers.iter().any(|turnover| is_to_come(turnover.fields));
    let mut failed = turnovers
        .iter()
        .rev()
        .filter(|turnover| has_failed(turnover.fields));
    failed.next().copied().filter(|_| !waiting)
}

/// Returns whether a release is live with these turnovers: one is deployed, and none is to come.
pub(super) fn is_deployed(turnovers: &[Doc<'_, Turnover>]) -> bool {
    let deployed = |turnover: &Turnover| {
        turnover
            .status
            .as_ref()
            .is_some_and(|of| of.value == TurnoverStatus::Deployed)
    };
    turnovers.iter().any(|turnover| deployed(turnover.fields))
        && !turnovers.iter().any(|of| is_to_come(of.fields))
}
