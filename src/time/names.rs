//! Names of months and weekdays, as people and calendars write them.

use std::fmt;

use jiff::civil::Weekday;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The week from Monday: full names, and the codes of RFC 5545.
const WEEK: [(Weekday, &str, &str); 7] = [
    (Weekday::Monday, "Monday", "MO"),
    (Weekday::Tuesday, "Tuesday", "TU"),
    (Weekday::Wednesday, "Wednesday", "WE"),
    (Weekday::Thursday, "Thursday", "TH"),
    (Weekday::Friday, "Friday", "FR"),
    (Weekday::Saturday, "Saturday", "SA"),
    (Weekday::Sunday, "Sunday", "SU"),
];

/// Returns the English name of `month`, which is 1 to 12; of any other number, an empty text.
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .copied()
        .unwrap_or_default()
}

/// Returns the month, 1 to 12, that `name` stands for: the whole name or its first letters, at least three.
pub fn month_named(name: &str) -> Option<i8> {
    (1..=12).find(|&month| is_short_for(name, month_name(month)))
}

/// Returns the English name of `weekday`.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    WEEK[from_monday(weekday)].1
}

/// Returns the weekday that `name` stands for: the whole name, its first letters (at least three), or the two letters
/// of RFC 5545.
pub fn weekday_named(name: &str) -> Option<Weekday> {
    WEEK.into_iter()
        .find(|(_, full, code)| is_short_for(name, full) || name.eq_ignore_ascii_case(code))
        .map(|(weekday, ..)| weekday)
}

/// Returns the two letters of RFC 5545 for `weekday`.
pub(super) fn weekday_code(weekday: Weekday) -> &'static str {
    WEEK[from_monday(weekday)].2
}

fn from_monday(weekday: Weekday) -> usize {
    weekday.to_monday_zero_offset().unsigned_abs().into()
}

fn is_short_for(short: &str, full: &str) -> bool {
    let short = short.strip_suffix('.').unwrap_or(short);
    short.len() >= 3
        && full
            .get(..short.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(short))
}

/// A set of weekdays, in order from Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Saturday and Sunday.
    pub const SATURDAY_AND_SUNDAY: Self = Self(0b110_0000);

    /// Returns whether `weekday` is in the set.
    pub fn contains(self, weekday: Weekday) -> bool {
        self.0 & Self::bit(weekday) != 0
    }

    /// Returns how many weekdays are in the set.
    pub fn count(self) -> usize {
        self.iter().count()
    }

    /// Returns the weekdays in the set, from Monday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter()
            .map(|(weekday, ..)| weekday)
            .filter(move |&weekday| self.contains(weekday))
    }

    fn bit(weekday: Weekday) -> u8 {
        1 << from_monday(weekday)
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(weekdays: I) -> Self {
        Self(
            weekdays
                .into_iter()
                .map(Self::bit)
                .fold(0, |set, bit| set | bit),
        )
    }
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, weekday) in self.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{}", weekday_name(weekday))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_shortened_to_three_letters() {
        let weekday = |name, expected| assert_eq!(weekday_named(name), expected, "{name}");
        weekday("saturday", Some(Weekday::Saturday));
        weekday("Sat", Some(Weekday::Saturday));
        weekday("Thurs.", Some(Weekday::Thursday));
        weekday("tu", Some(Weekday::Tuesday));
        weekday("s", None);
        weekday("saturdays", None);
        weekday("sát", None);
        let month = |name, expected| assert_eq!(month_named(name), expected, "{name}");
        month("Sept", Some(9));
        month("june", Some(6));
        month("ju", None);
    }

    #[test]
    fn a_set_of_weekdays_is_in_the_order_of_the_week() {
        let set: Weekdays = [Weekday::Sunday, Weekday::Friday].into_iter().collect();
        assert_eq!(set.to_string(), "Friday, Sunday");
        assert_eq!(Weekdays::SATURDAY_AND_SUNDAY.count(), 2);
        assert!(Weekdays::SATURDAY_AND_SUNDAY.contains(Weekday::Saturday));
    }
}
