//! Windows and freezes that repeat, as a whole: where the series begins, where it ends, and what is left out of it.
//!
//! This is what a calendar needs to carry the rule itself instead of its occurrences (RFC 5545, section 3.8.5).

use jiff::civil::{DateTime, Time};

use super::openings::later;
use super::{Opening, Schedule};
use crate::plan::Doc;
use crate::plan::kinds::freeze::Freeze;
use crate::plan::kinds::window::{OnGap, Window};
use crate::time::{
    Date, Day, DayRange, Instant, InstantRange, Landing, Limit, Occurrence, Recurrence, Repetition,
    Zone,
};

/// How far from its start the first occurrence of a series is looked for, in days: ten years.
const FIRST: i64 = 3653;

/// How far from its start the last occurrence of a series is looked for whose end takes counting: a century.
const COUNTED: i64 = 36_525;

/// A window or a freeze that repeats.
#[derive(Clone, Debug)]
pub struct Series<'p> {
    /// The rule, whose own limit is not always that of the series.
    pub rule: &'p Recurrence,
    /// The first occurrence.
    pub first: Occurrence,
    /// Where it ends.
    pub end: SeriesEnd,
    /// The starts that the rule gives and that do not take place, because the clocks skip them, as far as they were
    /// asked for.
    pub left_out: Vec<DateTime>,
}

/// Where a series ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesEnd {
    /// Never.
    Open,
    /// After so many occurrences.
    After(
        /// How many.
        u32,
    ),
    /// With the last one that starts at or before this wall time.
    By(
        /// The wall time.
        DateTime,
    ),
}

impl<'p> Schedule<'p> {
    /// Returns the openings of `window` as a series; none when it does not repeat, and when it never opens. Starts that
    /// the clocks skip are looked for until the instant `until`.
    pub fn window_series(&self, window: Doc<'p, Window>, until: Instant) -> Option<Series<'p>> {
        let fields = window.fields;
        let rule = &fields.repeats.as_ref()?.value;
        let zone = self.zone(window.id);
        let start = start_of(&fields.starts.as_ref()?.resolved, zone)?;
        let from = zone.place(start).instant();
        let openings = |days| self.openings(window, InstantRange::new(from, later(from, days)));
        let first = openings(FIRST).first()?.occurrence;
        let skips = fields
            .on_gap
            .as_ref()
            .is_some_and(|on_gap| on_gap.value == OnGap::Skip);
        let closes = fields
            .until
            .as_ref()
            .and_then(|until| end_of(&until.resolved, zone));
        let end = match (rule.limit(), closes) {
            // What is skipped or cut off does not count, which no rule can say: the last one is named instead.
            (Limit::Count(_), closes) if skips || closes.is_some() => {
                let last = openings(COUNTED)
                    .last()
                    .map(|of: &Opening<'_>| of.occurrence.wall);
                SeriesEnd::By(last.unwrap_or(first.wall))
            }
            (limit, closes) => earlier(limit_of(limit, zone), closes),
        };
        let left_out = match skips {
            true => skipped(rule, (start, first.wall), until, zone),
            false => Vec::new(),
        };
        Some(Series {
            rule,
            first,
            end,
            left_out,
        })
    }

    /// Returns the occurrences of `freeze` as a series; none when it does not repeat, and when its dates are coarse.
    pub fn freeze_series(&self, freeze: Doc<'p, Freeze>) -> Option<Series<'p>> {
        let rule = &freeze.fields.repeats.as_ref()?.value;
        let planned = &freeze.fields.planned.as_ref()?.resolved;
        let (zone, calendar) = (self.zone(freeze.id), self.calendar(freeze.id));
        let from = zone.place(start_of(planned.from(), zone)?).instant();
        let within = InstantRange::new(from, later(from, FIRST));
        let first = Repetition::of(rule, planned, zone, &calendar)?
            .occurrences(within)
            .next()?;
        Some(Series {
            rule,
            first,
            end: limit_of(rule.limit(), zone),
            left_out: Vec::new(),
        })
    }
}

/// Returns the starts from the first opening on that the clocks skip, until the instant `until`; `start` is where the
/// rule counts from.
fn skipped(
    rule: &Recurrence,
    (start, first): (DateTime, DateTime),
    until: Instant,
    zone: &Zone,
) -> Vec<DateTime> {
    let (from, last) = (Day(first.date()), zone.day(until));
    if last < from {
        return Vec::new();
    }
    rule.starts(start, DayRange::new(from, last), zone)
        .filter(|wall| *wall > first && matches!(zone.place(*wall), Landing::Skipped(_)))
        .collect()
}

/// Returns the wall time in `zone` at which `date` begins; none unless it is known to the day.
fn start_of(date: &Date, zone: &Zone) -> Option<DateTime> {
    match date {
        Date::Day(day) => Some(day.0.to_datetime(Time::midnight())),
        Date::Moment(moment) if moment.needs_zone() => Some(moment.wall),
        Date::Moment(moment) => Some(zone.wall(moment.at(zone))),
        _ => None,
    }
}

/// Returns the wall time in `zone` with which `date` ends, as late as it can mean.
fn end_of(date: &Date, zone: &Zone) -> Option<DateTime> {
    match date {
        Date::Moment(_) => start_of(date, zone),
        date => Some(last_of(date.days()?.last)),
    }
}

fn last_of(day: Day) -> DateTime {
    day.0.at(23, 59, 59, 0)
}

fn limit_of(limit: Limit, zone: &Zone) -> SeriesEnd {
    match limit {
        Limit::Never => SeriesEnd::Open,
        Limit::Count(count) => SeriesEnd::After(count),
        Limit::Day(day) => SeriesEnd::By(last_of(day)),
        Limit::Wall(wall) => SeriesEnd::By(wall),
        Limit::Instant(instant) => SeriesEnd::By(zone.wall(instant)),
    }
}

fn earlier(end: SeriesEnd, closes: Option<DateTime>) -> SeriesEnd {
    match (end, closes) {
        (SeriesEnd::By(wall), Some(closes)) => SeriesEnd::By(wall.min(closes)),
        (_, Some(closes)) => SeriesEnd::By(closes),
        (end, None) => end,
    }
}
