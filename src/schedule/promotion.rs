//! Promotion: the same artifacts, deployed with success in each environment on the way.

use super::{Schedule, is_cancelled, is_to_come};
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::artifact::Artifact;
use crate::plan::value::{Digest, Ref};
use crate::plan::{Doc, DocId};
use crate::text::Spanned;

/// The way of a turnover through the environments before its own.
#[derive(Clone, Debug)]
pub struct Promotion<'p> {
    /// The earlier environments, in order.
    pub passages: Vec<Passage<'p>>,
}

/// One environment on the way.
#[derive(Clone, Debug)]
pub struct Passage<'p> {
    /// The environment.
    pub environment: Doc<'p, Environment>,
    /// How many of the releases have to have passed it; 0 where it is optional.
    pub required: usize,
    /// How each release of the turnover that takes this way passed it.
    pub releases: Vec<(Doc<'p, Release>, PassageState<'p>)>,
}

/// How a release passed an environment.
#[derive(Clone, Copy, Debug)]
pub enum PassageState<'p> {
    /// This turnover deployed the same artifacts there.
    Passed(Doc<'p, Turnover>),
    /// This turnover is to deploy it there, and is to end before the later one starts.
    Planned(Doc<'p, Turnover>),
    /// This turnover deployed an artifact of the same name with another digest there.
    Differs {
        /// The turnover.
        turnover: Doc<'p, Turnover>,
        /// The release that it brought.
        release: Doc<'p, Release>,
        /// The artifact of that release.
        was: &'p Spanned<Artifact>,
        /// The artifact of the release that is promoted.
        is: &'p Spanned<Artifact>,
    },
    /// Nothing of it was deployed there.
    Skipped,
}

impl Passage<'_> {
    /// Returns whether enough of the releases have passed; with `planned`, those that are still to pass count as well.
    pub fn holds(&self, planned: Planned) -> bool {
        let passed = self.releases.iter().filter(|(_, state)| match state {
            PassageState::Passed(_) => true,
            PassageState::Planned(_) => planned == Planned::Counts,
            PassageState::Differs { .. } | PassageState::Skipped => false,
        });
        passed.count() >= self.required.min(self.releases.len())
    }
}

/// Whether what is only planned counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It does: the date of the later turnover is still to come.
    Counts,
    /// It does not.
    DoesNotCount,
}

/// How many releases have to pass an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quota {
    All,
    Some(usize),
}

impl<'p> Schedule<'p> {
    /// Returns how the releases of `turnover` passed the environments before its own: those of their application's
    /// path, else of their policy's promotion. Empty where its environment is on no such way, and for what was called
    /// off.
    pub fn promotion(&self, turnover: Doc<'p, Turnover>) -> Promotion<'p> {
        let mut passages: Vec<(Quota, Passage<'p>)> = Vec::new();
        let environment = turnover
            .fields
            .environment
            .as_ref()
            .and_then(|environment| environment.target);
        let Some(own) = environment.filter(|_| !is_cancelled(turnover.fields)) else {
            return Promotion {
                passages: Vec::new(),
            };
        };
        for release in self.contents(turnover) {
            let way = self.way(release);
            let Some(at) = way
                .iter()
                .position(|(environment, _)| environment.id == own)
            else {
                continue;
            };
            for &(environment, quota) in &way[..at] {
                let state = self.passage(release, environment.id, turnover);
                match passages
                    .iter_mut()
                    .find(|(_, passage)| passage.environment.id == environment.id)
                {
                    Some((_, passage)) => passage.releases.push((release, state)),
                    None => passages.push((
                        quota,
                        Passage {
                            environment,
                            required: 0,
                            releases: vec![(release, state)],
                        },
                    )),
                }
            }
        }
        let required = |(quota, passage): (Quota, Passage<'p>)| {
            let required = match quota {
                Quota::All => passage.releases.len(),
                Quota::Some(count) => count,
            };
            Passage {
                required,
                ..passage
            }
        };
        Promotion {
            passages: passages.into_iter().map(required).collect(),
        }
    }

    /// Returns the environments that `release` passes, in order, and how many releases have to.
    fn way(&self, release: Doc<'p, Release>) -> Vec<(Doc<'p, Environment>, Quota)> {
        let application = self.plan.follow(release.fields.application.as_ref());
        if let Some(application) =
            application.filter(|application| !application.fields.path.is_empty())
        {
            let named = |environment: &'p Ref<Environment>| self.plan.follow(Some(environment));
            return application
                .fields
                .path
                .iter()
                .filter_map(|of| Some((named(of)?, Quota::All)))
                .collect();
        }
        let Some(policy) = self.plan.policy_of(release.id) else {
            return Vec::new();
        };
        let steps = policy.fields.promotion.iter().filter_map(|step| {
            let quota = match step.require.as_ref().map(|require| &*require.value) {
                None | Some("all") => Quota::All,
                Some("optional") => Quota::Some(0),
                Some(count) => count.parse().map_or(Quota::All, Quota::Some),
            };
            Some((self.plan.follow(step.environment.as_ref())?, quota))
        });
        steps.collect()
    }

    /// Returns how `release` passed `environment` before `later` takes it on.
    fn passage(
        &self,
        release: Doc<'p, Release>,
        environment: DocId,
        later: Doc<'p, Turnover>,
    ) -> PassageState<'p> {
        let deployed = |turnover: &Turnover| {
            turnover
                .status
                .as_ref()
                .is_some_and(|of| of.value == TurnoverStatus::Deployed)
        };
        let to_there = |turnover: &&Doc<'p, Turnover>| {
            let named = turnover.fields.environment.as_ref();
            named.is_some_and(|named| named.target == Some(environment))
        };
        let own = self.turnovers_of(release.id).iter().filter(to_there);
        if let Some(turnover) = own.clone().find(|turnover| deployed(turnover.fields)) {
            return PassageState::Passed(*turnover);
        }
        let mut differs = None;
        let application = release.document.belongs.application;
        let supplies = application.map_or(&[][..], |of| self.supplies_of(environment, of));
        for supply in supplies.iter().filter(|of| deployed(of.turnover.fields)) {
            let (turnover, other) = (supply.turnover, supply.release);
            match compare(release.fields, other.fields) {
                Comparison::Same => return PassageState::Passed(turnover),
                // An older version has other artifacts as a matter of course.
                Comparison::Differs { was, is } if self.is_another_build(release, other) => {
                    differs = Some(PassageState::Differs {
                        turnover,
                        release: other,
                        was,
                        is,
                    });
                }
                Comparison::Differs { .. } | Comparison::Unknown => {}
            }
        }
        let starts = self.reach(later).map(|reach| reach.start.latest);
        let in_time = |turnover: &Doc<'p, Turnover>| match (self.end_of(*turnover), starts) {
            (Some(end), Some(start)) => end <= start,
            _ => true,
        };
        let mut coming = own.filter(|turnover| is_to_come(turnover.fields));
        let planned = coming.find(|turnover| in_time(turnover));
        planned
            .map(|turnover| PassageState::Planned(*turnover))
            .or(differs)
            .unwrap_or(PassageState::Skipped)
    }

    /// Returns whether both releases of one application are builds of one version: its pre-releases are, and so is what
    /// has no version to tell.
    fn is_another_build(&self, release: Doc<'p, Release>, other: Doc<'p, Release>) -> bool {
        let read = |of: Doc<'p, Release>| {
            let application = self.plan.follow(of.fields.application.as_ref())?;
            let version = of.fields.version.as_ref()?;
            self.read_version(application, Some(of.id), &version.value.0)
        };
        match (read(release), read(other)) {
            (Some(own), Some(of_other)) => own.leads_to_same(&of_other),
            _ => true,
        }
    }
}

/// What the digests of two releases say.
enum Comparison<'p> {
    Same,
    Differs {
        was: &'p Spanned<Artifact>,
        is: &'p Spanned<Artifact>,
    },
    Unknown,
}

fn digest(artifact: &Artifact) -> Option<&Digest> {
    artifact.sha256.as_ref().map(|digest| &digest.value)
}

fn name(artifact: &Artifact) -> Option<&str> {
    artifact.name.as_ref().map(|name| &*name.value)
}

/// Compares the artifacts of `release` with those of the same names that `earlier` had.
fn compare<'p>(release: &'p Release, earlier: &'p Release) -> Comparison<'p> {
    let mut compared = 0;
    for is in release
        .artifacts
        .iter()
        .filter(|artifact| digest(artifact).is_some())
    {
        let Some(was) = earlier
            .artifacts
            .iter()
            .find(|was| name(was) == name(is) && digest(was).is_some())
        else {
            return Comparison::Unknown;
        };
        if digest(was) != digest(is) {
            return Comparison::Differs { was, is };
        }
        compared += 1;
    }
    if compared == 0 {
        Comparison::Unknown
    } else {
        Comparison::Same
    }
}
