//! Business days: the days of a calendar on which work is done, and arithmetic that counts only them.

use std::collections::BTreeMap;

use jiff::Timestamp as Instant;
use jiff::civil::DateTime;
use jiff::{SignedDuration, Span};

use super::day::{Day, DayRange};
use super::duration::Duration;
use super::names::Weekdays;
use super::zone::Zone;

/// The longest run of days without work that a search crosses: past ten years, the calendar has no business days.
const LONGEST_BREAK: u32 = 3653;

/// A calendar of business days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Weekdays that are never business days.
    pub weekend: Weekdays,
    /// Days that are not business days, with their titles.
    pub holidays: BTreeMap<Day, String>,
    /// Where a date that is computed in days or weeks goes when it falls on no business day. Without a rule it stays.
    pub roll: Option<Roll>,
}

/// The direction in which a date leaves a day that is no business day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Roll {
    /// To the business day before.
    Previous,
    /// To the business day after.
    Next,
}

impl Default for Calendar {
    /// Returns the calendar of a plan that names none: Saturday and Sunday off, no holidays.
    fn default() -> Self {
        Self {
            weekend: Weekdays::SATURDAY_AND_SUNDAY,
            holidays: BTreeMap::new(),
            roll: None,
        }
    }
}

impl Calendar {
    /// Returns whether work is done on `day`.
    pub fn is_business_day(&self, day: Day) -> bool {
        !self.weekend.contains(day.weekday()) && !self.holidays.contains_key(&day)
    }

    /// Returns the business day that is `count` business days after `day`, or before it when negative.
    ///
    /// `day` itself is not counted, the result is: the day before a Monday is Friday. Zero returns `day` as it is. None
    /// if there are not so many business days.
    pub fn add(&self, day: Day, count: i32) -> Option<Day> {
        if count == 0 {
            return Some(day);
        }
        let step = i64::from(count.signum());
        let weekly = self.weekly();
        let mut left = i64::from(count).abs();
        let mut at = day;
        let mut idle = 0;
        while left > 0 {
            // Whole weeks are counted at once: each has at most `weekly` business days.
            let weeks = left.checked_div(weekly)?;
            let next = at.plus(step * (weeks * 7).max(1))?;
            let counted = self.count_between(at, next).abs();
            idle = if counted == 0 { idle + 1 } else { 0 };
            if idle > LONGEST_BREAK {
                return None;
            }
            left -= counted;
            at = next;
        }
        // Whole weeks may end on a free day: then the day that was counted last lies before it.
        self.nearest(at, -step)
    }

    /// Returns how many business days lie after `from`, up to and with `to`; negative if `to` is before `from`.
    ///
    /// So `calendar.count_between(day, calendar.add(day, n)?) == n`.
    pub fn count_between(&self, from: Day, to: Day) -> i64 {
        if to < from {
            return -self.count(DayRange::new(to, from.previous()));
        }
        if to == from {
            return 0;
        }
        self.count(DayRange::new(from.next(), to))
    }

    /// Returns how many business days there are in `days`.
    pub fn count(&self, days: DayRange) -> i64 {
        let (weeks, rest) = (days.count() / 7, days.count() % 7);
        let first = days.first.weekday();
        let in_rest = (0..rest).filter(|&after| !self.weekend.contains(first.wrapping_add(after)));
        let holidays = self
            .holidays
            .range(days.first..=days.last)
            .filter(|(day, _)| !self.weekend.contains(day.weekday()));
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        weeks * self.weekly() + whole(in_rest.count()) - whole(holidays.count())
    }

    /// Returns `day`, or where the roll rule moves it when it is no business day.
    ///
    /// None if there is no business day in that direction for ten years.
    pub fn rolled(&self, day: Day) -> Option<Day> {
        match self.roll {
            None => Some(day),
            Some(roll) => self.roll(day, roll),
        }
    }

    /// Returns the business day nearest to `day` in the direction of `roll`; `day` itself if it is one.
    ///
    /// None if there is none for ten years.
    pub fn roll(&self, day: Day, roll: Roll) -> Option<Day> {
        match roll {
            Roll::Previous => self.nearest(day, -1),
            Roll::Next => self.nearest(day, 1),
        }
    }

    /// Returns how many days of a week are no weekend.
    fn weekly(&self) -> i64 {
        7 - i64::try_from(self.weekend.count()).unwrap_or(7)
    }

    fn nearest(&self, day: Day, step: i64) -> Option<Day> {
        (0..=i64::from(LONGEST_BREAK))
            .map_while(|distance| day.plus(distance * step))
            .find(|&day| self.is_business_day(day))
    }

    /// Returns the wall time that is `duration` after `start`, taking every day for 24 hours.
    ///
    /// Business days keep the time of day. None past the ends of the calendar.
    pub fn wall_after(&self, start: DateTime, duration: Duration) -> Option<DateTime> {
        match duration {
            Duration::Business(count) => {
                let day = self.add(Day(start.date()), count)?;
                Some(day.0.to_datetime(start.time()))
            }
            Duration::Elapsed { seconds, .. } => start
                .checked_add(Span::new().try_days(duration.calendar_days()).ok()?)
                .and_then(|wall| wall.checked_add(SignedDuration::from_secs(seconds)))
                .ok(),
        }
    }

    /// Returns the instant that is `duration` after `start`: days by the clock on the wall of `zone`, then the exact
    /// rest (RFC 5545, section 3.3.6). None past the ends of the calendar.
    pub fn instant_after(
        &self,
        start: Instant,
        duration: Duration,
        zone: &Zone,
    ) -> Option<Instant> {
        // Through the wall and back would lose which of two repeated hours it is, so an exact duration stays away.
        let (nominal, seconds) = match duration {
            Duration::Business(_) => (Some(duration), 0),
            Duration::Elapsed { seconds, .. } => match duration.calendar_days() {
                0 => (None, seconds),
                days => (Some(Duration::days(i32::try_from(days).ok()?)), seconds),
            },
        };
        let from = match nominal {
            None => start,
            Some(days) => {
                let wall = self.wall_after(zone.wall(start), days)?;
                zone.place(wall).instant()
            }
        };
        from.checked_add(SignedDuration::from_secs(seconds)).ok()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    fn calendar(holidays: &[&str]) -> Calendar {
        let holidays = holidays.iter().map(|text| (day(text), String::new()));
        Calendar {
            holidays: holidays.collect(),
            ..Calendar::default()
        }
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn business_days_step_over_weekends_and_holidays() {
        let calendar = calendar(&["2026-12-25", "2026-12-28"]);
        let check = |from, count, expected| {
            assert_eq!(
                calendar.add(day(from), count),
                Some(day(expected)),
                "{from} {count}"
            );
        };
        // 2026-12-12 is a Saturday.
        check("2026-12-12", -1, "2026-12-11");
        check("2026-12-12", 1, "2026-12-14");
        check("2026-12-12", 0, "2026-12-12");
        check("2026-12-14", -1, "2026-12-11");
        check("2026-12-12", -5, "2026-12-07");
        check("2026-12-24", 1, "2026-12-29");
        check("2026-12-29", -1, "2026-12-24");
        check("2026-12-14", 10, "2026-12-30");
    }

    #[test]
    fn a_calendar_without_business_days_has_no_answer() {
        let all: Weekdays = jiff::civil::Weekday::Monday
            .cycle_forward()
            .take(7)
            .collect();
        let never = Calendar {
            weekend: all,
            ..Calendar::default()
        };
        assert_eq!(never.add(day("2026-12-12"), 1), None);
        assert_eq!(never.roll(day("2026-12-12"), Roll::Next), None);
        assert_eq!(never.add(day("2026-12-12"), i32::MIN), None);
        assert_eq!(Calendar::default().add(day("2026-12-12"), i32::MAX), None);
    }

    #[test]
    fn a_free_day_rolls_only_by_rule() {
        let check = |roll, expected| {
            let calendar = Calendar {
                roll,
                ..calendar(&["2026-12-11"])
            };
            assert_eq!(
                calendar.rolled(day("2026-12-12")),
                Some(day(expected)),
                "{roll:?}"
            );
        };
        check(None, "2026-12-12");
        check(Some(Roll::Previous), "2026-12-10");
        check(Some(Roll::Next), "2026-12-14");
    }

    #[test]
    fn days_are_nominal_and_hours_exact() {
        let zone = Zone::parse("Europe/London").unwrap();
        let check = |start: &str, duration, expected: &str| {
            let duration = Duration::parse(duration).unwrap();
            let end = Calendar::default().instant_after(start.parse().unwrap(), duration, &zone);
            assert_eq!(
                end,
                Some(expected.parse().unwrap()),
                "{start} and {duration}"
            );
        };
        // The clocks go forward on 29 March and back on 25 October 2026.
        check("2026-03-28T22:00Z", "1d", "2026-03-29T21:00Z");
        check("2026-03-28T22:00Z", "24h", "2026-03-29T22:00Z");
        check("2026-03-28T22:00Z", "1d2h", "2026-03-29T23:00Z");
        check("2026-03-27T22:00Z", "1bd", "2026-03-30T21:00Z");
        check("2026-10-25T01:30Z", "15m", "2026-10-25T01:45Z");
    }
}
