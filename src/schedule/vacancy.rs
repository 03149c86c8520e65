//! Who has an environment on a day, and when that changes.

use super::{Booking, Freezing, Schedule};
use crate::plan::kinds::environment::{Environment, EnvironmentStatus};
use crate::plan::kinds::freeze::FreezeSeverity;
use crate::plan::{Doc, DocId};
use crate::time::{Day, DayRange};

/// How far ahead a change is looked for, in days.
const HORIZON: i64 = 366;

/// How an environment stands on a day; the first of these that holds.
#[derive(Clone, Copy, Debug)]
pub enum Vacancy<'p> {
    /// It cannot be used.
    Offline,
    /// A hard freeze covers it, on these days.
    Frozen(Freezing<'p>),
    /// Somebody has it to themselves, on these days.
    Reserved(Booking<'p>, DayRange),
    /// Somebody has reserved it and shares it, on these days.
    Shared(Booking<'p>, DayRange),
    /// Nobody has it.
    Free,
}

/// What ends a vacancy.
#[derive(Clone, Copy, Debug)]
pub enum Claim<'p> {
    /// A reservation.
    Booking(Booking<'p>),
    /// A hard freeze.
    Freeze(Freezing<'p>),
}

/// How an environment stands on a day, and what comes next.
#[derive(Clone, Copy, Debug)]
pub struct Occupancy<'p> {
    /// How it stands.
    pub now: Vacancy<'p>,
    /// The first day on which something else begins, and what.
    pub next: Option<(Day, Claim<'p>)>,
}

impl<'p> Schedule<'p> {
    /// Returns how `environment` stands on `day`. Only reservations and freezes of documents that `counts` says so of are
    /// looked at; where a reservation is coarse, all the days that it can mean.
    pub fn occupancy(
        &self,
        environment: Doc<'p, Environment>,
        day: Day,
        counts: impl Fn(DocId) -> bool,
    ) -> Occupancy<'p> {
        let bookings = self.bookings_of(environment.id).iter();
        let dated = bookings.filter_map(|booking| Some((self.booked_days(booking)?, *booking)));
        let mut dated: Vec<_> = dated.filter(|(_, of)| counts(of.holder)).collect();
        dated.sort_by_key(|(days, booking)| (days.first, booking.holder));
        let ahead = DayRange::new(day, day.plus(HORIZON).unwrap_or(day));
        let mut freezings = self.freezings_in(environment.id, ahead);
        freezings.retain(|of| {
            of.freeze.fields.strictness() == FreezeSeverity::Hard && counts(of.freeze.id)
        });
        let status = environment.status.as_ref().map(|status| status.value);
        let holding = || dated.iter().filter(|(days, _)| days.contains(day));
        let is_shared = |booking: &Booking<'p>| environment.shared || booking.reservation.shared;
        let now = if status == Some(EnvironmentStatus::Offline) {
            Vacancy::Offline
        } else if let Some(freezing) = freezings.iter().find(|of| of.days.contains(day)) {
            Vacancy::Frozen(*freezing)
        } else if let Some((days, booking)) = holding().find(|(_, of)| !is_shared(of)) {
            Vacancy::Reserved(*booking, *days)
        } else if let Some((days, booking)) = holding().next() {
            Vacancy::Shared(*booking, *days)
        } else {
            Vacancy::Free
        };
        let reserved = dated
            .iter()
            .map(|(days, booking)| (days.first, Claim::Booking(*booking)));
        let frozen = freezings
            .iter()
            .map(|of| (of.days.first, Claim::Freeze(*of)));
        let later = reserved.chain(frozen).filter(|(first, _)| *first > day);
        Occupancy {
            now,
            next: later.min_by_key(|(first, _)| *first),
        }
    }

    /// Returns the days that `booking` touches, or may; none while it is open.
    pub fn booked_days(&self, booking: &Booking<'p>) -> Option<DayRange> {
        Some(self.days(booking.holder, booking.reach?.outer()))
    }

    /// Returns every occurrence of every freeze that covers anything in `environment` and touches the days `within`, by
    /// its first day.
    pub fn freezings_in(&self, environment: DocId, within: DayRange) -> Vec<Freezing<'p>> {
        let mut found = self.freezings(within);
        found.retain(|of| self.reaches_environment(of.freeze.fields.scope.as_ref(), environment));
        found.sort_by_key(|of| (of.days.first, of.freeze.id));
        found
    }
}
