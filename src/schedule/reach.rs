//! Intervals on the time line whose ends may be known only so far.

use crate::time::{Calendar, Date, Day, Duration, Instant, InstantRange, Interval, Until, Zone};

/// The earliest and the latest instant that something can mean; the same where it is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The earliest instant.
    pub earliest: Instant,
    /// The latest instant.
    pub latest: Instant,
}

impl Bounds {
    /// Returns the bounds of an instant that is known.
    pub fn exact(instant: Instant) -> Self {
        Self {
            earliest: instant,
            latest: instant,
        }
    }

    /// Returns the bounds of what is `duration` later; business days are those of `calendar`.
    #[must_use]
    pub fn plus(self, duration: Duration, zone: &Zone, calendar: &Calendar) -> Self {
        let after = |instant| {
            calendar
                .instant_after(instant, duration, zone)
                .unwrap_or(instant)
        };
        Self {
            earliest: after(self.earliest),
            latest: after(self.latest),
        }
    }

    /// Returns the bounds of an event on `date`: a day leaves open at what time of the day.
    ///
    /// None for a relative date and for one to be decided.
    pub fn of_event(date: &Date, zone: &Zone) -> Option<Self> {
        if let Date::Moment(moment) = date {
            return Some(Self::exact(moment.at(zone)));
        }
        let days = date.days()?;
        Some(Self {
            earliest: zone.start_of(days.first),
            latest: last_instant(days.last, zone),
        })
    }
}

/// An interval between bounds: where it starts and where it ends. Its end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// When it starts.
    pub start: Bounds,
    /// When it ends.
    pub end: Bounds,
}

impl Reach {
    /// Returns the reach of `interval`, in which a day is all of that day. None while one of its ends is open.
    pub fn of(interval: &Interval, zone: &Zone, calendar: &Calendar) -> Option<Self> {
        let start = match interval.from() {
            Date::Moment(moment) => Bounds::exact(moment.at(zone)),
            date => {
                let days = date.days()?;
                Bounds {
                    earliest: zone.start_of(days.first),
                    latest: zone.start_of(days.last),
                }
            }
        };
        let end = match interval.until() {
            Until::After(duration) => start.plus(*duration, zone, calendar),
            Until::Date(Date::Moment(moment)) => Bounds::exact(moment.at(zone)),
            Until::Date(date) => {
                let days = date.days()?;
                Bounds {
                    earliest: zone.start_of(days.first.next()),
                    latest: zone.start_of(days.last.next()),
                }
            }
        };
        // No interval ends before it starts, so each end bounds the other.
        let start = Bounds {
            latest: start.latest.min(end.latest),
            ..start
        };
        let end = Bounds {
            earliest: end.earliest.max(start.earliest),
            ..end
        };
        Some(Self { start, end })
    }

    /// Returns the reach of `interval` for an ordering, in which a day leaves open at what time of that day it starts
    /// or ends: two things on one day can still come one after the other.
    pub fn of_order(interval: &Interval, zone: &Zone, calendar: &Calendar) -> Option<Self> {
        let start = Bounds::of_event(interval.from(), zone)?;
        let end = match interval.until() {
            Until::Date(date) => Bounds::of_event(date, zone)?,
            Until::After(duration) => start.plus(*duration, zone, calendar),
        };
        Some(Self { start, end })
    }

    /// Returns the reach of what is known exactly.
    pub fn exact(range: InstantRange) -> Self {
        Self {
            start: Bounds::exact(range.start),
            end: Bounds::exact(range.end),
        }
    }

    /// Returns the range, if both ends are exact.
    pub fn range(self) -> Option<InstantRange> {
        let exact =
            self.start.earliest == self.start.latest && self.end.earliest == self.end.latest;
        exact.then(|| self.outer())
    }

    /// Returns everything that it can mean.
    pub fn outer(self) -> InstantRange {
        InstantRange::new(self.start.earliest, self.end.latest)
    }

    /// Returns whether both share an instant, whatever their coarse ends turn out to be.
    pub fn certainly_overlaps(self, other: Self) -> bool {
        self.start.latest < other.end.earliest && other.start.latest < self.end.earliest
    }

    /// Returns the smallest reach that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        let earlier = |a: Bounds, b: Bounds| Bounds {
            earliest: a.earliest.min(b.earliest),
            latest: a.latest.min(b.latest),
        };
        let later = |a: Bounds, b: Bounds| Bounds {
            earliest: a.earliest.max(b.earliest),
            latest: a.latest.max(b.latest),
        };
        Self {
            start: earlier(self.start, other.start),
            end: later(self.end, other.end),
        }
    }
}

/// Returns the last second of `day`: something on that day happens no later.
fn last_instant(day: Day, zone: &Zone) -> Instant {
    let end = zone.start_of(day.next());
    end.checked_sub(jiff::SignedDuration::from_secs(1))
        .unwrap_or(end)
}
