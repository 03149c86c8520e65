//! Drift: an environment in which an application is older than in one that comes after it on the way to production.
//!
//! Promotion makes the earlier environment the newer one. Where it is the older one, something went past it, and what is
//! tested there is not what runs.

use super::{Installed, Schedule};
use crate::plan::kinds::application::Application;
use crate::plan::kinds::environment::{Environment, EnvironmentCategory};
use crate::plan::kinds::policy::Policy;
use crate::plan::{Doc, DocId};
use crate::time::Instant;

/// An environment that has fallen behind a later one.
#[derive(Clone, Copy, Debug)]
pub struct Drift<'p> {
    /// The environment that is behind.
    pub behind: DocId,
    /// What is there.
    pub old: Installed<'p>,
    /// The later environment with the newest version.
    pub ahead: DocId,
    /// What is there.
    pub new: Installed<'p>,
}

impl Drift<'_> {
    /// Returns since when it has been so, where the turnovers of both say it.
    pub fn since(&self) -> Option<Instant> {
        Some(self.old.since?.max(self.new.since?))
    }
}

impl<'p> Schedule<'p> {
    /// Returns where `application` has drifted, in the order of its way to production. `there` says what is where.
    pub fn drift(
        &self,
        application: Doc<'p, Application>,
        there: &[(DocId, Installed<'p>)],
    ) -> Vec<Drift<'p>> {
        let way = self.way_of(application);
        let known = |id: &DocId| there.iter().find(|(of, _)| of == id).copied();
        let passed: Vec<_> = way.iter().filter_map(known).collect();
        let mut found = Vec::new();
        for (at, &(behind, old)) in passed.iter().enumerate() {
            let mut newest: Option<(DocId, Installed<'p>)> = None;
            for &(ahead, new) in &passed[at + 1..] {
                let best = newest.map_or(old, |(_, best)| best);
                if self.is_newer(application, &new, &best) {
                    newest = Some((ahead, new));
                }
            }
            found.extend(newest.map(|(ahead, new)| Drift {
                behind,
                old,
                ahead,
                new,
            }));
        }
        found
    }

    /// Returns whether `one` is a newer version of `application` than `other`; not where nothing orders them.
    fn is_newer(
        &self,
        application: Doc<'p, Application>,
        one: &Installed<'p>,
        other: &Installed<'p>,
    ) -> bool {
        let read = |of: &Installed<'p>| {
            let owner = of.release.map(|release| release.id);
            self.read_version(application, owner, of.version)
        };
        let order = read(one)
            .zip(read(other))
            .and_then(|(one, other)| one.compare(&other));
        order == Some(std::cmp::Ordering::Greater)
    }

    /// Returns the way of `application` to production: its own path, else the promotion of the policy that applies to
    /// it, else the environments in their order up to production.
    fn way_of(&self, application: Doc<'p, Application>) -> Vec<DocId> {
        let path = application.fields.path.iter();
        let path: Vec<DocId> = path.filter_map(|of| of.target).collect();
        if !path.is_empty() {
            return path;
        }
        let applies = |policy: &Doc<'p, Policy>| {
            let is_told = !policy.fields.promotion.is_empty();
            is_told && self.plan.policy_applies(policy, None, Some(application.id))
        };
        if let Some(policy) = self.plan.all::<Policy>().find(applies) {
            let steps = policy.fields.promotion.iter();
            return steps
                .filter_map(|step| step.environment.as_ref()?.target)
                .collect();
        }
        self.environments_to_production()
    }

    fn environments_to_production(&self) -> Vec<DocId> {
        let all = self.plan.all::<Environment>();
        let ordered =
            all.filter_map(|of| Some((of.fields.order.as_ref()?.value, of.id, of.fields)));
        let mut ordered: Vec<_> = ordered.collect();
        ordered.sort_by_key(|(order, id, _)| (*order, *id));
        let is_production = |of: &Environment| {
            let category = of.category.as_ref().map(|category| category.value);
            category == Some(EnvironmentCategory::Production)
        };
        let last = ordered.iter().rposition(|(.., of)| is_production(of));
        ordered.truncate(last.map_or(ordered.len(), |last| last + 1));
        ordered.into_iter().map(|(_, id, _)| id).collect()
    }
}
