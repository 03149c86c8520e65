//! What needs what: every entry of `needs`, as an edge from a release to what it needs.

use super::lateness::is_deployed;
use super::{Bounds, Reach, Schedule, is_cancelled};
use crate::plan::kinds::application::Application;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::need::{Need, NeedType};
use crate::plan::{Doc, DocId, Plan};
use crate::text::{Span, Spanned};
use crate::time::{Duration, Instant, InstantRange, VersionConstraint};

/// One need of a release.
#[derive(Clone, Copy, Debug)]
pub struct Dependency<'p> {
    /// The release that needs it.
    pub release: Doc<'p, Release>,
    /// The entry of `needs`.
    pub need: &'p Spanned<Need>,
    /// What is needed.
    pub needed: Needed<'p>,
    /// Where it is written, in the release's document.
    pub span: Span,
}

/// What a release can need.
#[derive(Clone, Copy, Debug)]
pub enum Needed<'p> {
    /// Another release.
    Release(Doc<'p, Release>),
    /// A milestone.
    Milestone(Doc<'p, Milestone>),
    /// A whole train.
    Train(Doc<'p, Train>),
    /// An application, in some version.
    Version {
        /// The application.
        application: Doc<'p, Application>,
        /// The versions that will do; none when any will.
        constraint: Option<&'p VersionConstraint>,
        /// The environment in which it is needed; none for wherever the release goes to production.
        environment: Option<Doc<'p, Environment>>,
    },
    /// Something outside of the plan.
    External(&'p str),
}

impl Needed<'_> {
    /// Returns the document that is needed; none for what is outside of the plan.
    pub fn document(&self) -> Option<DocId> {
        match self {
            Self::Release(release) => Some(release.id),
            Self::Milestone(milestone) => Some(milestone.id),
            Self::Train(train) => Some(train.id),
            Self::Version { application, .. } => Some(application.id),
            Self::External(_) => None,
        }
    }
}

impl Dependency<'_> {
    /// Returns how both are tied: finish to start unless the entry says otherwise.
    pub fn kind(&self) -> NeedType {
        self.need
            .r#type
            .as_ref()
            .map_or(NeedType::FinishToStart, |kind| kind.value)
    }

    /// Returns how long after what is needed; negative for before.
    pub fn lag(&self) -> Duration {
        self.need
            .lag
            .as_ref()
            .map_or(Duration::ZERO, |lag| lag.value.0)
    }

    /// Returns the end of what is needed that binds the release: its finish, or its start.
    pub fn binding(&self, needed: Reach) -> Bounds {
        match self.kind() {
            NeedType::FinishToStart | NeedType::FinishToFinish => needed.end,
            NeedType::StartToStart | NeedType::StartToFinish => needed.start,
        }
    }

    /// Returns the end of the release that is bound: its start, or its finish.
    pub fn bound(&self, own: Reach) -> Bounds {
        match self.kind() {
            NeedType::FinishToStart | NeedType::StartToStart => own.start,
            NeedType::FinishToFinish | NeedType::StartToFinish => own.end,
        }
    }

    /// Returns whether the release needs itself, or the train that it travels with.
    pub fn is_on_itself(&self) -> bool {
        match &self.needed {
            Needed::Release(release) => release.id == self.release.id,
            Needed::Train(train) => self.release.document.belongs.train == Some(train.id),
            _ => false,
        }
    }
}

/// Returns every need of every release of `plan` whose reference means something, by release, then as written.
pub(super) fn of(plan: &Plan) -> Vec<Dependency<'_>> {
    let needs = plan
        .all::<Release>()
        .flat_map(|release| release.fields.needs.iter().map(move |need| (release, need)));
    let mut found = Vec::new();
    for (release, need) in needs {
        let mut add = |needed, span| {
            found.push(Dependency {
                release,
                need,
                needed,
                span,
            });
        };
        if let Some((needed, reference)) = plan
            .follow(need.release.as_ref())
            .zip(need.release.as_ref())
        {
            add(Needed::Release(needed), reference.span);
        }
        if let Some((needed, reference)) = plan
            .follow(need.milestone.as_ref())
            .zip(need.milestone.as_ref())
        {
            add(Needed::Milestone(needed), reference.span);
        }
        if let Some((needed, reference)) = plan.follow(need.train.as_ref()).zip(need.train.as_ref())
        {
            add(Needed::Train(needed), reference.span);
        }
        if let Some((application, reference)) = plan
            .follow(need.application.as_ref())
            .zip(need.application.as_ref())
        {
            let constraint = need.version.as_ref();
            let environment = plan.follow(need.environment.as_ref());
            let span = constraint.map_or(reference.span, |constraint| constraint.span);
            let constraint = constraint.map(|constraint| &constraint.value);
            add(
                Needed::Version {
                    application,
                    constraint,
                    environment,
                },
                span,
            );
        }
        if let Some(external) = &need.external {
            add(Needed::External(&external.value), external.span);
        }
    }
    found
}

/// When a turnover can start and end, as what its releases need allows.
#[derive(Debug, Default)]
pub(super) struct NeedLimits {
    /// It does not start before.
    pub(super) start: Option<Instant>,
    /// It does not end before.
    pub(super) end: Option<Instant>,
    /// It does not start in these: the versions that it needs are not there.
    pub(super) unmet: Vec<InstantRange>,
}

impl<'p> Schedule<'p> {
    /// Returns every need of every release whose reference means something, by release, then as written.
    pub fn dependencies(&self) -> &[Dependency<'p>] {
        &self.dependencies
    }

    /// Returns the needs of the release `release`, as written.
    pub fn needs_of(&self, release: DocId) -> &[Dependency<'p>] {
        let start = self
            .dependencies
            .partition_point(|of| of.release.id < release);
        let end = self
            .dependencies
            .partition_point(|of| of.release.id <= release);
        &self.dependencies[start..end]
    }

    /// Returns whether `turnover` goes to a production environment.
    pub fn is_production(&self, turnover: &Turnover) -> bool {
        self.plan.is_production(turnover)
    }

    /// Returns the turnovers that bring the release `release` to production and were not called off, by id.
    pub(super) fn live_productions(
        &self,
        release: DocId,
    ) -> impl Iterator<Item = Doc<'p, Turnover>> {
        let turnovers = self.turnovers_of(release).iter().copied();
        turnovers.filter(|turnover| {
            self.is_production(turnover.fields) && !is_cancelled(turnover.fields)
        })
    }

    /// Returns whether one turnover to production brings both the release and what it needs, whenever that is: its run
    /// sheet has the order.
    pub fn is_brought_together(&self, dependency: &Dependency<'p>) -> bool {
        let Some(needed) = dependency.needed.document() else {
            return false;
        };
        let also = self.turnovers_of(needed);
        let shared = |turnover: Doc<'p, Turnover>| also.iter().any(|other| other.id == turnover.id);
        self.live_productions(dependency.release.id).any(shared)
    }

    /// Returns whether the release `release` was deployed to production, with nothing more to come.
    pub fn is_live(&self, release: DocId) -> bool {
        let production: Vec<_> = self.live_productions(release).collect();
        is_deployed(&production)
    }

    /// Returns what the needs of its releases allow `turnover`. Other releases and trains bind only what goes to
    /// production; what one turnover brings together does not bind it.
    pub(super) fn start_limits(&self, turnover: Doc<'p, Turnover>) -> NeedLimits {
        let contents = self.contents(turnover);
        let mut limits = NeedLimits::default();
        for dependency in contents
            .iter()
            .flat_map(|release| self.needs_of(release.id))
        {
            if let Needed::Version { .. } = dependency.needed {
                limits
                    .unmet
                    .extend(self.unmet_versions(dependency, turnover));
                continue;
            }
            let together = match &dependency.needed {
                Needed::Release(needed) => contents.iter().any(|release| release.id == needed.id),
                _ => dependency.is_on_itself(),
            };
            if together || !self.is_production(turnover.fields) {
                continue;
            }
            let Some(bounds) = self.released_at(dependency) else {
                continue;
            };
            let limit = match dependency.kind() {
                NeedType::FinishToStart | NeedType::StartToStart => &mut limits.start,
                NeedType::FinishToFinish | NeedType::StartToFinish => &mut limits.end,
            };
            *limit = (*limit).max(Some(bounds.latest));
        }
        limits
    }

    /// Returns from when on what is needed, with its lag, allows the release that needs it to start or to end.
    pub(super) fn released_at(&self, dependency: &Dependency<'p>) -> Option<Bounds> {
        let dates = self.needed_dates(&dependency.needed)?;
        let (zone, calendar) = (
            self.zone(dependency.release.id),
            self.calendar(dependency.release.id),
        );
        Some(
            dependency
                .binding(dates.reach)
                .plus(dependency.lag(), zone, &calendar),
        )
    }
}
