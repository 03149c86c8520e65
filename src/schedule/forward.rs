//! What is planned for the time to come, in order: deployments, changes, and what does not work meanwhile.

use super::{Booking, ExceptionState, FreezeConflict, Occupied, Reach, Schedule, WindowVerdict};
use crate::plan::kinds::change::Change;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::value::Period;
use crate::plan::{Doc, DocId};
use crate::time::InstantRange;

/// Something that is planned.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'p> {
    /// The turnover or the change.
    pub document: DocId,
    /// What of it.
    pub event: Event<'p>,
    /// When, as it is written.
    pub period: &'p Period,
    /// When, as far as it is known.
    pub reach: Reach,
}

/// What is planned.
#[derive(Clone, Copy, Debug)]
pub enum Event<'p> {
    /// A deployment.
    Deployment(Doc<'p, Turnover>),
    /// A change.
    Change(Doc<'p, Change>),
    /// Services that do not work while a deployment takes place.
    Outage(Doc<'p, Turnover>),
}

/// What a planned deployment runs into.
#[derive(Clone, Debug)]
pub enum Conflict<'p> {
    /// A freeze from which nothing excuses it.
    Freeze(Box<FreezeConflict<'p>>),
    /// It does not lie in its windows.
    Window,
    /// The reservation of somebody else.
    Reserved(Booking<'p>),
}

impl<'p> Schedule<'p> {
    /// Returns everything planned that can take place within `range`, in order: what begins first, first.
    pub fn coming(&self, range: InstantRange) -> Vec<Coming<'p>> {
        let turnovers = self.plan.all::<Turnover>();
        let turnovers = turnovers.filter(|turnover| turnover.is_to_come());
        let deployed = turnovers.flat_map(|turnover| {
            let planned = turnover.fields.planned.as_ref();
            let outage = turnover.fields.outage.as_ref();
            let out = outage.and_then(|outage| outage.planned.as_ref().or(planned));
            [
                self.event(turnover.id, Event::Deployment(turnover), planned),
                self.event(turnover.id, Event::Outage(turnover), out),
            ]
        });
        let changes = self.plan.all::<Change>();
        let changes = changes.filter(|change| change.is_to_come());
        let changed = changes.map(|change| {
            self.event(
                change.id,
                Event::Change(change),
                change.fields.planned.as_ref(),
            )
        });
        let mut found: Vec<_> = deployed
            .chain(changed)
            .flatten()
            .filter(|coming| coming.reach.outer().overlaps(range))
            .collect();
        found.sort_by_key(|coming| (coming.reach.start.earliest, coming.document));
        found
    }

    fn event(
        &self,
        document: DocId,
        event: Event<'p>,
        period: Option<&'p Period>,
    ) -> Option<Coming<'p>> {
        let period = period?;
        let (zone, calendar) = (self.zone(document), self.calendar(document));
        let reach = Reach::of(&period.resolved, zone, &calendar)?;
        Some(Coming {
            document,
            event,
            period,
            reach,
        })
    }

    /// Returns what `turnover` runs into as it is planned: freezes, its windows, and the reservations of others.
    pub fn conflicts(&self, turnover: Doc<'p, Turnover>) -> Vec<Conflict<'p>> {
        let forbidden = self.freeze_conflicts(turnover).into_iter();
        let forbidden =
            forbidden.filter(|conflict| !matches!(conflict.exception, ExceptionState::Valid(_)));
        let mut found: Vec<_> = forbidden
            .map(|conflict| Conflict::Freeze(Box::new(conflict)))
            .collect();
        let target = self.target(turnover);
        let is_outside = |occupied: &Occupied<'_>| {
            let verdict = self.windows_for(&target, occupied.whole).verdict;
            !matches!(
                verdict,
                WindowVerdict::Unrestricted | WindowVerdict::Inside(_)
            )
        };
        if self.deployments(turnover).iter().any(is_outside) {
            found.push(Conflict::Window);
        }
        let trespasses = self.trespasses(turnover).into_iter();
        found.extend(trespasses.map(|(booking, _)| Conflict::Reserved(booking)));
        found
    }
}
