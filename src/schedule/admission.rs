//! Whether something may be deployed at a given time, planned or not: every objection to it, not only the first.
//!
//! [`Schedule::request`] reads the question, and [`Schedule::objections`] answers it. What is not known is no objection: who
//! asks for no train is not asked for its needs.

use super::dependencies::NeedLimits;
use super::{
    Booking, Bounds, Broken, Dependency, ExceptionState, FreezeOccurrence, Needed, Occupied,
    Opening, Passage, PassageState, Reach, Request, Schedule, VersionAnswer, WindowVerdict,
    is_to_come,
};
use crate::plan::kinds::environment::EnvironmentStatus;
use crate::plan::kinds::policy::Policy;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::kinds::window::Window;
use crate::plan::parts::deployment::AcceptanceDecision;
use crate::plan::parts::need::NeedType;
use crate::plan::{Doc, DocId};
use crate::time::{Day, Instant, InstantRange};

/// Why something may not be deployed.
#[derive(Clone, Debug)]
pub enum Objection<'p> {
    /// The environment cannot be used.
    Offline,
    /// Only its promoters deploy to the environment, and who deploys is none of them; none when it names nobody.
    Restricted(Option<DocId>),
    /// It meets a freeze, and nothing excuses it.
    Frozen {
        /// The freeze, and when it holds.
        occurrence: FreezeOccurrence<'p>,
        /// What the exceptions say.
        exception: ExceptionState<'p>,
    },
    /// No window governs it, and this policy closes what has none.
    NoWindow(Doc<'p, Policy>),
    /// It does not lie in its windows.
    OutsideWindows {
        /// The windows that govern it.
        windows: Vec<Doc<'p, Window>>,
        /// The opening nearest to it.
        nearest: Option<InstantRange>,
    },
    /// It begins too late in a window.
    AfterCutoff {
        /// The opening in which it begins.
        opening: Opening<'p>,
        /// The first instant at which nothing may be started any more.
        cutoff: Instant,
    },
    /// Somebody else has reserved the environment.
    Reserved(Booking<'p>),
    /// Its train has not reserved the environment.
    Unreserved(DocId),
    /// It does not lie inside of these reservations, which are its own.
    OutsideReservation(Vec<Booking<'p>>),
    /// Another turnover takes place there.
    Occupied(Doc<'p, Turnover>, Occupied<'p>),
    /// A release needs something that was not done, or never will be.
    Broken(Dependency<'p>, Broken<'p>),
    /// What a release needs allows it only later.
    Early {
        /// The need.
        need: Dependency<'p>,
        /// The first instant that it allows.
        allowed_from: Instant,
    },
    /// A version that a release needs will not be there.
    Version(Dependency<'p>, VersionAnswer<'p>),
    /// An earlier environment has not been passed.
    NotPromoted(Passage<'p>),
    /// The turnover is not to be deployed any more.
    NotToCome(Doc<'p, Turnover>),
    /// Operations have not accepted the turnover.
    NotAccepted(Doc<'p, Turnover>, AcceptanceFault),
    /// The train or release has ended.
    Ended(DocId),
    /// The train or release is on hold.
    OnHold(DocId),
}

/// What is wrong with the acceptance of a turnover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptanceFault {
    /// There is none.
    Missing,
    /// It was refused.
    Refused,
    /// It does not say by whom.
    Unnamed,
    /// Only the turnover's own author accepted it.
    Own,
}

impl Objection<'_> {
    /// Returns whether a later time can answer it; otherwise somebody has to do something first.
    pub fn passes_with_time(&self) -> bool {
        matches!(
            self,
            Self::Frozen { .. }
                | Self::OutsideWindows { .. }
                | Self::AfterCutoff { .. }
                | Self::Reserved(_)
                | Self::OutsideReservation(_)
                | Self::Occupied(..)
                | Self::Early { .. }
                | Self::Version(..)
        )
    }
}

impl<'p> Schedule<'p> {
    /// Returns every objection to `request` as of `day`: those that the place has, those of the time, those of what it
    /// brings, and those of its turnover.
    pub fn objections(&self, request: &Request<'p>, day: Day) -> Vec<Objection<'p>> {
        let mut found: Vec<_> = self.refused_by_place(request).into_iter().collect();
        found.extend(self.frozen(request));
        found.extend(self.shut(request));
        found.extend(self.reserved(request, day));
        found.extend(
            self.competitors(request)
                .into_iter()
                .filter(|(_, taken)| taken.whole.overlaps(request.whole))
                .map(|(turnover, taken)| Objection::Occupied(turnover, taken)),
        );
        found.extend(self.stopped(request));
        found.extend(
            request
                .releases
                .iter()
                .flat_map(|release| self.needs_of(release.id))
                .filter_map(|need| self.unmet_need(request, need, day)),
        );
        found.extend(
            request
                .turnover
                .into_iter()
                .flat_map(|turnover| self.not_ready(request, turnover, day)),
        );
        found
    }

    fn refused_by_place(&self, request: &Request<'p>) -> Option<Objection<'p>> {
        let environment = request.environment.fields;
        match environment.status.as_ref()?.value {
            EnvironmentStatus::Available => None,
            EnvironmentStatus::Offline => Some(Objection::Offline),
            EnvironmentStatus::Restricted if environment.promoters.is_empty() => {
                Some(Objection::Restricted(None))
            }
            EnvironmentStatus::Restricted => {
                let stranger = request.by.filter(|by| !self.promotes(*by, environment))?;
                Some(Objection::Restricted(Some(stranger)))
            }
        }
    }

    fn frozen(&self, request: &Request<'p>) -> Vec<Objection<'p>> {
        let (beneficiaries, target) = (request.beneficiaries(), &request.target);
        let met = self.freezes_over(target, request.whole).into_iter();
        let judged = met.map(|occurrence| {
            let freeze = occurrence.freeze;
            let parts: Vec<_> = self.covered(freeze.fields.scope.as_ref(), target).collect();
            let exception =
                self.exception_state_of(freeze.id, &beneficiaries, &parts, request.whole);
            Objection::Frozen {
                occurrence,
                exception,
            }
        });
        let excused = |objection: &Objection<'p>| {
            matches!(
                objection,
                Objection::Frozen {
                    exception: ExceptionState::Valid(_),
                    ..
                }
            )
        };
        judged.filter(|objection| !excused(objection)).collect()
    }

    fn shut(&self, request: &Request<'p>) -> Option<Objection<'p>> {
        let answer = self.windows_for(&request.target, request.whole);
        match answer.verdict {
            WindowVerdict::Unrestricted | WindowVerdict::Inside(_) => None,
            WindowVerdict::Closed(policy) => Some(Objection::NoWindow(policy)),
            WindowVerdict::Outside { nearest } => Some(Objection::OutsideWindows {
                windows: answer.windows,
                nearest,
            }),
            WindowVerdict::AfterCutoff { opening, cutoff } => {
                Some(Objection::AfterCutoff { opening, cutoff })
            }
        }
    }

    /// Returns what the reservations of the environment have against it: those of others that hold then, and its own
    /// ones where it does not lie in them.
    fn reserved(&self, request: &Request<'p>, day: Day) -> Vec<Objection<'p>> {
        let environment = request.environment;
        let met = Reach::exact(request.whole);
        let holds = |booking: &Booking<'p>| {
            let train = self.plan.document(booking.holder).belongs.train;
            let mut owners = std::iter::once(booking.holder).chain(train);
            owners.all(|owner| self.plan.is_open(owner))
        };
        let foreign = self.foreign(environment.id, &request.holders);
        let mut found: Vec<_> = foreign
            .filter(|(booking, reach)| reach.certainly_overlaps(met) && holds(booking))
            .collect();
        found.sort_by_key(|(booking, reach)| (reach.start.earliest, booking.holder));
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(booking, _)| Objection::Reserved(booking))
            .collect();
        let is_over = request.whole.end <= self.zone_of_plan().start_of(day);
        if !environment.fields.shared && !is_over {
            found.extend(self.not_reserved(request, found.is_empty()));
        }
        found
    }

    fn not_reserved(&self, request: &Request<'p>, is_free: bool) -> Option<Objection<'p>> {
        let all = self.bookings_of(request.environment.id).iter();
        let own: Vec<_> = all
            .filter(|booking| request.holders.contains(&booking.holder))
            .copied()
            .collect();
        if own.is_empty() {
            // Whoever deploys into the reservation of another is told that.
            let holder = request
                .train
                .or_else(|| Some(request.releases.first()?.id))?;
            let reserves = request.holders.iter().any(|&holder| self.reserves(holder));
            let is_used = reserves || !self.bookings_of(request.environment.id).is_empty();
            return (is_used && is_free).then_some(Objection::Unreserved(holder));
        }
        let open: Option<Vec<_>> = own
            .iter()
            .map(|booking| Some(booking.reach?.outer()))
            .collect();
        let inside = InstantRange::union(open?)
            .into_iter()
            .any(|range| range.covers(request.whole));
        (!inside).then_some(Objection::OutsideReservation(own))
    }

    /// Returns the other deployments that are to come to the environment and keep it from this one: those of other trains
    /// where it is not shared, and those of the same applications everywhere.
    pub(super) fn competitors(
        &self,
        request: &Request<'p>,
    ) -> Vec<(Doc<'p, Turnover>, Occupied<'p>)> {
        let alone = !request.environment.fields.shared;
        let is_asked_for = |id: Option<DocId>| {
            let mut parts = request.target.parts.iter();
            id.is_some() && parts.any(|part| part.application == id)
        };
        let competes = |other: &Doc<'p, Turnover>| {
            let belongs = other.document.belongs;
            let is_open = |id: Option<DocId>| id.is_none_or(|id| self.plan.is_open(id));
            if request.turnover.is_some_and(|own| own.id == other.id)
                || !is_to_come(other.fields)
                || !(is_open(belongs.train) && is_open(belongs.release))
            {
                return false;
            }
            let is_own_train = request.train.is_some() && belongs.train == request.train;
            // Without a turnover of its own it is one of its train's, and nobody says which.
            if is_own_train && request.turnover.is_none() {
                return false;
            }
            let same = || {
                self.target(*other)
                    .parts
                    .iter()
                    .any(|part| is_asked_for(part.application))
            };
            alone && !is_own_train || same()
        };
        let there = self.turnovers_to(request.environment.id).iter().copied();
        let taken = there.filter(competes).flat_map(|other| {
            let occupied = self.deployments(other).into_iter();
            occupied.map(move |occupied| (other, occupied))
        });
        let mut taken: Vec<_> = taken.collect();
        taken.sort_by_key(|(turnover, occupied)| (occupied.whole, turnover.id));
        taken
    }

    fn stopped(&self, request: &Request<'p>) -> Vec<Objection<'p>> {
        let releases = request.releases.iter().map(|release| release.id);
        let courses = request.train.into_iter().chain(releases);
        let courses = courses.filter_map(|id| self.plan.course(id));
        courses
            .filter_map(
                |course| match (self.plan.is_open(course.id), course.on_hold) {
                    (false, _) => Some(Objection::Ended(course.id)),
                    (true, Some(_)) => Some(Objection::OnHold(course.id)),
                    (true, None) => None,
                },
            )
            .collect()
    }

    /// Returns why `need` keeps `request` from its time. Other releases, trains and milestones bind only what goes to
    /// production, and what it brings itself does not bind it.
    fn unmet_need(
        &self,
        request: &Request<'p>,
        need: &Dependency<'p>,
        day: Day,
    ) -> Option<Objection<'p>> {
        if let Needed::Version { environment, .. } = need.needed {
            let asked = environment.map_or_else(
                || request.is_production(),
                |of| of.id == request.environment.id,
            );
            let answer = asked.then(|| {
                let start = Bounds::exact(request.deployment.start);
                self.version_answer(need, request.environment, start, request.turnover)
            })??;
            return (answer.satisfied == Some(false)).then_some(Objection::Version(*need, answer));
        }
        if !request.is_production() || request.brings(need) {
            return None;
        }
        if let Some(broken) = self.broken(need, day) {
            return Some(Objection::Broken(*need, broken));
        }
        let allowed_from = self.released_at(need)?.latest;
        let bound = match need.kind() {
            NeedType::FinishToStart | NeedType::StartToStart => request.deployment.start,
            NeedType::FinishToFinish | NeedType::StartToFinish => request.deployment.end,
        };
        (bound < allowed_from).then_some(Objection::Early {
            need: *need,
            allowed_from,
        })
    }

    /// Returns from when on what its releases need allows `request`.
    pub(super) fn limits_of_needs(&self, request: &Request<'p>) -> NeedLimits {
        if let Some(turnover) = request.turnover {
            return self.start_limits(turnover);
        }
        let mut limits = NeedLimits::default();
        let needs = request
            .releases
            .iter()
            .flat_map(|release| self.needs_of(release.id));
        for need in needs.filter(|need| request.is_production() && !request.brings(need)) {
            let bounds = self.released_at(need).map(|bounds| bounds.latest);
            let limit = match need.kind() {
                NeedType::FinishToStart | NeedType::StartToStart => &mut limits.start,
                NeedType::FinishToFinish | NeedType::StartToFinish => &mut limits.end,
            };
            *limit = (*limit).max(bounds);
        }
        limits
    }

    fn not_ready(
        &self,
        request: &Request<'p>,
        turnover: Doc<'p, Turnover>,
        day: Day,
    ) -> Vec<Objection<'p>> {
        if !is_to_come(turnover.fields) {
            return vec![Objection::NotToCome(turnover)];
        }
        let passages = self.promotion(turnover).passages.into_iter();
        let broken = passages.filter_map(|mut passage| {
            let is_asked_for = |id: DocId| request.releases.iter().any(|release| release.id == id);
            passage
                .releases
                .retain(|(release, _)| is_asked_for(release.id));
            let passed = passage
                .releases
                .iter()
                .filter(|(_, state)| self.passes(state, request, day));
            let enough = passed.count() >= passage.required.min(passage.releases.len());
            passage
                .releases
                .retain(|(_, state)| !self.passes(state, request, day));
            (!enough).then_some(Objection::NotPromoted(passage))
        });
        let acceptance = request
            .is_production()
            .then(|| acceptance_fault(turnover))
            .flatten();
        let accepted = acceptance.map(|fault| Objection::NotAccepted(turnover, fault));
        broken.chain(accepted).collect()
    }

    /// Returns whether a release has passed an environment by the time of `request`. What is only planned counts as long
    /// as its own time is still to come on `day`, and is over before.
    fn passes(&self, state: &PassageState<'p>, request: &Request<'p>, day: Day) -> bool {
        match state {
            PassageState::Passed(_) => true,
            PassageState::Planned(earlier) => {
                let end = self.reach(*earlier).map(|reach| reach.end.latest);
                let now = self.zone_of_plan().start_of(day);
                end.is_some_and(|end| now < end && end <= request.deployment.start)
            }
            PassageState::Differs { .. } | PassageState::Skipped => false,
        }
    }
}

/// Returns what is wrong with the acceptance of `turnover` (semantics, Turnovers).
pub fn acceptance_fault(turnover: Doc<'_, Turnover>) -> Option<AcceptanceFault> {
    let acceptance = turnover.fields.acceptance.as_ref();
    let by = acceptance.and_then(|acceptance| acceptance.by.as_ref());
    let owner = turnover.document.common.owner.as_ref();
    match acceptance
        .and_then(|acceptance| acceptance.decision.as_ref())
        .map(|of| of.value)
    {
        None => Some(AcceptanceFault::Missing),
        Some(AcceptanceDecision::Rejected) => Some(AcceptanceFault::Refused),
        Some(AcceptanceDecision::Accepted) => match by {
            None => Some(AcceptanceFault::Unnamed),
            Some(by) if by.is_open() => Some(AcceptanceFault::Unnamed),
            Some(by) => owner
                .is_some_and(|owner| owner.parts() == by.parts())
                .then_some(AcceptanceFault::Own),
        },
    }
}
