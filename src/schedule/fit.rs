//! The first time at which a deployment fits, under all constraints together.
//!
//! Each constraint that a start breaks tells the first start that could satisfy it; the search jumps from one to the
//! next until none is broken. So it looks at boundaries, never at every minute.

use jiff::SignedDuration;

use super::exceptions::beneficiaries;
use super::freezes::Ban;
use super::occupied::{backout_duration, period_of};
use super::openings::later;
use super::{Occupied, Request, Schedule, Target};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId};
use crate::time::{Calendar, Date, Duration, Instant, InstantRange, Interval, Until, Zone};

/// How far ahead a deployment is fitted in, in days.
const HORIZON: i64 = 2 * 366;

/// A time at which a deployment fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The interval of the deployment.
    pub deployment: InstantRange,
    /// That, and its back-out reserve.
    pub whole: InstantRange,
}

impl<'p> Schedule<'p> {
    /// Returns the first time, at `from` or later, at which `turnover` fits as long as it is planned: outside of
    /// freezes that nobody has excused it from and of the exclusive reservations of others, inside its windows and its
    /// own reservation, before each cutoff, and after what it needs (semantics, Next fit).
    ///
    /// It starts at a whole minute, or at midnight where it is planned by days. None within two years, and for a
    /// turnover that is not planned to the day.
    pub fn next_fit(&self, turnover: Doc<'p, Turnover>, from: Instant) -> Option<Fit> {
        let period = period_of(turnover.fields)?;
        self.fit(turnover, &period.resolved, Binding::All, from)
    }

    /// Returns the first time, at `from` or later, at which what `turnover` occupies fits as long as it is planned, by
    /// the rules of [`Self::next_fit`]: a wave moves without the rest of its turnover.
    pub fn next_fit_of(
        &self,
        turnover: Doc<'p, Turnover>,
        occupied: &Occupied<'p>,
        from: Instant,
    ) -> Option<Fit> {
        let binding = if occupied.is_exposure() {
            Binding::Freezes
        } else {
            Binding::All
        };
        self.fit(turnover, &occupied.period.resolved, binding, from)
    }

    fn fit(
        &self,
        turnover: Doc<'p, Turnover>,
        interval: &Interval,
        binding: Binding,
        from: Instant,
    ) -> Option<Fit> {
        let (zone, calendar) = (self.zone(turnover.id), self.calendar(turnover.id));
        let backout = backout_duration(turnover.fields).unwrap_or(Duration::ZERO);
        let shape = Shape::of(interval, backout, zone, &calendar)?;
        let range = InstantRange::new(from, later(from, HORIZON));
        let target = self.target(turnover);
        let mut limits = match binding {
            Binding::All => self.limits(&target, &beneficiaries(turnover), range)?,
            Binding::Freezes => Limits {
                bans: self.bans(&target, &beneficiaries(turnover), range),
                ..Limits::default()
            },
        };
        let environment = target.environment.filter(|_| binding == Binding::All);
        if let Some(environment) = environment {
            limits.keep_to_reservations(self, environment, &self.own_holders(turnover));
        }
        let needs = self.start_limits(turnover);
        limits.start_after = needs.start;
        limits.end_after = needs.end;
        limits.no_start.extend(needs.unmet);
        limits.search(&shape, range)
    }

    /// Returns the first time, at `from` or later, at which deploying `target` for `duration` fits: outside of freezes
    /// and of exclusive reservations, inside its windows, before each cutoff. None within two years.
    pub fn next_fit_for(
        &self,
        target: &Target<'p>,
        duration: Duration,
        from: Instant,
    ) -> Option<Fit> {
        let (zone, calendar) = (self.zone_of(target), self.calendar_of(target));
        let shape = Shape {
            length: duration,
            backout: Duration::ZERO,
            grid: Grid::Minutes,
            zone,
            calendar: &calendar,
        };
        let range = InstantRange::new(from, later(from, HORIZON));
        let mut limits = self.limits(target, &[], range)?;
        if let Some(environment) = target.environment {
            limits.keep_to_reservations(self, environment, &[]);
        }
        limits.search(&shape, range)
    }

    /// Returns the first time, at `from` or later, to which none of the [`objections`](Self::objections) to `request` that
    /// a later time can answer holds. None within two years.
    pub fn fit_of(&self, request: &Request<'p>, from: Instant) -> Option<Fit> {
        let environment = request.environment.id;
        let (zone, calendar) = (self.zone(environment), self.calendar_of(&request.target));
        let shape = Shape {
            length: request.length,
            backout: request.backout,
            grid: Grid::Minutes,
            zone,
            calendar: &calendar,
        };
        let range = InstantRange::new(from, later(from, HORIZON));
        let mut limits = self.limits(&request.target, &request.beneficiaries(), range)?;
        limits.keep_to_reservations(self, environment, &request.holders);
        let taken = self.competitors(request);
        limits.bans.extend(taken.into_iter().map(|(_, taken)| Ban {
            range: taken.whole,
            excused: Vec::new(),
        }));
        let needs = self.limits_of_needs(request);
        limits.start_after = needs.start;
        limits.end_after = needs.end;
        limits.no_start.extend(needs.unmet);
        limits.search(&shape, range)
    }

    /// Returns how long `turnover` is planned to take; none unless it is planned to the day.
    pub(super) fn length_of(&self, turnover: Doc<'p, Turnover>) -> Option<Duration> {
        let (zone, calendar) = (self.zone(turnover.id), self.calendar(turnover.id));
        let period = period_of(turnover.fields)?;
        let shape = Shape::of(&period.resolved, Duration::ZERO, zone, &calendar)?;
        Some(shape.length)
    }

    /// Returns what freezes and windows allow `target` within `range`; none when its policy closes it for good.
    fn limits(
        &self,
        target: &Target<'p>,
        beneficiaries: &[DocId],
        range: InstantRange,
    ) -> Option<Limits> {
        let allowance = self.allowance(target, range);
        if allowance.closed.is_some() {
            return None;
        }
        let cut = allowance.openings.iter();
        let cut = cut.filter_map(|opening| {
            Some(InstantRange::new(
                opening.cutoff?,
                opening.occurrence.instants.end,
            ))
        });
        Some(Limits {
            inside: allowance.open.clone().into_iter().collect(),
            no_start: cut.collect(),
            bans: self.bans(target, beneficiaries, range),
            start_after: None,
            end_after: None,
        })
    }

    fn zone_of(&self, target: &Target<'p>) -> &Zone {
        target
            .environment
            .map_or(self.zone_of_plan(), |environment| self.zone(environment))
    }

    fn calendar_of(&self, target: &Target<'p>) -> Calendar {
        target
            .owner
            .or(target.environment)
            .map_or_else(Calendar::default, |id| self.calendar(id))
    }
}

/// What holds for a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binding {
    /// Everything.
    All,
    /// Freezes, and what it needs.
    Freezes,
}

/// How long a deployment takes from whatever start, and where it may start.
#[derive(Clone, Copy, Debug)]
struct Shape<'c> {
    length: Duration,
    backout: Duration,
    grid: Grid,
    zone: &'c Zone,
    calendar: &'c Calendar,
}

/// The instants at which a deployment may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grid {
    Minutes,
    Days,
}

impl<'c> Shape<'c> {
    fn of(
        interval: &Interval,
        backout: Duration,
        zone: &'c Zone,
        calendar: &'c Calendar,
    ) -> Option<Self> {
        let range = interval.instants(zone, calendar)?;
        let grid = if matches!(interval.from(), Date::Day(_)) {
            Grid::Days
        } else {
            Grid::Minutes
        };
        let length = match (interval.from(), interval.until()) {
            (_, Until::After(duration)) => *duration,
            (Date::Day(first), Until::Date(Date::Day(last))) => {
                Duration::days(i32::try_from(first.until(*last)).ok()? + 1)
            }
            _ => Duration::seconds(range.seconds()),
        };
        Some(Self {
            length,
            backout,
            grid,
            zone,
            calendar,
        })
    }

    fn at(&self, start: Instant) -> Option<Fit> {
        let end = self.calendar.instant_after(start, self.length, self.zone)?;
        let free = self.calendar.instant_after(end, self.backout, self.zone)?;
        Some(Fit {
            deployment: InstantRange::new(start, end),
            whole: InstantRange::new(start, free),
        })
    }

    /// Returns the first start at `instant` or later.
    fn round_up(&self, instant: Instant) -> Option<Instant> {
        match self.grid {
            Grid::Minutes => {
                let exact = instant.subsec_nanosecond() == 0;
                let second = instant.as_second() + i64::from(!exact);
                Instant::from_second(
                    second.div_euclid(60) * 60 + if second.rem_euclid(60) == 0 { 0 } else { 60 },
                )
                .ok()
            }
            Grid::Days => {
                let day = self.zone.day(instant);
                let start = self.zone.start_of(day);
                Some(if start == instant {
                    start
                } else {
                    self.zone.start_of(day.next())
                })
            }
        }
    }
}

/// Everything that a deployment has to respect.
#[derive(Debug, Default)]
struct Limits {
    /// Unions of ranges, sorted; the occupied interval lies inside one range of each.
    inside: Vec<Vec<InstantRange>>,
    /// It does not start in any of these.
    no_start: Vec<InstantRange>,
    /// It meets none of these.
    bans: Vec<Ban>,
    /// It does not start before.
    start_after: Option<Instant>,
    /// It does not end before.
    end_after: Option<Instant>,
}

impl Limits {
    /// Adds the reservations of `environment`: those of the holders `own` to lie in, those of others to keep out of.
    fn keep_to_reservations(&mut self, schedule: &Schedule<'_>, environment: DocId, own: &[DocId]) {
        let use_of = schedule.use_of(environment, own);
        self.inside.extend(use_of.own);
        self.bans
            .extend(use_of.foreign.into_iter().map(Ban::strict));
    }

    /// Returns the first fit within `range`.
    fn search(&self, shape: &Shape<'_>, range: InstantRange) -> Option<Fit> {
        let mut start = shape.round_up(range.start)?;
        loop {
            let fit = shape.at(start)?;
            if fit.whole.end > range.end {
                return None;
            }
            match self.hindered_until(fit) {
                Hindrance::None => return Some(fit),
                Hindrance::Until(instant) => start = shape.round_up(instant.max(start))?,
                Hindrance::Forever => return None,
            }
        }
    }

    /// Returns the first start that could satisfy a constraint that `fit` breaks; no earlier one can.
    fn hindered_until(&self, fit: Fit) -> Hindrance {
        let start = fit.deployment.start;
        let early = self.start_after.filter(|bound| start < *bound);
        let short = self.end_after.filter(|bound| fit.deployment.end < *bound);
        let short = short.and_then(|bound| start.checked_add(lag(fit.deployment.end, bound)).ok());
        let cut = self
            .no_start
            .iter()
            .filter(|range| range.contains(start))
            .map(|range| range.end);
        let banned = self.bans.iter().filter_map(|ban| ban.hinders(fit.whole));
        let mut hindered = early
            .into_iter()
            .chain(short)
            .chain(cut)
            .chain(banned)
            .max();
        for union in &self.inside {
            let Some(range) = union.iter().find(|range| range.end > start) else {
                return Hindrance::Forever;
            };
            if start < range.start {
                hindered = hindered.max(Some(range.start));
            } else if fit.whole.end > range.end {
                hindered = hindered.max(Some(range.end));
            }
        }
        hindered.map_or(Hindrance::None, Hindrance::Until)
    }
}

/// What keeps a deployment from a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hindrance {
    None,
    Until(Instant),
    Forever,
}

/// Returns how far `bound` is after `end`.
fn lag(end: Instant, bound: Instant) -> SignedDuration {
    bound.duration_since(end)
}
