//! When freezes hold, and which deployments they meet.

use super::exceptions::ExceptionState;
use super::{Occupied, Part, Reach, Schedule};
use crate::plan::kinds::freeze::{Freeze, FreezeSeverity};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId};
use crate::time::{Day, DayRange, Instant, InstantRange, Repetition, Zone};

/// How far ahead the next freeze is looked for, in days.
const HORIZON: i64 = 3 * 366;

/// One occurrence of a freeze.
#[derive(Clone, Copy, Debug)]
pub struct FreezeOccurrence<'p> {
    /// The freeze.
    pub freeze: Doc<'p, Freeze>,
    /// When it holds.
    pub reach: Reach,
}

/// A deployment that meets a freeze.
#[derive(Clone, Debug)]
pub struct FreezeConflict<'p> {
    /// The freeze.
    pub freeze: Doc<'p, Freeze>,
    /// Its occurrence that is met.
    pub occurrence: Reach,
    /// How strict it is.
    pub severity: FreezeSeverity,
    /// What the deployment occupies; none where its dates are coarse and it meets the freeze on whatever days.
    pub occupied: Option<Occupied<'p>>,
    /// The instants that both share, where both are exact.
    pub overlap: Option<InstantRange>,
    /// The applications that the freeze covers.
    pub parts: Vec<Part<'p>>,
    /// What the exceptions say.
    pub exception: ExceptionState<'p>,
}

impl Freeze {
    /// Returns how strict the freeze is: hard unless it says otherwise.
    pub fn strictness(&self) -> FreezeSeverity {
        self.severity
            .as_ref()
            .map_or(FreezeSeverity::Hard, |severity| severity.value)
    }
}

impl<'p> Schedule<'p> {
    /// Returns every occurrence of `freeze` that can meet `within`, in order.
    pub fn freeze_occurrences(
        &self,
        freeze: Doc<'p, Freeze>,
        within: InstantRange,
    ) -> Vec<FreezeOccurrence<'p>> {
        let Some(planned) = &freeze.fields.planned else {
            return Vec::new();
        };
        let (zone, calendar) = (self.zone(freeze.id), self.calendar(freeze.id));
        let rule = freeze.fields.repeats.as_ref();
        let repetition =
            rule.and_then(|rule| Repetition::of(&rule.value, &planned.resolved, zone, &calendar));
        let reaches: Vec<_> = match repetition {
            Some(repetition) => repetition
                .occurrences(within)
                .map(|of| Reach::exact(of.instants))
                .collect(),
            None => {
                let once = Reach::of(&planned.resolved, zone, &calendar);
                once.into_iter()
                    .filter(|reach| reach.outer().overlaps(within))
                    .collect()
            }
        };
        reaches
            .into_iter()
            .map(|reach| FreezeOccurrence { freeze, reach })
            .collect()
    }

    /// Returns the freezes that cover any part of `target`, by id.
    pub fn freezes_for(&self, target: &super::Target<'p>) -> impl Iterator<Item = Doc<'p, Freeze>> {
        self.freezes
            .iter()
            .copied()
            .filter(move |freeze| self.covers(freeze.fields.scope.as_ref(), target))
    }

    /// Returns every occurrence of every freeze that covers `target` and certainly meets `range`, in order.
    pub fn freezes_over(
        &self,
        target: &super::Target<'p>,
        range: InstantRange,
    ) -> Vec<FreezeOccurrence<'p>> {
        let occurrences = self
            .freezes_for(target)
            .flat_map(|freeze| self.freeze_occurrences(freeze, range));
        let met = Reach::exact(range);
        let mut found: Vec<_> = occurrences
            .filter(|of| of.reach.certainly_overlaps(met))
            .collect();
        found.sort_by_key(|of| (of.reach.start.earliest, of.freeze.id));
        found
    }

    /// Returns the freezes that `turnover` meets (semantics, Freeze conflict), those with a valid exception as well.
    ///
    /// The occupied interval counts, with its back-out reserve; one that ends when a freeze begins does not meet it.
    /// The type `emergency` excuses nothing.
    pub fn freeze_conflicts(&self, turnover: Doc<'p, Turnover>) -> Vec<FreezeConflict<'p>> {
        let taken = self.taken(turnover);
        if taken.is_empty() {
            return Vec::new();
        }
        let target = self.target(turnover);
        let freezes = self.freezes_for(&target);
        let mut found: Vec<_> = freezes
            .flat_map(|freeze| self.conflicts_with(freeze, turnover, &target, &taken))
            .collect();
        found.sort_by_key(|conflict| (conflict.occurrence.start.earliest, conflict.freeze.id));
        found
    }

    /// Returns between which bounds `turnover` and its waves take place: what each occupies where that is exact.
    fn taken(&self, turnover: Doc<'p, Turnover>) -> Vec<Taken<'p>> {
        let occupations = self.occupations(turnover);
        if occupations.is_empty() {
            let coarse = self.reach(turnover).map(|reach| (reach, None));
            return coarse.into_iter().collect();
        }
        let exact = occupations.into_iter();
        exact
            .map(|occupied| (Reach::exact(occupied.whole), Some(occupied)))
            .collect()
    }

    fn conflicts_with(
        &self,
        freeze: Doc<'p, Freeze>,
        turnover: Doc<'p, Turnover>,
        target: &super::Target<'p>,
        taken: &[Taken<'p>],
    ) -> Vec<FreezeConflict<'p>> {
        let mut found = Vec::new();
        for &(reach, occupied) in taken {
            let occurrences = self.freeze_occurrences(freeze, reach.outer());
            let certain = |of: &&FreezeOccurrence<'_>| of.reach.certainly_overlaps(reach);
            for occurrence in occurrences.iter().filter(certain) {
                let scope = freeze.fields.scope.as_ref();
                let parts: Vec<_> = self.covered(scope, target).collect();
                let whole = occupied.map_or(reach.outer(), |occupied| occupied.whole);
                let exact = occurrence.reach.range().zip(reach.range());
                found.push(FreezeConflict {
                    freeze,
                    occurrence: occurrence.reach,
                    severity: freeze.fields.strictness(),
                    occupied,
                    overlap: exact.and_then(|(frozen, taken)| frozen.intersection(taken)),
                    exception: self.exception_state(freeze.id, turnover, &parts, whole),
                    parts,
                });
            }
        }
        found
    }
}

/// When something takes place, and what it occupies where that is exact.
type Taken<'p> = (Reach, Option<Occupied<'p>>);

/// One occurrence of a freeze, by days.
#[derive(Clone, Copy, Debug)]
pub struct Freezing<'p> {
    /// The freeze.
    pub freeze: Doc<'p, Freeze>,
    /// The days on which it holds. For a coarse date, those on which it may.
    pub days: DayRange,
}

impl<'p> Schedule<'p> {
    /// Returns the freezes that hold on `day`, those that end first first.
    pub fn freezes_on(&self, day: Day) -> Vec<Freezing<'p>> {
        let mut found = self.freezings(DayRange::day(day));
        found.sort_by_key(|freezing| (freezing.days.last, freezing.freeze.id));
        found
    }

    /// Returns the first freeze that begins after `day`.
    pub fn next_freeze(&self, day: Day) -> Option<Freezing<'p>> {
        let ahead = DayRange::new(day.next(), day.plus(HORIZON)?);
        let later = self.freezings(ahead).into_iter();
        later
            .filter(|freezing| freezing.days.first > day)
            .min_by_key(|freezing| (freezing.days.first, freezing.freeze.id))
    }

    /// Returns every occurrence of every freeze that touches the days `within`, each in its own zone, by freeze.
    pub fn freezings(&self, within: DayRange) -> Vec<Freezing<'p>> {
        let mut found = Vec::new();
        for &freeze in &self.freezes {
            let zone = self.zone(freeze.id);
            let range = InstantRange::new(
                zone.start_of(within.first),
                zone.start_of(within.last.next()),
            );
            let occurrences = self.freeze_occurrences(freeze, range).into_iter();
            found.extend(occurrences.map(|of| Freezing {
                freeze,
                days: days_of(of.reach.outer(), zone),
            }));
        }
        found
    }

    /// Returns the days that `range` touches in the zone of the document `id`.
    pub fn days(&self, id: DocId, range: InstantRange) -> DayRange {
        days_of(range, self.zone(id))
    }
}

/// Returns the days that `range` touches; one that ends at midnight does not touch the day that begins then.
fn days_of(range: InstantRange, zone: &Zone) -> DayRange {
    let end = zone.day(range.end);
    let last = if zone.start_of(end) == range.end {
        end.previous()
    } else {
        end
    };
    DayRange::new(zone.day(range.start), last)
}

/// The time in which a freeze forbids a deployment.
#[derive(Clone, Debug)]
pub(super) struct Ban {
    /// When it holds, or may hold.
    pub(super) range: InstantRange,
    /// A deployment that lies in one of these as a whole is excused.
    pub(super) excused: Vec<InstantRange>,
}

impl Ban {
    /// Returns a ban for which there are no exceptions.
    pub(super) fn strict(range: InstantRange) -> Self {
        Self {
            range,
            excused: Vec::new(),
        }
    }

    /// Returns the first start after that of `whole` which can respect it; none when `whole` does.
    pub(super) fn hinders(&self, whole: InstantRange) -> Option<Instant> {
        let excused = self.excused.iter().any(|range| range.covers(whole));
        if excused || !self.range.overlaps(whole) {
            return None;
        }
        let begins = self.excused.iter().map(|range| range.start);
        let later = begins.filter(|begin| *begin > whole.start);
        later.chain([self.range.end]).min()
    }
}

impl<'p> Schedule<'p> {
    /// Returns the days of `freeze` that are nearest to `day`: those that hold or come next, else those that are over.
    pub fn nearest_days(&self, freeze: Doc<'p, Freeze>, day: Day) -> Option<DayRange> {
        let zone = self.zone(freeze.id);
        let ahead = day
            .plus(HORIZON)
            .map(|last| InstantRange::new(zone.start_of(day), zone.start_of(last)));
        let coming = ahead
            .into_iter()
            .flat_map(|ahead| self.freeze_occurrences(freeze, ahead));
        let days = coming.map(|of| days_of(of.reach.outer(), zone));
        days.min_by_key(|days| days.first)
            .or_else(|| freeze.fields.planned.as_ref()?.days())
    }

    /// Returns the times within `range` in which freezes forbid deploying `target`, for the turnover and the train
    /// `beneficiaries` that it is of. Where a freeze is coarse, those in which it may.
    pub(super) fn bans(
        &self,
        target: &super::Target<'p>,
        beneficiaries: &[DocId],
        range: InstantRange,
    ) -> Vec<Ban> {
        let mut bans = Vec::new();
        for freeze in self.freezes_for(target) {
            let parts: Vec<_> = self.covered(freeze.fields.scope.as_ref(), target).collect();
            let excused = self.excused(freeze.id, beneficiaries, &parts);
            let occurrences = self.freeze_occurrences(freeze, range);
            bans.extend(occurrences.into_iter().map(|of| Ban {
                range: of.reach.outer(),
                excused: excused.clone(),
            }));
        }
        bans
    }

    /// Returns whether `turnover` meets the freeze `freeze`.
    pub(super) fn meets(&self, turnover: Doc<'p, Turnover>, freeze: Doc<'p, Freeze>) -> bool {
        let target = self.target(turnover);
        let taken = self.taken(turnover);
        self.covers(freeze.fields.scope.as_ref(), &target)
            && !self
                .conflicts_with(freeze, turnover, &target, &taken)
                .is_empty()
    }
}
