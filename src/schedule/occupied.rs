//! What a deployment occupies: its interval and, after it, the reserve in which it can be taken back.

use super::{Reach, Schedule};
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::{Wave, WaveStatus};
use crate::plan::value::{Item, Period};
use crate::plan::{Doc, DocId};
use crate::time::{Date, Duration, Instant, InstantRange};

/// The time that a deployment, or one wave of it, occupies.
#[derive(Clone, Copy, Debug)]
pub struct Occupied<'p> {
    /// The interval that says so, for its place.
    pub period: &'p Period,
    /// The wave, where it is not the turnover as a whole.
    pub wave: Option<&'p Item<Wave>>,
    /// The interval of the deployment.
    pub deployment: InstantRange,
    /// The back-out reserve that follows it; empty when there is none.
    pub reserve: InstantRange,
    /// Both together.
    pub whole: InstantRange,
}

impl Occupied<'_> {
    /// Returns whether it only opens what is there to more people: a wave that is planned by days. Freezes hold for it,
    /// and neither windows nor reservations.
    pub fn is_exposure(&self) -> bool {
        self.wave.is_some() && !matches!(self.period.resolved.from(), Date::Moment(_))
    }
}

/// Returns whether `turnover` was called off or refused: it occupies nothing and brings nothing.
pub fn is_cancelled(turnover: &Turnover) -> bool {
    use TurnoverStatus::{Cancelled, Rejected};
    turnover
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, Cancelled | Rejected))
}

/// Returns whether `turnover` is still to be deployed.
pub fn is_to_come(turnover: &Turnover) -> bool {
    use TurnoverStatus::{Accepted, Draft, Submitted};
    turnover
        .status
        .as_ref()
        .is_none_or(|status| matches!(status.value, Draft | Submitted | Accepted))
}

/// Returns when `turnover` takes place: as it took place once that is over, else as planned.
pub(super) fn period_of(turnover: &Turnover) -> Option<&Period> {
    let planned = turnover.planned.as_ref();
    if is_to_come(turnover) {
        planned
    } else {
        turnover.actual.as_ref().or(planned)
    }
}

impl<'p> Schedule<'p> {
    /// Returns what `turnover` occupies: the interval in which it took place once that is over, else the planned one,
    /// and its back-out reserve. None unless the interval is known to the day, and for what was called off.
    pub fn occupied(&self, turnover: Doc<'p, Turnover>) -> Option<Occupied<'p>> {
        let period = period_of(turnover.fields).filter(|_| !is_cancelled(turnover.fields))?;
        self.occupation(turnover, period, None)
    }

    /// Returns all that `turnover` occupies: as a whole, and each wave that is not inside of that.
    pub fn occupations(&self, turnover: Doc<'p, Turnover>) -> Vec<Occupied<'p>> {
        if is_cancelled(turnover.fields) {
            return Vec::new();
        }
        let mut found: Vec<_> = self.occupied(turnover).into_iter().collect();
        for wave in turnover.fields.waves.iter() {
            let cancelled = wave
                .status
                .as_ref()
                .is_some_and(|status| status.value == WaveStatus::Cancelled);
            let Some(period) = wave.planned.as_ref().filter(|_| !cancelled) else {
                continue;
            };
            let wave = self.occupation(turnover, period, Some(wave));
            found.extend(
                wave.filter(|wave| !found.iter().any(|other| other.whole.covers(wave.whole))),
            );
        }
        found
    }

    /// Returns every deployment of `turnover` to its environment: as a whole, and each wave that is not inside of that
    /// and is more than an exposure.
    pub fn deployments(&self, turnover: Doc<'p, Turnover>) -> Vec<Occupied<'p>> {
        let mut found = self.occupations(turnover);
        found.retain(|occupied| !occupied.is_exposure());
        found
    }

    /// Returns whether all of `turnover`, its waves as well, was planned to be over by `instant`. What has no date is not.
    pub fn is_over(&self, turnover: Doc<'p, Turnover>, instant: Instant) -> bool {
        let whole = self.reach(turnover).map(|reach| reach.end.latest);
        let waves = self.occupations(turnover).into_iter();
        let ends = whole
            .into_iter()
            .chain(waves.map(|occupied| occupied.whole.end));
        ends.max().is_some_and(|end| end <= instant)
    }

    /// Returns when `turnover` takes place: as it took place once that is over, else as planned.
    pub fn period(&self, turnover: Doc<'p, Turnover>) -> Option<&'p Period> {
        period_of(turnover.fields)
    }

    /// Returns between which bounds `turnover` takes place, with its back-out reserve, when its dates may be coarse.
    pub fn reach(&self, turnover: Doc<'p, Turnover>) -> Option<Reach> {
        let period = period_of(turnover.fields).filter(|_| !is_cancelled(turnover.fields))?;
        let (zone, calendar) = (self.zone(turnover.id), self.calendar(turnover.id));
        let reach = Reach::of(&period.resolved, zone, &calendar)?;
        let Some(backout) = backout_duration(turnover.fields) else {
            return Some(reach);
        };
        Some(Reach {
            end: reach.end.plus(backout, zone, &calendar),
            ..reach
        })
    }

    fn occupation(
        &self,
        turnover: Doc<'p, Turnover>,
        period: &'p Period,
        wave: Option<&'p Item<Wave>>,
    ) -> Option<Occupied<'p>> {
        let deployment = self.instants(turnover.id, period)?;
        let backout = backout_duration(turnover.fields).unwrap_or(Duration::ZERO);
        let (zone, calendar) = (self.zone(turnover.id), self.calendar(turnover.id));
        let end = calendar.instant_after(deployment.end, backout, zone)?;
        let reserve = InstantRange::new(deployment.end, end);
        Some(Occupied {
            period,
            wave,
            deployment,
            reserve,
            whole: InstantRange::new(deployment.start, end),
        })
    }

    /// Returns the instants of `period`, written in the document `id`; none unless they are known to the day.
    pub fn instants(&self, id: DocId, period: &Period) -> Option<InstantRange> {
        period.resolved.instants(self.zone(id), &self.calendar(id))
    }
}

/// Returns how long it takes to take `turnover` back, where it says so.
pub(super) fn backout_duration(turnover: &Turnover) -> Option<Duration> {
    turnover
        .backout
        .as_ref()?
        .duration
        .as_ref()
        .map(|duration| duration.value)
}
