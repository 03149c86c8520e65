//! What is where, when: the versions of applications in environments.

use std::collections::BTreeMap;

use super::lateness::has_failed;
use super::occupied::period_of;
use super::{Dependency, Needed, Reach, Schedule, is_cancelled, is_to_come};
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
        let mut arrivals: Vec<_> = self.arrivals_in(environment).collect();
        arrivals.retain(|(end, _)| *end <= instant);
        arrivals.sort_by_key(|(end, turnover)| (*end, turnover.id));
        let mut versions = BTreeMap::new();
        let (planned, deployed): (Vec<_>, Vec<_>) = arrivals
            .into_iter()
            .partition(|(_, of)| is_to_come(of.fields));
        self.install(deployed, &mut versions);
        let stated = self
            .plan
            .get::<Environment>(environment)
            .map(|environment| &environment.fields.versions);
        for (id, version) in stated.iter().flat_map(|versions| versions.iter()) {
            let Some(application) = self.plan.find(Kind::Application, &id.value) else {
                continue;
            };
            let same = versions
                .get(&application)
                .is_some_and(|installed: &Installed<'p>| installed.version == &*version.value.0);
            if !same {
                let stated = Installed {
                    version: &version.value.0,
                    release: None,
                    turnover: None,
                    since: None,
                };
                versions.insert(application, stated);
            }
        }
        self.install(planned, &mut versions);
        versions
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
        let Needed::Version { environment, .. } = dependency.needed else {
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
        let others = self
            .arrivals_in(environment.id)
            .filter(|(_, other)| other.id != turnover.id);
        let mut changes: Vec<_> = others.map(|(end, _)| end).collect();
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
            let answer = self.version_answer(dependency, environment, range.start, Some(turnover));
            answer.is_some_and(|answer| answer.satisfied == Some(false))
        };
        ranges.filter(fails).collect()
    }

    /// Returns every turnover that leaves something in `environment`, with the instant at which it has ended. One that
    /// was deployed at no known time has ended before all others.
    fn arrivals_in(
        &self,
        environment: DocId,
    ) -> impl Iterator<Item = (Instant, Doc<'p, Turnover>)> {
        let live = |turnover: &Doc<'p, Turnover>| {
            !is_cancelled(turnover.fields) && !has_failed(turnover.fields)
        };
        let arrivals = self.turnovers_to(environment).iter().copied().filter(live);
        arrivals.filter_map(|turnover| match self.end_of(turnover) {
            Some(end) => Some((end, turnover)),
            None => (!is_to_come(turnover.fields)).then_some((Instant::MIN, turnover)),
        })
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

    fn install(
        &self,
        arrivals: Vec<(Instant, Doc<'p, Turnover>)>,
        versions: &mut BTreeMap<DocId, Installed<'p>>,
    ) {
        for (end, turnover) in arrivals {
            for release in self.contents(turnover) {
                let installed = release
                    .document
                    .belongs
                    .application
                    .zip(Installed::by(release, turnover, end));
                versions.extend(installed);
            }
        }
    }
}
