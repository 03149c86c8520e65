//! What is where, when: the versions of applications in environments.

use std::collections::{BTreeMap, BTreeSet};

use super::lateness::has_failed;
use super::occupied::period_of;
use super::{Bounds, Dependency, Needed, Reach, Schedule, is_cancelled, is_to_come};
use crate::plan::kinds::application::Application;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::policy::Policy;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId, Kind};
use crate::time::{Instant, InstantRange, Version, VersionScheme};

/// A version of an application in an environment.
#[derive(Clone, Copy, Debug)]
pub struct Installed<'p> {
    /// The version.
    pub version: &'p str,
    /// The release that brought it; none where only the environment states it.
    pub release: Option<Doc<'p, Release>>,
    /// The turnover that brought it, or will.
    pub turnover: Option<Doc<'p, Turnover>>,
    /// Since when, where a turnover says so.
    pub since: Option<Instant>,
}

impl<'p> Installed<'p> {
    /// Returns what `release` leaves when `turnover` brings it at `since`; none for a release without a version.
    pub(super) fn by(
        release: Doc<'p, Release>,
        turnover: Doc<'p, Turnover>,
        since: Instant,
    ) -> Option<Self> {
        let version = &*release.fields.version.as_ref()?.value.0;
        Some(Self {
            version,
            release: Some(release),
            turnover: Some(turnover),
            since: Some(since),
        })
    }
}

/// What a turnover brings to an environment: a release of some application.
#[derive(Clone, Copy, Debug)]
pub(super) struct Supply<'p> {
    /// The turnover.
    pub(super) turnover: Doc<'p, Turnover>,
    /// The release.
    pub(super) release: Doc<'p, Release>,
    /// When the deployment ends; none where no date says it.
    pub(super) ends: Option<Bounds>,
}

impl<'p> Supply<'p> {
    /// Returns whether it leaves something, or will: what failed, was taken back or called off does not.
    fn is_live(&self) -> bool {
        let turnover = self.turnover.fields;
        !is_cancelled(turnover) && !has_failed(turnover)
    }

    fn is_to_come(&self) -> bool {
        is_to_come(self.turnover.fields)
    }

    /// Returns when it has ended at the latest, and at the earliest: what was deployed at no known time has ended before
    /// all else, and what is planned for no known time never does.
    fn ends(&self) -> Bounds {
        self.ends.unwrap_or(Bounds::exact(if self.is_to_come() {
            Instant::MAX
        } else {
            Instant::MIN
        }))
    }

    fn installed(&self) -> Option<Installed<'p>> {
        Installed::by(self.release, self.turnover, self.ends().latest)
    }
}

/// Returns what the last of `supplies` leaves that has ended by `instant`.
fn last_by<'s, 'p: 's>(
    supplies: impl Iterator<Item = &'s Supply<'p>>,
    instant: Instant,
) -> Option<Installed<'p>> {
    let ended = supplies.filter(|of| of.ends().latest <= instant && of.installed().is_some());
    ended
        .max_by_key(|supply| (supply.ends().latest, supply.turnover.id))
        .and_then(Supply::installed)
}

impl<'p> Schedule<'p> {
    /// Returns the version of each application that will be in `environment` at `instant`.
    ///
    /// What the environment states holds, else the last turnover that was deployed there says; those that are planned
    /// to have ended by then come after that, in the order of their ends. What failed, was taken back or called off
    /// leaves nothing.
    pub fn versions_at(
        &self,
        environment: DocId,
        instant: Instant,
    ) -> BTreeMap<DocId, Installed<'p>> {
        let found = self.applications_in(environment).into_iter();
        found
            .filter_map(|id| Some((id, self.version_at(environment, id, instant)?)))
            .collect()
    }

    /// Returns the version of each application that is in `environment` at `instant`: what it states, else what the last
    /// turnover left that was deployed there. What is only planned leaves nothing. Only turnovers that `counts` says so
    /// of are looked at.
    pub fn versions_in(
        &self,
        environment: DocId,
        instant: Instant,
        counts: impl Fn(DocId) -> bool,
    ) -> BTreeMap<DocId, Installed<'p>> {
        let found = self.applications_in(environment).into_iter();
        let version = |id| self.version_in(environment, id, instant, &counts);
        found.filter_map(|id| Some((id, version(id)?))).collect()
    }

    /// Returns the version of `application` that is in `environment` at `instant`, as [`Self::versions_in`] does.
    pub fn version_in(
        &self,
        environment: DocId,
        application: DocId,
        instant: Instant,
        counts: impl Fn(DocId) -> bool,
    ) -> Option<Installed<'p>> {
        let live = self.supplies(environment, application);
        let deployed = live.filter(|of| !of.is_to_come() && counts(of.turnover.id));
        let left = last_by(deployed, instant);
        match self.stated(environment, application) {
            Some(stated) => Some(
                left.filter(|left| left.version == stated.version)
                    .unwrap_or(stated),
            ),
            None => left,
        }
    }

    /// Returns the applications of which something is known to be, or to come, in `environment`.
    fn applications_in(&self, environment: DocId) -> BTreeSet<DocId> {
        let supplied = self.supplies.get(&environment).into_iter().flatten();
        let mut applications: BTreeSet<DocId> = supplied.map(|(id, _)| *id).collect();
        let stated = self.plan.get::<Environment>(environment);
        let stated = stated.iter().flat_map(|of| of.fields.versions.iter());
        applications
            .extend(stated.filter_map(|(id, _)| self.plan.find(Kind::Application, &id.value)));
        applications
    }

    /// Returns the version of `application` that will be in `environment` at `instant`, as [`Self::versions_at`] does.
    pub(super) fn version_at(
        &self,
        environment: DocId,
        application: DocId,
        instant: Instant,
    ) -> Option<Installed<'p>> {
        let live = self.supplies(environment, application);
        last_by(live.filter(|supply| supply.is_to_come()), instant)
            .or_else(|| self.version_in(environment, application, instant, |_| true))
    }

    /// Returns each version of `application` that can be in `environment` at a moment within `at`, whatever day coarse
    /// dates come to mean; the last one by its date last. Empty where nothing is known to be there.
    pub(super) fn possible_versions(
        &self,
        environment: DocId,
        application: DocId,
        at: Bounds,
    ) -> Vec<Installed<'p>> {
        let mut possible: Vec<_> = self
            .supplies(environment, application)
            .filter(|supply| {
                let ends = supply.ends();
                supply.is_to_come() && ends.earliest <= at.latest && ends.latest > at.earliest
            })
            .collect();
        possible.sort_by_key(|supply| (supply.ends().latest, supply.turnover.id));
        let certain = self.version_at(environment, application, at.earliest);
        let later = possible.into_iter().filter_map(Supply::installed);
        certain.into_iter().chain(later).collect()
    }

    /// Returns what is live, or will be, of `application` in `environment`, by turnover.
    fn supplies(
        &self,
        environment: DocId,
        application: DocId,
    ) -> impl Iterator<Item = &Supply<'p>> {
        self.supplies_of(environment, application)
            .iter()
            .filter(|supply| supply.is_live())
    }

    /// Returns every release of `application` that a turnover brings to `environment`, whatever became of it.
    pub(super) fn supplies_of(&self, environment: DocId, application: DocId) -> &[Supply<'p>] {
        let there = self.supplies.get(&environment);
        let supplies = there.and_then(|there| there.get(&application));
        supplies.map_or(&[], Vec::as_slice)
    }

    /// Returns what the environment itself states to have of `application`.
    fn stated(&self, environment: DocId, application: DocId) -> Option<Installed<'p>> {
        let environment: Doc<'p, Environment> = self.plan.get(environment)?;
        let versions = &environment.fields.versions;
        let version = versions.get(&self.plan.document(application).id)?;
        Some(Installed {
            version: &version.value.0,
            release: None,
            turnover: None,
            since: None,
        })
    }

    /// Returns `text` as a version of `application`, under its own scheme, else that of the policy of `owner` or of the
    /// application, else semver. A text that does not follow it is a version without an order; an empty one is none.
    pub fn read_version(
        &self,
        application: Doc<'p, Application>,
        owner: Option<DocId>,
        text: &str,
    ) -> Option<Version> {
        let own = application
            .fields
            .versioning
            .as_ref()
            .map(|scheme| &scheme.value);
        let of_policy = || {
            let applies = |policy: &Doc<'p, Policy>| {
                self.plan.policy_applies(policy, None, Some(application.id))
            };
            let policy = owner.and_then(|owner| self.plan.policy_of(owner));
            let policy = policy.or_else(|| self.plan.all::<Policy>().find(applies))?;
            policy
                .fields
                .versioning
                .as_ref()
                .map(|scheme| &scheme.value)
        };
        let scheme = own.or_else(of_policy).unwrap_or(&VersionScheme::Semver);
        Version::parse(text, scheme)
            .or_else(|_| Version::parse(text, &VersionScheme::Free))
            .ok()
    }

    /// Returns the times in which `turnover` would not find the versions that `dependency` asks for.
    pub(super) fn unmet_versions(
        &self,
        dependency: &Dependency<'p>,
        turnover: Doc<'p, Turnover>,
    ) -> Vec<InstantRange> {
        let Needed::Version {
            application,
            environment,
            ..
        } = dependency.needed
        else {
            return Vec::new();
        };
        let there = self
            .plan
            .follow::<Environment>(turnover.fields.environment.as_ref());
        let asked = match (environment, there) {
            (Some(asked), Some(there)) => Some(there).filter(|there| there.id == asked.id),
            (None, there) => there.filter(|_| self.is_production(turnover.fields)),
            (Some(_), None) => None,
        };
        let Some(environment) = asked else {
            return Vec::new();
        };
        let supplies = self.supplies(environment.id, application.id);
        let others = supplies.filter(|supply| supply.turnover.id != turnover.id);
        let mut changes: Vec<_> = others.map(|supply| supply.ends().latest).collect();
        changes.push(Instant::MIN);
        changes.sort_unstable();
        changes.dedup();
        let ends = changes.iter().skip(1).copied().chain([Instant::MAX]);
        let ranges = changes
            .iter()
            .copied()
            .zip(ends)
            .map(|(start, end)| InstantRange::new(start, end));
        let fails = |range: &InstantRange| {
            let at = Bounds::exact(range.start);
            let answer = self.version_answer(dependency, environment, at, Some(turnover));
            answer.is_some_and(|answer| answer.satisfied == Some(false))
        };
        ranges.filter(fails).collect()
    }

    /// Returns between which bounds the deployment of `turnover` ends: a day leaves open at what time of it.
    pub(super) fn ends_of(&self, turnover: Doc<'p, Turnover>) -> Option<Bounds> {
        let period = period_of(turnover.fields)?;
        let (zone, calendar) = (self.zone(turnover.id), self.calendar(turnover.id));
        Some(Reach::of_order(&period.resolved, zone, &calendar)?.end)
    }

    /// Returns when the deployment of `turnover` has ended at the latest.
    pub(super) fn end_of(&self, turnover: Doc<'p, Turnover>) -> Option<Instant> {
        let period = period_of(turnover.fields)?;
        let reach = Reach::of(
            &period.resolved,
            self.zone(turnover.id),
            &self.calendar(turnover.id),
        )?;
        Some(reach.end.latest)
    }
}
