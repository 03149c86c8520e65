//! Which planned stages follow one another, and how they lie to each other in time.

use super::value::{Period, Text};
use super::{Course, Plan};
use crate::time::{Calendar, DayRange, Extent};

/// Two planned stages of which the second is the next planned one after the first.
#[derive(Clone, Debug)]
pub struct Succession<'p> {
    /// The first of them.
    pub first: PlannedStage<'p>,
    /// The one after it.
    pub next: PlannedStage<'p>,
}

/// A stage that is planned.
#[derive(Clone, Debug)]
pub struct PlannedStage<'p> {
    /// Its name.
    pub name: &'p str,
    /// When it is planned, as written.
    pub period: &'p Period,
    /// When it starts, in words: `on 2 November 2026`.
    pub starts: String,
    /// When it ends, in words.
    pub ends: String,
    extent: Extent,
}

impl<'p> PlannedStage<'p> {
    fn new((name, period): (&'p Text, &'p Period), calendar: &Calendar) -> Self {
        let interval = &period.resolved;
        let (starts, ends) = (interval.from().words(), interval.end_words(calendar));
        Self {
            name,
            period,
            starts,
            ends,
            extent: interval.extent(calendar),
        }
    }
}

impl Succession<'_> {
    /// Returns whether both are certainly planned for the same time.
    pub fn overlaps(&self) -> bool {
        self.first.extent.certainly_overlaps(self.next.extent)
    }

    /// Returns whether the second is certainly over before the first begins.
    pub fn is_reversed(&self) -> bool {
        self.next.extent.certainly_before(self.first.extent)
    }

    /// Returns the days that certainly lie between the two.
    pub fn gap(&self) -> Option<DayRange> {
        self.first.extent.days_until(self.next.extent)
    }
}

impl Plan {
    /// Returns the planned stages of a train or a release, two by two; business days are those of `calendar`.
    pub fn successions<'p>(&self, course: &Course<'p>, calendar: &Calendar) -> Vec<Succession<'p>> {
        let planned = self.planned_stages(course);
        let pairs = planned.iter().zip(planned.iter().skip(1));
        let succession = |(first, next): (&(_, _), &(_, _))| Succession {
            first: PlannedStage::new(*first, calendar),
            next: PlannedStage::new(*next, calendar),
        };
        pairs.map(succession).collect()
    }

    /// Returns the trains and releases that are on their way and plan more than one stage.
    pub fn scheduled(&self) -> impl Iterator<Item = Course<'_>> {
        self.courses()
            .filter(|course| course.schedule.entries.len() > 1 && self.is_open(course.id))
    }
}
