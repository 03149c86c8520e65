//! When a maintenance window is open, and what is wrong with windows that hardly ever are.

use jiff::ToSpan;

use super::Schedule;
use crate::plan::Doc;
use crate::plan::kinds::freeze::{Freeze, FreezeSeverity};
use crate::plan::kinds::window::{OnGap, Window};
use crate::plan::parts::scope::Scope;
use crate::time::{
    self, Calendar, Date, Instant, InstantRange, Landing, Occurrence, Repetition, Zone,
};

/// One occurrence of a window.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'p> {
    /// The window.
    pub window: Doc<'p, Window>,
    /// When it is open, and whether the clocks skip or repeat its start.
    pub occurrence: Occurrence,
    /// The first instant at which nothing may be started any more; never before it opens.
    pub cutoff: Option<Instant>,
}

/// Why nothing can ever be deployed in a window.
#[derive(Clone, Debug)]
pub enum Starved<'p> {
    /// It never opens.
    Never,
    /// Its cutoff is as long as it is open.
    CutOff,
    /// Hard freezes cover every opening of the next year.
    Frozen(Vec<Doc<'p, Freeze>>),
}

impl<'p> Schedule<'p> {
    /// Returns every opening of `window` that shares an instant with `within`, however early it starts, in order.
    pub fn openings(&self, window: Doc<'p, Window>, within: InstantRange) -> Vec<Opening<'p>> {
        let fields = window.fields;
        let (Some(starts), Some(duration)) = (&fields.starts, &fields.duration) else {
            return Vec::new();
        };
        let (zone, calendar) = (self.zone(window.id), self.calendar(window.id));
        let on_gap = match fields.on_gap.as_ref().map(|on_gap| on_gap.value) {
            Some(OnGap::Skip) => time::OnGap::Skip,
            Some(OnGap::Shift) | None => time::OnGap::Shift,
        };
        let occurrences: Vec<_> = match &fields.repeats {
            Some(rule) => {
                let repetition = Repetition::new(
                    &rule.value,
                    &starts.resolved,
                    duration.value,
                    zone,
                    &calendar,
                );
                let repetition = repetition.map(|repetition| repetition.on_gap(on_gap));
                repetition.map_or_else(Vec::new, |repetition| {
                    repetition.occurrences(within).collect()
                })
            }
            None => once(&starts.resolved, zone)
                .filter(|(_, landing)| {
                    on_gap == time::OnGap::Shift || !matches!(landing, Landing::Skipped(_))
                })
                .and_then(|(wall, landing)| {
                    let end = calendar.instant_after(landing.instant(), duration.value, zone)?;
                    Some(Occurrence {
                        wall,
                        landing,
                        instants: InstantRange::new(landing.instant(), end),
                    })
                })
                .filter(|occurrence| occurrence.instants.overlaps(within))
                .into_iter()
                .collect(),
        };
        let open = occurrences
            .into_iter()
            .filter(|occurrence| opens_by(fields, occurrence, zone));
        open.map(|occurrence| Opening {
            window,
            occurrence,
            cutoff: cutoff(fields, occurrence, zone, &calendar),
        })
        .collect()
    }

    /// Returns the openings within `within` whose start the clocks skip, so that it is shifted.
    pub fn openings_in_gaps(
        &self,
        window: Doc<'p, Window>,
        within: InstantRange,
    ) -> Vec<Opening<'p>> {
        let mut openings = self.openings(window, within);
        openings.retain(|opening| matches!(opening.occurrence.landing, Landing::Skipped(_)));
        openings
    }

    /// Returns the first opening within `within` that has not ended when the next one starts, and that one: the window
    /// lasts longer than the interval at which it repeats.
    pub fn self_overlap(
        &self,
        window: Doc<'p, Window>,
        within: InstantRange,
    ) -> Option<(Opening<'p>, Opening<'p>)> {
        let openings = self.openings(window, within);
        let mut pairs = openings.iter().zip(openings.iter().skip(1));
        let overlaps = |(a, b): &(&Opening<'p>, &Opening<'p>)| {
            a.occurrence.instants.overlaps(b.occurrence.instants)
        };
        pairs.find(overlaps).map(|(a, b)| (*a, *b))
    }

    /// Returns why nothing can be deployed in `window` in the year from `from` on; none when something can, and for a
    /// window that is over.
    pub fn starved(&self, window: Doc<'p, Window>, from: Instant) -> Option<Starved<'p>> {
        let year = InstantRange::new(from, later(from, 366));
        let openings = self.openings(window, year);
        if openings.is_empty() {
            return self.never_opens(window).then_some(Starved::Never);
        }
        if openings.iter().all(|opening| {
            opening
                .cutoff
                .is_some_and(|cutoff| cutoff <= opening.occurrence.instants.start)
        }) {
            return Some(Starved::CutOff);
        }
        let hard = self
            .freezes
            .iter()
            .filter(|freeze| freeze.fields.strictness() == FreezeSeverity::Hard);
        let wide = hard.filter(|freeze| {
            self.is_wider(freeze.fields.scope.as_ref(), window.fields.scope.as_ref())
        });
        let mut freezes = Vec::new();
        let mut frozen = Vec::new();
        for &freeze in wide {
            // A deployment in a coarse freeze may be possible: only what is certainly frozen counts.
            let reaches = self
                .freeze_occurrences(freeze, year)
                .into_iter()
                .map(|of| of.reach);
            let certain =
                reaches.map(|reach| InstantRange::new(reach.start.latest, reach.end.earliest));
            let met: Vec<_> = certain
                .filter(|range| {
                    openings
                        .iter()
                        .any(|of| of.occurrence.instants.overlaps(*range))
                })
                .collect();
            if !met.is_empty() {
                freezes.push(freeze);
                frozen.extend(met);
            }
        }
        let frozen = InstantRange::union(frozen);
        let is_frozen = |opening: &Opening<'p>| {
            frozen
                .iter()
                .any(|range| range.covers(opening.occurrence.instants))
        };
        openings
            .iter()
            .all(is_frozen)
            .then_some(Starved::Frozen(freezes))
    }

    /// Returns whether `window`, whose fields are complete, opens not even once in ten years.
    fn never_opens(&self, window: Doc<'p, Window>) -> bool {
        let (starts, duration) = (
            window.fields.starts.as_ref(),
            window.fields.duration.as_ref(),
        );
        let start = starts.and_then(|starts| once(&starts.resolved, self.zone(window.id)));
        let Some((_, landing)) = start.filter(|_| duration.is_some()) else {
            return false;
        };
        let decade = InstantRange::new(landing.instant(), later(landing.instant(), 3653));
        self.openings(window, decade).is_empty()
    }

    /// Returns whether the scope `outer` surely covers whatever `inner` covers.
    fn is_wider(&self, outer: Option<&Scope>, inner: Option<&Scope>) -> bool {
        let Some(outer) = outer else { return true };
        let leaves_out = outer.except.as_ref().is_some_and(|except| {
            !(except.environments.is_empty()
                && except.applications.is_empty()
                && except.types.is_empty())
        });
        let nothing = Scope::default();
        let inner = inner.unwrap_or(&nothing);
        let within = |outer_is_all: bool, inner_is_all: bool, each: bool| {
            outer_is_all || !inner_is_all && each
        };
        let environments = inner.environments.iter().all(|of| {
            outer
                .environments
                .iter()
                .any(|named| named.target == of.target)
        });
        let applications = inner
            .applications
            .iter()
            .filter_map(|of| of.target)
            .all(|part| {
                outer
                    .applications
                    .iter()
                    .filter_map(|named| named.target)
                    .any(|whole| self.plan.contains(whole, part))
            });
        let types = inner
            .types
            .iter()
            .all(|of| outer.types.iter().any(|named| named.value == of.value));
        !leaves_out
            && within(
                outer.environments.is_empty(),
                inner.environments.is_empty(),
                environments,
            )
            && within(
                outer.applications.is_empty(),
                inner.applications.is_empty(),
                applications,
            )
            && within(outer.types.is_empty(), inner.types.is_empty(), types)
    }
}

/// Returns the wall time at which `date` begins, and where it lands; none unless it is known to the day.
fn once(date: &Date, zone: &Zone) -> Option<(time::civil::DateTime, Landing)> {
    match date {
        Date::Day(day) => {
            let wall = day.0.to_datetime(time::civil::Time::midnight());
            Some((wall, zone.place(wall)))
        }
        Date::Moment(moment) => Some((moment.wall, moment.landing(zone))),
        _ => None,
    }
}

/// Returns whether `occurrence` is not after the last day on which `window` opens.
fn opens_by(window: &Window, occurrence: &Occurrence, zone: &Zone) -> bool {
    let Some(until) = &window.until else {
        return true;
    };
    match &until.resolved {
        Date::Moment(moment) => occurrence.instants.start <= moment.at(zone),
        date => date
            .days()
            .is_none_or(|days| time::Day(occurrence.wall.date()) <= days.last),
    }
}

fn cutoff(
    window: &Window,
    occurrence: Occurrence,
    zone: &Zone,
    calendar: &Calendar,
) -> Option<Instant> {
    let before = window.cutoff.as_ref()?.value.negated();
    let cutoff = calendar.instant_after(occurrence.instants.end, before, zone)?;
    Some(cutoff.max(occurrence.instants.start))
}

/// Returns the instant so many days of 24 hours after `instant`, or the last one that there is.
pub(super) fn later(instant: Instant, days: i64) -> Instant {
    instant
        .checked_add((days * 24).hours())
        .unwrap_or(Instant::MAX)
}
