//! What is certain of an interval whose ends are not: the bounds between which it starts and ends.

use jiff::ToSpan;
use jiff::civil::{DateTime, Time};

use super::calendar::Calendar;
use super::date::Date;
use super::day::{Day, DayRange};
use super::interval::{Interval, Until};

/// The bounds of an interval on the wall clock. Ends are exclusive: a day that is included ends at the next midnight.
///
/// Two intervals are at odds only if they are so for every start and end within these bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    start: Bounds,
    end: Bounds,
}

/// The earliest and the latest wall time that one end can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    earliest: DateTime,
    latest: DateTime,
}

impl Bounds {
    const OPEN: Self = Self {
        earliest: DateTime::MIN,
        latest: DateTime::MAX,
    };

    /// Returns the bounds of a start at `date`, which is open when it is relative or to be decided.
    fn of_start(date: &Date) -> Self {
        match (date, date.days()) {
            (Date::Moment(moment), _) if moment.offset.is_none() => Self {
                earliest: moment.wall,
                latest: moment.wall,
            },
            // Seen from another zone the clock shows another time, at most a day away.
            (Date::Moment(moment), _) => Self {
                earliest: moment.wall.saturating_sub(1.day()),
                latest: moment.wall.saturating_add(1.day()),
            },
            (_, Some(days)) => Self {
                earliest: midnight(days.first),
                latest: midnight(days.last),
            },
            (_, None) => Self::OPEN,
        }
    }

    /// Returns the bounds of an end with `date`, all of whose day is included.
    fn of_end(date: &Date) -> Self {
        match (date, date.days()) {
            (Date::Moment(_), _) | (_, None) => Self::of_start(date),
            (_, Some(days)) => Self {
                earliest: midnight(days.first.next()),
                latest: midnight(days.last.next()),
            },
        }
    }
}

impl Interval {
    /// Returns the bounds of the interval, as written. Business days are those of `calendar`.
    pub fn extent(&self, calendar: &Calendar) -> Extent {
        let start = Bounds::of_start(self.from());
        let end = match self.until() {
            Until::Date(date) => Bounds::of_end(date),
            Until::After(duration) => {
                let after = |wall, open| match start {
                    Bounds::OPEN => open,
                    _ => calendar.wall_after(wall, *duration).unwrap_or(open),
                };
                Bounds {
                    earliest: after(start.earliest, DateTime::MIN),
                    latest: after(start.latest, DateTime::MAX),
                }
            }
        };
        // No interval ends before it starts.
        Extent {
            start: Bounds {
                latest: start.latest.min(end.latest),
                ..start
            },
            end: Bounds {
                earliest: end.earliest.max(start.earliest),
                ..end
            },
        }
    }
}

impl Extent {
    /// Returns whether both share some time, whatever their coarse ends turn out to be.
    pub fn certainly_overlaps(self, other: Self) -> bool {
        self.start.latest < other.end.earliest && other.start.latest < self.end.earliest
    }

    /// Returns whether this interval is over when the other one starts, whatever their coarse ends turn out to be.
    pub fn certainly_before(self, other: Self) -> bool {
        self.end.latest <= other.start.earliest
    }

    /// Returns whether all of `days` is before this interval starts, whatever its coarse start turns out to be.
    pub fn starts_after(self, days: DayRange) -> bool {
        midnight(days.last.next()) <= self.start.earliest
    }

    /// Returns whether all of `days` is after this interval has ended, whatever its coarse end turns out to be.
    pub fn ends_before(self, days: DayRange) -> bool {
        self.end.latest <= midnight(days.first)
    }

    /// Returns the whole days that certainly lie between the end of this interval and the start of `later`.
    pub fn days_until(self, later: Self) -> Option<DayRange> {
        let end = self.end.latest;
        let over = end.time() == Time::midnight();
        let first = if over {
            Day(end.date())
        } else {
            Day(end.date()).next()
        };
        let last = Day(later.start.earliest.date()).previous();
        (end < later.start.earliest && first <= last).then(|| DayRange::new(first, last))
    }
}

fn midnight(day: Day) -> DateTime {
    day.0.to_datetime(Time::midnight())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    fn extent(text: &str) -> Extent {
        Interval::parse(text).unwrap().extent(&Calendar::default())
    }

    #[test]
    fn intervals_are_at_odds_only_when_they_certainly_are() {
        let check = |one, other, overlaps, before| {
            let (a, b) = (extent(one), extent(other));
            assert_eq!(a.certainly_overlaps(b), overlaps, "{one} and {other}");
            assert_eq!(b.certainly_overlaps(a), overlaps, "{other} and {one}");
            assert_eq!(a.certainly_before(b), before, "{one} before {other}");
        };
        check(
            "2026-11-02/2026-11-06",
            "2026-11-06/2026-11-09",
            true,
            false,
        );
        check(
            "2026-11-02/2026-11-06",
            "2026-11-07/2026-11-09",
            false,
            true,
        );
        check("2026-11-02/2026-11-06", "2026-11-06/tbd", true, false);
        check("2026-11-02/tbd", "2026-11-06/tbd", false, false);
        check("2026-11/2026-11", "2026-11-06/2026-11-09", false, false);
        check("2026-W45/2026-W47", "2026-W46/2026-W48", true, false);
        check("2026-W45/2026-W46", "2026-W46/2026-W48", false, false);
        check("2026-10/2026-12", "2026-11-06/2026-11-09", true, false);
        check("2026-11-02 20:00/6h", "2026-11-03 02:00/1h", false, true);
        check("2026-11-02 20:00/6h", "2026-11-03/2026-11-03", true, false);
        check("2026-11-02 20:00Z/2h", "2026-11-02 22:00/2h", false, false);
        check("T-5bd/T", "2026-11-02/2026-11-06", false, false);
    }

    #[test]
    fn a_gap_is_made_of_whole_days() {
        let check = |one, later, expected: Option<(&str, &str)>| {
            let expected = expected.map(|(first, last)| {
                DayRange::new(Day::parse(first).unwrap(), Day::parse(last).unwrap())
            });
            assert_eq!(
                extent(one).days_until(extent(later)),
                expected,
                "{one} to {later}"
            );
        };
        let some = |first, last| Some((first, last));
        check("2026-11-02/2026-11-06", "2026-11-07/2026-11-09", None);
        check(
            "2026-11-02/2026-11-06",
            "2026-11-09/2026-11-10",
            some("2026-11-07", "2026-11-08"),
        );
        check(
            "2026-11-02/2026-W46",
            "2026-11-20/tbd",
            some("2026-11-16", "2026-11-19"),
        );
        check(
            "2026-11-02 08:00/4h",
            "2026-11-04 08:00/4h",
            some("2026-11-03", "2026-11-03"),
        );
        check("2026-11-02/tbd", "2026-11-20/tbd", None);
    }
}
