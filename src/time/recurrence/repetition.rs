//! Spans of time that recur: windows and freezes, laid on the time line of a zone.

use jiff::civil::{DateTime, Time};

use crate::time::calendar::Calendar;
use crate::time::date::Date;
use crate::time::day::{Day, DayRange};
use crate::time::duration::Duration;
use crate::time::instants::InstantRange;
use crate::time::interval::{Interval, Until};
use crate::time::zone::{Landing, Zone};

use super::Recurrence;

/// What becomes of a start that the clocks skip when summer time begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnGap {
    /// It does not take place, and is not counted.
    Skip,
    /// It moves forward by the length of the gap.
    #[default]
    Shift,
}

/// A span of time that recurs in the wall time of a zone.
#[derive(Clone, Debug)]
pub struct Repetition<'a> {
    rule: &'a Recurrence,
    first: DateTime,
    length: Length,
    zone: &'a Zone,
    calendar: &'a Calendar,
    on_gap: OnGap,
}

/// One of the spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The start that the rule gives, in wall time.
    pub wall: DateTime,
    /// Where that start lies on the time line, and whether the clocks skip or repeat it.
    pub landing: Landing,
    /// The instants from the start to the end.
    pub instants: InstantRange,
}

/// How each span ends.
#[derive(Clone, Copy, Debug)]
enum Length {
    Lasting(Duration),
    /// So many days later, at a time of the day: what an interval of wall times repeats.
    Until {
        days: i64,
        time: Time,
    },
}

impl<'a> Repetition<'a> {
    /// Returns the repetition of a span that `starts` and lasts for `duration`.
    ///
    /// None if the start is not known to the day.
    pub fn new(
        rule: &'a Recurrence,
        starts: &Date,
        duration: Duration,
        zone: &'a Zone,
        calendar: &'a Calendar,
    ) -> Option<Self> {
        Some(Self {
            rule,
            first: wall(starts, zone)?,
            length: Length::Lasting(duration),
            zone,
            calendar,
            on_gap: OnGap::default(),
        })
    }

    /// Returns the repetition of an interval: each ends at the same wall time, so many days after its start.
    ///
    /// None if one of its ends is not known to the day.
    pub fn of(
        rule: &'a Recurrence,
        interval: &Interval,
        zone: &'a Zone,
        calendar: &'a Calendar,
    ) -> Option<Self> {
        let first = wall(interval.from(), zone)?;
        let end = match interval.until() {
            Until::After(duration) => {
                return Self::new(rule, interval.from(), *duration, zone, calendar);
            }
            Until::Date(Date::Day(last)) => last.next().0.to_datetime(Time::midnight()),
            Until::Date(date) => wall(date, zone)?,
        };
        let length = Length::Until {
            days: Day(first.date()).until(Day(end.date())),
            time: end.time(),
        };
        Some(Self {
            length,
            ..Self::new(rule, interval.from(), Duration::ZERO, zone, calendar)?
        })
    }

    /// Returns this repetition with another fate for starts that the clocks skip.
    #[must_use]
    pub fn on_gap(self, on_gap: OnGap) -> Self {
        Self { on_gap, ..self }
    }

    /// Returns every span that shares an instant with `within`, in the order of their starts, however early they start.
    pub fn occurrences(&self, within: InstantRange) -> impl Iterator<Item = Occurrence> {
        // Two days cover what zones and gaps can move.
        let first = self.earliest(self.zone.day(within.start)).plus(-2);
        let last = self.zone.day(within.end).plus(2);
        let days = DayRange::new(
            first.unwrap_or(Day(jiff::civil::Date::MIN)),
            last.unwrap_or(Day(jiff::civil::Date::MAX)),
        );
        let exists = |wall| {
            self.on_gap == OnGap::Shift || !matches!(self.zone.place(wall), Landing::Skipped(_))
        };
        self.rule
            .starts_that(self.first, days, self.zone, exists)
            .filter_map(|wall| self.occurrence(wall))
            .filter(move |occurrence| occurrence.instants.overlaps(within))
    }

    fn occurrence(&self, wall: DateTime) -> Option<Occurrence> {
        let landing = self.zone.place(wall);
        let start = landing.instant();
        let end = match self.length {
            Length::Lasting(duration) => self.calendar.instant_after(start, duration, self.zone)?,
            Length::Until { days, time } => {
                let day = Day(wall.date()).plus(days)?;
                self.zone.place(day.0.to_datetime(time)).instant()
            }
        };
        Some(Occurrence {
            wall,
            landing,
            instants: InstantRange::new(start, end),
        })
    }

    /// Returns the first day on which a span may start that lasts until `day`.
    fn earliest(&self, day: Day) -> Day {
        let found = match self.length {
            Length::Lasting(Duration::Business(count)) => {
                self.calendar.add(day, -count.saturating_add(1))
            }
            Length::Lasting(Duration::Elapsed {
                weeks,
                days,
                seconds,
            }) => day.plus(-(i64::from(weeks) * 7 + i64::from(days) + seconds / 86_400)),
            Length::Until { days, .. } => day.plus(-days),
        };
        found.unwrap_or(Day(self.first.date()))
    }
}

/// Returns the wall time in `zone` at which `date` begins.
fn wall(date: &Date, zone: &Zone) -> Option<DateTime> {
    match date {
        Date::Day(day) => Some(day.0.to_datetime(Time::midnight())),
        Date::Moment(moment) if moment.needs_zone() => Some(moment.wall),
        Date::Moment(moment) => Some(zone.wall(moment.at(zone))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    /// Checks what recurs in London within the given UTC instants.
    fn check(rule: &str, interval: &str, on_gap: OnGap, within: (&str, &str), expected: &[&str]) {
        let (zone, calendar) = (Zone::parse("Europe/London").unwrap(), Calendar::default());
        let (rule, interval) = (
            Recurrence::parse(rule).unwrap(),
            Interval::parse(interval).unwrap(),
        );
        let repetition = Repetition::of(&rule, &interval, &zone, &calendar)
            .unwrap()
            .on_gap(on_gap);
        let within = InstantRange::new(within.0.parse().unwrap(), within.1.parse().unwrap());
        let found: Vec<String> = repetition
            .occurrences(within)
            .map(|found| format!("{}/{}", found.instants.start, found.instants.end))
            .collect();
        assert_eq!(found, expected, "{rule} {interval}");
    }

    #[test]
    fn occurrences_are_found_by_overlap() {
        let weekly = "FREQ=WEEKLY;BYDAY=SA";
        let night = "2026-01-03 22:00/8h";
        let shift = OnGap::Shift;
        check(
            weekly,
            night,
            shift,
            ("2026-12-13T05:00Z", "2026-12-13T05:30Z"),
            &["2026-12-12T22:00:00Z/2026-12-13T06:00:00Z"],
        );
        check(
            weekly,
            night,
            shift,
            ("2026-12-13T06:00Z", "2026-12-13T07:00Z"),
            &[],
        );
        let yearly = "FREQ=YEARLY";
        let freeze = "1990-12-18/1991-01-04";
        check(
            yearly,
            freeze,
            shift,
            ("2027-01-04T00:00Z", "2027-01-04T01:00Z"),
            &["2026-12-18T00:00:00Z/2027-01-05T00:00:00Z"],
        );
        check(
            yearly,
            "1990-12-18 17:00/1991-01-04 08:00",
            shift,
            ("2027-01-04T07:00Z", "2027-01-04T09:00Z"),
            &["2026-12-18T17:00:00Z/2027-01-04T08:00:00Z"],
        );
        check(
            "FREQ=MONTHLY",
            "2026-01-01/10bd",
            shift,
            ("2026-04-14T00:00Z", "2026-04-14T01:00Z"),
            &["2026-03-31T23:00:00Z/2026-04-14T23:00:00Z"],
        );
    }

    #[test]
    fn a_skipped_start_shifts_or_is_left_out() {
        let within = ("2026-03-28T12:00Z", "2026-03-30T12:00Z");
        let shifted = [
            "2026-03-29T01:30:00Z/2026-03-29T02:30:00Z",
            "2026-03-30T00:30:00Z/2026-03-30T01:30:00Z",
        ];
        check(
            "FREQ=DAILY",
            "2026-03-01 01:30/1h",
            OnGap::Shift,
            within,
            &shifted,
        );
        check(
            "FREQ=DAILY",
            "2026-03-01 01:30/1h",
            OnGap::Skip,
            within,
            &shifted[1..],
        );
        // What is skipped is not counted.
        check(
            "FREQ=DAILY;COUNT=2",
            "2026-03-28 01:30/1h",
            OnGap::Shift,
            within,
            &shifted[..1],
        );
        check(
            "FREQ=DAILY;COUNT=2",
            "2026-03-28 01:30/1h",
            OnGap::Skip,
            within,
            &shifted[1..],
        );
        // The clocks show 01:30 twice on 25 October: it starts at the first.
        let autumn = ("2026-10-25T00:00Z", "2026-10-25T12:00Z");
        check(
            "FREQ=DAILY",
            "2026-03-01 01:30/1h",
            OnGap::Shift,
            autumn,
            &["2026-10-25T00:30:00Z/2026-10-25T01:30:00Z"],
        );
    }
}
