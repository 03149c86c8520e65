//! Who has an environment to themselves, and when.

use rustc_hash::FxHashMap;

use super::{Grouped, Occupied, Reach, Schedule, is_cancelled};
use crate::plan::kinds::environment::{Environment, EnvironmentStatus};
use crate::plan::kinds::release::Release;
use crate::plan::kinds::team::Team;
use crate::plan::kinds::train::Train;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::lifecycle::Reservation;
use crate::plan::value::Listed;
use crate::plan::{Doc, DocId, Plan};
use crate::text::Spanned;
use crate::time::InstantRange;

/// A reservation of an environment.
#[derive(Clone, Copy, Debug)]
pub struct Booking<'p> {
    /// The train or release that holds it.
    pub holder: DocId,
    /// The reservation, with its place in the holder's document.
    pub reservation: &'p Spanned<Reservation>,
    /// When it holds; none while it is open.
    pub reach: Option<Reach>,
}

/// Two reservations of one environment that exclude each other.
#[derive(Clone, Copy, Debug)]
pub struct Clash<'p> {
    /// The environment.
    pub environment: Doc<'p, Environment>,
    /// The one that starts first.
    pub first: Booking<'p>,
    /// The other one.
    pub second: Booking<'p>,
    /// The instants that both claim, where both are exact.
    pub overlap: Option<InstantRange>,
}

/// How a turnover stands to the reservations of its environment.
#[derive(Clone, Debug)]
pub enum ReservationStanding<'p> {
    /// It needs none: the environment is shared, or nobody reserves here.
    NotNeeded,
    /// It lies inside of its own, this one first.
    Inside(Booking<'p>),
    /// A deployment of it does not lie inside of its own.
    Outside {
        /// Its own reservations.
        own: Vec<Booking<'p>>,
        /// The first deployment that does not: it as a whole, or a wave.
        occupied: Occupied<'p>,
    },
    /// Its train and releases have not reserved the environment.
    Missing,
    /// They have, and it is not known to the day when the turnover or the reservation is.
    Open,
}

/// Why an environment does not take a turnover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be used.
    Offline,
    /// Only its promoters deploy to it, and the owner of the turnover is none of them.
    Restricted,
}

/// When an environment can be used, as reservations say.
#[derive(Debug, Default)]
pub(super) struct Use {
    /// The user's own reservations, united; none when there are none.
    pub(super) own: Option<Vec<InstantRange>>,
    /// The times that others have reserved for themselves.
    pub(super) foreign: Vec<InstantRange>,
}

/// Returns the reservations of each environment, by holder. Those of abandoned trains and releases are void.
pub(super) fn bookings(plan: &Plan) -> FxHashMap<DocId, Vec<Booking<'_>>> {
    let trains = plan
        .all::<Train>()
        .map(|train| (train.id, &train.fields.reservations));
    let releases = plan
        .all::<Release>()
        .map(|release| (release.id, &release.fields.reservations));
    let held = |(_, reservations): &(DocId, &Listed<Reservation>)| !reservations.is_empty();
    let mut bookings = FxHashMap::default();
    for (holder, reservations) in trains
        .chain(releases)
        .filter(held)
        .filter(|(holder, _)| !plan.is_abandoned(*holder))
    {
        let zone = plan
            .zone_of(holder)
            .cloned()
            .unwrap_or_else(crate::time::Zone::utc);
        let calendar = plan.business_days(holder);
        for reservation in reservations {
            let environment = reservation
                .environment
                .as_ref()
                .and_then(|environment| environment.target);
            let planned = reservation.planned.as_ref();
            let reach = planned.and_then(|planned| Reach::of(&planned.resolved, &zone, &calendar));
            bookings.entry_of(
                environment,
                Booking {
                    holder,
                    reservation,
                    reach,
                },
            );
        }
    }
    bookings
}

impl<'p> Schedule<'p> {
    /// Returns the reservations of `environment`, by holder.
    pub fn bookings_of(&self, environment: DocId) -> &[Booking<'p>] {
        self.bookings.get(&environment).map_or(&[], Vec::as_slice)
    }

    /// Returns every two reservations of different trains that certainly claim one environment at one time, unless both
    /// are shared or the environment itself is. By environment, then by time.
    pub fn clashes(&self) -> Vec<Clash<'p>> {
        let mut clashes = Vec::new();
        for environment in self
            .plan
            .all::<Environment>()
            .filter(|environment| !environment.fields.shared)
        {
            let dated = self
                .bookings_of(environment.id)
                .iter()
                .filter_map(|booking| Some((booking.reach?, booking)));
            let mut dated: Vec<_> = dated.collect();
            dated.sort_by_key(|(reach, booking)| (reach.start.earliest, booking.holder));
            for (at, &(reach, first)) in dated.iter().enumerate() {
                let later = dated[at + 1..]
                    .iter()
                    .take_while(|(other, _)| other.start.earliest < reach.end.latest);
                let clashing = later.filter(|(other, second)| {
                    other.certainly_overlaps(reach)
                        && !both_shared(first, second)
                        && self.party(first) != self.party(second)
                });
                clashes.extend(clashing.map(|(other, second)| {
                    Clash {
                        environment,
                        first: *first,
                        second: **second,
                        overlap: reach
                            .range()
                            .and_then(|range| range.intersection(other.range()?)),
                    }
                }));
            }
        }
        clashes
    }

    /// Returns how `turnover` stands to the reservations of its environment (semantics, Reservations).
    pub fn reservation_standing(&self, turnover: Doc<'p, Turnover>) -> ReservationStanding<'p> {
        let environment = self
            .plan
            .follow::<Environment>(turnover.fields.environment.as_ref());
        let Some(environment) = environment.filter(|environment| !environment.fields.shared) else {
            return ReservationStanding::NotNeeded;
        };
        if is_cancelled(turnover.fields) {
            return ReservationStanding::NotNeeded;
        }
        let all = self.bookings_of(environment.id);
        let holders = self.own_holders(turnover);
        let own: Vec<_> = all
            .iter()
            .filter(|booking| holders.contains(&booking.holder))
            .copied()
            .collect();
        if own.is_empty() {
            let reserves = holders.iter().any(|&holder| self.reserves(holder));
            let unused = all.is_empty() && !reserves;
            return if unused {
                ReservationStanding::NotNeeded
            } else {
                ReservationStanding::Missing
            };
        }
        let exact: Option<Vec<_>> = own.iter().map(|booking| booking.reach?.range()).collect();
        let deployments = self.deployments(turnover);
        let (Some(exact), Some(first)) = (exact, deployments.first()) else {
            return ReservationStanding::Open;
        };
        let reserved = InstantRange::union(exact);
        let is_outside = |of: &&Occupied<'p>| !reserved.iter().any(|range| range.covers(of.whole));
        if let Some(&occupied) = deployments.iter().find(is_outside) {
            return ReservationStanding::Outside { own, occupied };
        }
        let holds = |booking: &&Booking<'p>| {
            let reach = booking.reach;
            reach.is_some_and(|reach| reach.outer().contains(first.whole.start))
        };
        match own.iter().find(holds) {
            Some(booking) => ReservationStanding::Inside(*booking),
            None => ReservationStanding::Open,
        }
    }

    /// Returns the exclusive reservations of others that `turnover` certainly meets, in the order of their starts.
    pub fn trespasses(&self, turnover: Doc<'p, Turnover>) -> Vec<(Booking<'p>, Occupied<'p>)> {
        let environment = turnover
            .fields
            .environment
            .as_ref()
            .and_then(|environment| environment.target);
        let Some(environment) = environment else {
            return Vec::new();
        };
        let foreign: Vec<_> = self
            .foreign(environment, &self.own_holders(turnover))
            .collect();
        let deployments = self.deployments(turnover).into_iter();
        let mut found: Vec<_> = deployments
            .flat_map(|occupied| {
                let met = Reach::exact(occupied.whole);
                let meets = move |(_, reach): &&(Booking<'p>, Reach)| reach.certainly_overlaps(met);
                let met = foreign.iter().filter(meets);
                met.map(move |(booking, reach)| (*booking, *reach, occupied))
            })
            .collect();
        found.sort_by_key(|(booking, reach, _)| (reach.start.earliest, booking.holder));
        let told = found.into_iter();
        told.map(|(booking, _, occupied)| (booking, occupied))
            .collect()
    }

    /// Returns why the environment of `turnover` does not take it; its owner speaks for it.
    pub fn refusal(&self, turnover: Doc<'p, Turnover>) -> Option<Refusal> {
        let environment = self
            .plan
            .follow::<Environment>(turnover.fields.environment.as_ref())?;
        match environment.fields.status.as_ref()?.value {
            EnvironmentStatus::Available => None,
            EnvironmentStatus::Offline => Some(Refusal::Offline),
            EnvironmentStatus::Restricted => {
                let owner = turnover
                    .document
                    .common
                    .owner
                    .as_ref()
                    .and_then(|owner| owner.target);
                let promotes = owner.is_some_and(|owner| self.promotes(owner, environment.fields));
                (!promotes).then_some(Refusal::Restricted)
            }
        }
    }

    /// Returns the train and the releases whose reservations `turnover` can use.
    pub(super) fn own_holders(&self, turnover: Doc<'p, Turnover>) -> Vec<DocId> {
        let belongs = turnover.document.belongs;
        let releases = self.contents(turnover);
        let of_releases = releases
            .iter()
            .flat_map(|release| [Some(release.id), release.document.belongs.train]);
        let mut holders: Vec<_> = [belongs.train, belongs.release]
            .into_iter()
            .chain(of_releases)
            .flatten()
            .collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// Returns when the holders `own` can use `environment`. Where a reservation is coarse, their own counts for all
    /// that it can mean, and so does that of others.
    pub(super) fn use_of(&self, environment: DocId, own: &[DocId]) -> Use {
        let mine = self
            .bookings_of(environment)
            .iter()
            .filter(|booking| own.contains(&booking.holder));
        let mine: Vec<_> = mine
            .filter_map(|booking| Some(booking.reach?.outer()))
            .collect();
        let is_shared = self
            .plan
            .get::<Environment>(environment)
            .is_some_and(|of| of.fields.shared);
        Use {
            own: (!mine.is_empty() && !is_shared).then(|| InstantRange::union(mine)),
            foreign: self
                .foreign(environment, own)
                .map(|(_, reach)| reach.outer())
                .collect(),
        }
    }

    /// Returns the reservations of `environment` that keep the holders `own` out.
    pub(super) fn foreign(
        &self,
        environment: DocId,
        own: &[DocId],
    ) -> impl Iterator<Item = (Booking<'p>, Reach)> {
        let is_shared = self
            .plan
            .get::<Environment>(environment)
            .is_some_and(|of| of.fields.shared);
        let all = self
            .bookings_of(environment)
            .iter()
            .filter(move |_| !is_shared);
        let mine = self
            .bookings_of(environment)
            .iter()
            .filter(|booking| own.contains(&booking.holder));
        let shares =
            mine.clone().count() == 0 || mine.clone().all(|booking| booking.reservation.shared);
        let is_own = |booking: &Booking<'p>| {
            own.contains(&booking.holder) || own.contains(&self.party(booking))
        };
        let foreign =
            all.filter(move |booking| !(is_own(booking) || shares && booking.reservation.shared));
        foreign
            .filter_map(|booking| Some((*booking, booking.reach?)))
            .collect::<Vec<_>>()
            .into_iter()
    }

    pub(super) fn reserves(&self, holder: DocId) -> bool {
        let of_train = self
            .plan
            .get::<Train>(holder)
            .map(|train| &train.fields.reservations);
        let of_release = self
            .plan
            .get::<Release>(holder)
            .map(|release| &release.fields.reservations);
        of_train
            .or(of_release)
            .is_some_and(|reservations| !reservations.is_empty())
    }

    /// Returns who stands behind a reservation: the train, for its releases' reservations as well.
    fn party(&self, booking: &Booking<'p>) -> DocId {
        self.plan
            .document(booking.holder)
            .belongs
            .train
            .unwrap_or(booking.holder)
    }

    /// Returns whether `who` is a promoter of `environment`, alone or as one of a team.
    pub(super) fn promotes(&self, who: DocId, environment: &Environment) -> bool {
        environment
            .promoters
            .iter()
            .filter_map(|promoter| promoter.target)
            .any(|promoter| {
                let team = self.plan.get::<Team>(promoter);
                let listed = team
                    .iter()
                    .flat_map(|team| team.fields.members.iter().chain(&team.fields.lead));
                promoter == who
                    || listed
                        .filter_map(|member| member.target)
                        .any(|member| member == who)
            })
    }
}

fn both_shared(a: &Booking<'_>, b: &Booking<'_>) -> bool {
    a.reservation.shared && b.reservation.shared
}
