//! The days on which a rule strikes, one period after the other.

use jiff::civil::{self, Weekday};

use crate::time::day::{Day, DayRange};

use super::{By, Frequency, Recurrence, WeekdayOf};

/// A rule together with what it takes from its first start.
#[derive(Clone, Debug)]
pub(super) struct Expansion {
    first: Day,
    frequency: Frequency,
    interval: i64,
    week_start: Weekday,
    by: By,
}

impl Expansion {
    /// Returns the expansion of `rule` from the day of its first start, which gives the parts that the rule leaves out.
    pub(super) fn new(rule: &Recurrence, first: Day) -> Self {
        let mut by = rule.by.clone();
        let says_no_day = by.weeks.is_empty()
            && by.year_days.is_empty()
            && by.month_days.is_empty()
            && by.weekdays.is_empty();
        match rule.frequency {
            Frequency::Yearly if says_no_day => {
                if by.months.is_empty() {
                    by.months = vec![first.0.month().into()];
                }
                by.month_days = vec![first.0.day().into()];
            }
            Frequency::Monthly if says_no_day => by.month_days = vec![first.0.day().into()],
            Frequency::Weekly if says_no_day => by.weekdays = vec![every(first.weekday())],
            Frequency::Yearly
                if by.year_days.is_empty()
                    && by.month_days.is_empty()
                    && by.weekdays.is_empty() =>
            {
                by.weekdays = vec![every(first.weekday())];
            }
            _ => {}
        }
        Self {
            first,
            frequency: rule.frequency,
            interval: rule.interval.into(),
            week_start: rule.week_start,
            by,
        }
    }

    /// Returns the days from `from` to `last` on which the rule strikes, in order.
    pub(super) fn days(self, from: Day, last: Day) -> impl Iterator<Item = Day> {
        let from = from.max(self.first);
        let start = self.index(from);
        (start..)
            .map_while(move |index| {
                let period = self.period(index)?;
                (period.first <= last).then(|| self.strikes(period))
            })
            .flatten()
            .skip_while(move |day| *day < from)
            .take_while(move |day| *day <= last)
    }

    /// Returns the index of the last period of the rule that starts on `day` or before.
    fn index(&self, day: Day) -> i64 {
        let units = match self.frequency {
            Frequency::Yearly => i64::from(day.0.year()) - i64::from(self.first.0.year()),
            Frequency::Monthly => months(day) - months(self.first),
            Frequency::Weekly => self.week_of(self.first).until(day) / 7,
            Frequency::Daily => self.first.until(day),
        };
        units / self.interval
    }

    /// Returns the days of the period at `index`, or none past the end of the calendar.
    fn period(&self, index: i64) -> Option<DayRange> {
        let units = index.checked_mul(self.interval)?;
        match self.frequency {
            Frequency::Yearly => {
                let first = month_at(months(self.first) / 12 * 12 + units.checked_mul(12)?)?;
                Some(DayRange::new(Day(first), Day(first.last_of_year())))
            }
            Frequency::Monthly => {
                let first = month_at(months(self.first).checked_add(units)?)?;
                Some(DayRange::new(Day(first), Day(first.last_of_month())))
            }
            Frequency::Weekly => {
                let first = self.week_of(self.first).plus(units.checked_mul(7)?)?;
                Some(DayRange::new(first, first.plus(6)?))
            }
            Frequency::Daily => self.first.plus(units).map(DayRange::day),
        }
    }

    /// Returns the days of `period` on which the rule strikes.
    fn strikes(&self, period: DayRange) -> Vec<Day> {
        let parts = self.parts(period).into_iter();
        let matching: Vec<Day> = parts
            .flat_map(|part| {
                let days = part.first.0.series(jiff::Span::new().days(1)).map(Day);
                days.take_while(move |day| *day <= part.last)
            })
            .filter(|day| self.matches(*day))
            .collect();
        if self.by.positions.is_empty() {
            return matching;
        }
        // A period has at most 366 days.
        let count = i16::try_from(matching.len()).unwrap_or(i16::MAX);
        (1..=count)
            .zip(matching)
            .filter(|(at, _)| is_listed(&self.by.positions, *at, count))
            .map(|(_, day)| day)
            .collect()
    }

    /// Returns the days of `period` on which the rule can strike at all: the months that it lists, of a year.
    fn parts(&self, period: DayRange) -> Vec<DayRange> {
        if self.frequency != Frequency::Yearly || self.by.months.is_empty() {
            return vec![period];
        }
        let january = months(period.first);
        let first = self.by.months.iter();
        first
            .filter_map(|month| month_at(january + i64::from(*month) - 1))
            .map(|first| DayRange::new(Day(first), Day(first.last_of_month())))
            .collect()
    }

    fn matches(&self, day: Day) -> bool {
        let (date, by) = (day.0, &self.by);
        // The cheapest questions come first: most days of a year fail one of them.
        (by.months.is_empty() || by.months.contains(&date.month().into()))
            && (by.weekdays.is_empty()
                || by
                    .weekdays
                    .iter()
                    .any(|weekday| self.is_weekday(*weekday, date)))
            && is_listed(
                &by.month_days,
                date.day().into(),
                date.days_in_month().into(),
            )
            && is_listed(&by.year_days, date.day_of_year(), date.days_in_year())
            && (by.weeks.is_empty() || self.is_in_weeks(day))
    }

    fn is_weekday(&self, wanted: WeekdayOf, date: civil::Date) -> bool {
        if wanted.weekday != date.weekday() {
            return false;
        }
        let Some(ordinal) = wanted.ordinal else {
            return true;
        };
        let in_year = self.frequency == Frequency::Yearly && self.by.months.is_empty();
        let (at, length) = if in_year {
            (date.day_of_year(), date.days_in_year())
        } else {
            (i16::from(date.day()), i16::from(date.days_in_month()))
        };
        let place = if ordinal > 0 {
            (at - 1) / 7 + 1
        } else {
            -((length - at) / 7 + 1)
        };
        ordinal == place
    }

    /// Returns whether `day` lies in one of the listed weeks. The first of a year is the first with four days in it.
    fn is_in_weeks(&self, day: Day) -> bool {
        // The fourth day of a week is in the year that the week belongs to, and 28 December is always in the last week.
        let number = |day: Day| {
            let middle = self.week_of(day).plus(3).unwrap_or(day);
            (middle.0.year(), (middle.0.day_of_year() - 1) / 7 + 1)
        };
        let (year, week) = number(day);
        let last = civil::Date::new(year, 12, 28).map_or(52, |date| number(Day(date)).1);
        is_listed(&self.by.weeks, week, last)
    }

    /// Returns the first day of the week of `day`.
    fn week_of(&self, day: Day) -> Day {
        let since = day.weekday().since(self.week_start);
        day.plus(-i64::from(since)).unwrap_or(day)
    }
}

fn every(weekday: Weekday) -> WeekdayOf {
    WeekdayOf {
        ordinal: None,
        weekday,
    }
}

/// Returns whether the list is empty, or has the place `at`, counted from 1 or from -1 at `length` backwards.
fn is_listed(list: &[i16], at: i16, length: i16) -> bool {
    list.is_empty() || list.contains(&at) || list.contains(&(at - length - 1))
}

/// Returns the months since the year 0.
fn months(day: Day) -> i64 {
    i64::from(day.0.year()) * 12 + i64::from(day.0.month()) - 1
}

/// Returns the first day of the month that is `months` after January of the year 0.
fn month_at(months: i64) -> Option<civil::Date> {
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
    civil::Date::new(year, month, 1).ok()
}
