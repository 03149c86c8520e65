//! Dates as English sentences say them, for messages.

use super::calendar::Calendar;
use super::coarse::Coarse;
use super::date::Date;
use super::day::{Day, DayRange};
use super::instants::InstantRange;
use super::interval::{Interval, Until};
use super::names::month_name;
use super::zone::Zone;

impl Day {
    /// Returns the day in words: `2 November 2026`.
    pub fn words(self) -> String {
        format!(
            "{} {} {}",
            self.0.day(),
            month_name(self.0.month()),
            self.0.year()
        )
    }
}

impl Date {
    /// Returns when something is that is on this date: `on 2 November 2026`, `in week 50 of 2026`, `at T-5bd`.
    pub fn words(&self) -> String {
        match self {
            Self::Day(day) => format!("on {}", day.words()),
            Self::Moment(moment) => format!(
                "on {} at {}",
                moment.day().words(),
                moment.wall.strftime("%H:%M")
            ),
            Self::Coarse(coarse) => coarse_words(*coarse),
            Self::Relative(relative) => format!("at {relative}"),
            Self::Tbd => "on a day to be decided".to_owned(),
        }
    }
}

impl DayRange {
    /// Returns the days in words: `on 2 November 2026`, `from 2 November 2026 to 6 November 2026`.
    pub fn words(self) -> String {
        match self.exact() {
            Some(day) => format!("on {}", day.words()),
            None => format!("from {} to {}", self.first.words(), self.last.words()),
        }
    }
}

impl Zone {
    /// Returns `instant` by the clocks of the zone: `Sat 9 January 2027 22:00 Europe/London`. Where they show that time
    /// twice and it is the second, its offset tells, as in `01:30+00:00`: a time without one is the first.
    pub fn clock_words(&self, instant: jiff::Timestamp) -> String {
        let wall = self.wall(instant);
        let (day, time) = (Day(wall.date()).words(), wall.strftime("%H:%M"));
        let offset = match self.place(wall).instant() == instant {
            true => String::new(),
            false => self.zoned(instant).strftime("%:z").to_string(),
        };
        let weekday = wall.strftime("%a");
        format!("{weekday} {day} {time}{offset} {}", self.name())
    }

    /// Returns `range` by the clocks of the zone: by days where it begins and ends at midnight, `from 18 December 2026
    /// to 4 January 2027`, else by minutes, `from 22:00 on 12 December 2026 to 02:00 on 13 December 2026`.
    pub fn range_words(&self, range: InstantRange) -> String {
        let (first, end) = (self.day(range.start), self.day(range.end));
        let whole = self.start_of(first) == range.start && self.start_of(end) == range.end;
        if whole && first < end {
            return DayRange::new(first, end.previous()).words();
        }
        let at = |instant| self.wall(instant).strftime("%H:%M").to_string();
        if first == end {
            let (from, to) = (at(range.start), at(range.end));
            return format!("on {} from {from} to {to}", first.words());
        }
        format!(
            "from {} on {} to {} on {}",
            at(range.start),
            first.words(),
            at(range.end),
            end.words()
        )
    }
}

impl Interval {
    /// Returns when the interval ends: `on 6 November 2026`, `10bd later`. Business days are those of `calendar`.
    pub fn end_words(&self, calendar: &Calendar) -> String {
        match self.until() {
            Until::Date(date) => date.words(),
            Until::After(duration) => match self.days(calendar) {
                Some(days) => format!("on {}", days.last.words()),
                None => format!("{duration} later"),
            },
        }
    }
}

fn coarse_words(coarse: Coarse) -> String {
    match coarse {
        Coarse::Week { year, week } => format!("in week {week} of {year}"),
        Coarse::Month { year, month } => format!("in {} {year}", month_name(month)),
        Coarse::Quarter { year, quarter } => format!("in quarter {quarter} of {year}"),
        Coarse::Year(year) => format!("in {year}"),
        Coarse::Between(days) => {
            format!("between {} and {}", days.first.words(), days.last.words())
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn dates_are_said_as_exactly_as_they_are_known() {
        let check = |text, words: &str| assert_eq!(Date::parse(text).unwrap().words(), words);
        check("2026-11-02", "on 2 November 2026");
        check("2026-11-02 22:05", "on 2 November 2026 at 22:05");
        check("2026-W50", "in week 50 of 2026");
        check("2026-12", "in December 2026");
        check("2026-Q4", "in quarter 4 of 2026");
        check("2026", "in 2026");
        check("T-5bd", "at T-5bd");
        check("tbd", "on a day to be decided");
    }
}
