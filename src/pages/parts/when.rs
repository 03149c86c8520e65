//! Dates as the portal shows them: a machine's value, the reader's words, and how far away that is.
//!
//! [`Dates`] makes them all, from a locale and the build's as-of day. A date that is known only coarsely stays coarse.

use std::fmt::Display;

use jiff::Zoned;
use jiff::civil::Date;
use serde::Serialize;

use super::Locale;
use crate::time::{month_name, weekday_name};

/// A point in time, as precise as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// The value of `<time datetime>`; `None` when nothing is decided.
    pub datetime: Option<String>,
    /// The words: `Sat 12 Dec 2026`, `week 50 of 2026`, `to be decided`.
    pub text: String,
    /// The distance from the as-of day, `in 21 days`; only for a whole day or a moment that is not long over.
    pub relative: Option<String>,
}

impl When {
    /// Returns the date without its distance: for a table in which all dates are close together.
    #[must_use]
    pub fn bare(self) -> Self {
        Self {
            relative: None,
            ..self
        }
    }
}

/// A stretch of time, both ends included in the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its start.
    pub from: When,
    /// Its end; `None` when it starts and ends at one point, or has no end.
    pub to: Option<When>,
}

/// A length of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lapse {
    /// The value of `<time datetime>`, an ISO 8601 duration.
    pub datetime: String,
    /// The words: `1 h 30 min`.
    pub text: String,
}

/// Writes dates in a locale, seen from the as-of day.
#[derive(Clone, Copy, Debug)]
pub struct Dates<'a> {
    locale: &'a Locale,
    as_of: Date,
}

impl<'a> Dates<'a> {
    /// Returns a writer of dates in `locale`, as seen on the day `as_of`.
    pub fn new(locale: &'a Locale, as_of: Date) -> Self {
        Self { locale, as_of }
    }

    /// Returns a whole day: `Sat 12 Dec 2026`, `in 21 days`.
    pub fn day(&self, day: Date) -> When {
        When {
            datetime: Some(day.to_string()),
            text: self.words(day),
            relative: self.worth_telling(day),
        }
    }

    /// Returns a moment with its zone: `Sat 12 Dec 2026 22:00 GMT`.
    pub fn moment(&self, moment: &Zoned) -> When {
        When {
            datetime: Some(machine(moment)),
            text: format!("{} {}", self.words(moment.date()), clock(moment)),
            relative: self.worth_telling(moment.date()),
        }
    }

    /// Returns a week that is known only as such: `week 50 of 2026`.
    pub fn week(&self, year: i16, week: i8) -> When {
        let text = self
            .locale
            .phrase("week {week} of {year}", &[("week", &week), ("year", &year)]);
        coarse(format!("{year:04}-W{week:02}"), text)
    }

    /// Returns a month that is known only as such: `December 2026`.
    pub fn month(&self, year: i16, month: i8) -> When {
        let machine = format!("{year:04}-{month:02}");
        let text = if self.locale.is_known() {
            let name = self.locale.word(month_name(month));
            self.locale
                .phrase("{month} {year}", &[("month", &name), ("year", &year)])
        } else {
            machine.clone()
        };
        coarse(machine, text)
    }

    /// Returns a quarter that is known only as such: `Q4 2026`. HTML has no quarter, so a machine reads the year.
    pub fn quarter(&self, year: i16, quarter: i8) -> When {
        let text = self.locale.phrase(
            "Q{quarter} {year}",
            &[("quarter", &quarter), ("year", &year)],
        );
        coarse(format!("{year:04}"), text)
    }

    /// Returns a year that is known only as such.
    pub fn year(&self, year: i16) -> When {
        coarse(format!("{year:04}"), format!("{year:04}"))
    }

    /// Returns one unknown day of those from `first` to `last`. HTML has no such date, so a machine reads the month.
    pub fn between(&self, first: Date, last: Date) -> When {
        let machine = format!("{:04}-{:02}", first.year(), first.month());
        let words = [("first", self.words(first)), ("last", self.words(last))];
        let [(_, first), (_, last)] = &words;
        let text = self.locale.phrase(
            "between {first} and {last}",
            &[("first", first), ("last", last)],
        );
        coarse(machine, text)
    }

    /// Returns the date of what has none yet.
    pub fn undecided(&self) -> When {
        When {
            datetime: None,
            text: self.locale.word("to be decided").to_owned(),
            relative: None,
        }
    }

    /// Returns a day where there is little room: without its year in this year, and as its month in any other one.
    pub fn brief(&self, day: Date) -> String {
        match day.year() == self.as_of.year() {
            true => self.without_year(day),
            false => self.month(day.year(), day.month()).text,
        }
    }

    /// Returns a day without its year and its weekday, for the head of a column: `7 Dec`.
    pub fn week_of(&self, day: Date) -> String {
        self.written(day, "{day} {month}")
    }

    /// Returns whole days from `first` to `last`, both included: `Sat 5 Dec – Tue 22 Dec 2026`.
    pub fn days(&self, first: Date, last: Date) -> Period {
        let mut from = self.day(first);
        if first != last && first.year() == last.year() {
            from.text = self.without_year(first);
        }
        from.relative = self.distance_of(first, last);
        Period {
            from,
            to: (first != last).then(|| self.day(last)),
        }
    }

    /// Returns the stretch from `start` to `end`: `Sat 5 Dec 22:00 – Sun 6 Dec 2026 02:30 GMT`. What both ends share is
    /// said once; an end on the same day is told by its time alone.
    pub fn moments(&self, start: &Zoned, end: &Zoned) -> Period {
        let (mut from, mut to) = (self.moment(start), self.moment(end));
        if zone_name(start) == zone_name(end) {
            let is_one_day = start.date() == end.date();
            let day = match start.year() == end.year() && !is_one_day {
                true => self.without_year(start.date()),
                false => self.words(start.date()),
            };
            from.text = format!("{day} {}", start.strftime("%H:%M"));
            if is_one_day {
                to.text = clock(end);
            }
        }
        from.relative = self.distance_of(start.date(), end.date());
        Period { from, to: Some(to) }
    }

    /// Returns a length of `minutes`: `2 d 6 h`, `1 h 30 min`.
    pub fn lapse(&self, minutes: u32) -> Lapse {
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let parts = [(days, "d"), (hours, "h"), (rest, "min")];
        let words: Vec<String> = parts
            .into_iter()
            .filter(|&(count, unit)| count > 0 || (minutes == 0 && unit == "min"))
            .map(|(count, unit)| format!("{count}\u{a0}{}", self.locale.word(unit)))
            .collect();
        Lapse {
            datetime: format!("PT{}H{rest}M", minutes / 60),
            text: words.join(" "),
        }
    }

    /// Returns how far `day` is from the as-of day: `today`, `in 21 days`, `3 months ago`.
    pub fn distance(&self, day: Date) -> String {
        let days = (day - self.as_of).get_days();
        let count = days.unsigned_abs();
        let (english, number) = match (days, count) {
            (0, _) => ("today", 0),
            (1, _) => ("tomorrow", 1),
            (-1, _) => ("yesterday", 1),
            (1.., 2..=99) => ("in {n} days", count),
            (1.., 100..=729) => ("in {n} months", count * 12 / 365),
            (1.., _) => ("in {n} years", count / 365),
            (_, 2..=99) => ("{n} days ago", count),
            (_, 100..=729) => ("{n} months ago", count * 12 / 365),
            (_, _) => ("{n} years ago", count / 365),
        };
        self.locale.phrase(english, &[("n", &number)])
    }

    /// Returns how far a stretch of time is from the as-of day: its start, or its end while it lasts.
    fn distance_of(&self, first: Date, last: Date) -> Option<String> {
        match first < self.as_of && self.as_of <= last {
            true => Some(
                self.locale
                    .phrase("ends {distance}", &[("distance", &self.distance(last))]),
            ),
            false => self.worth_telling(first),
        }
    }

    /// Returns how far `day` is from the as-of day, unless it is so long over that nobody counts the days.
    fn worth_telling(&self, day: Date) -> Option<String> {
        const COUNTED: i32 = -30;
        ((day - self.as_of).get_days() >= COUNTED).then(|| self.distance(day))
    }

    /// Returns a day in the locale's words; in ISO form when the locale's words are not known.
    fn words(&self, day: Date) -> String {
        self.written(day, "{weekday} {day} {month} {year}")
    }

    /// Returns a day as [`words`](Self::words) does, where its year is said by what follows.
    fn without_year(&self, day: Date) -> String {
        self.written(day, "{weekday} {day} {month}")
    }

    fn written(&self, day: Date, pattern: &str) -> String {
        if !self.locale.is_known() {
            return day.to_string();
        }
        let weekday = self.locale.word(&weekday_name(day.weekday())[..3]);
        let month = self.locale.word(&month_name(day.month())[..3]);
        let values: [(&str, &dyn Display); 4] = [
            ("weekday", &weekday),
            ("day", &day.day()),
            ("month", &month),
            ("year", &day.year()),
        ];
        self.locale.phrase(pattern, &values)
    }
}

/// Returns a date that is known only as far as `datetime` says.
fn coarse(datetime: String, text: String) -> When {
    When {
        datetime: Some(datetime),
        text,
        relative: None,
    }
}

/// Returns a moment as HTML wants it: `2026-12-12T22:00+00:00`.
fn machine(moment: &Zoned) -> String {
    moment.strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

/// Returns the time of day with the zone's abbreviation: `22:00 GMT`.
fn clock(moment: &Zoned) -> String {
    moment.strftime("%H:%M %Z").to_string()
}

/// Returns the zone's abbreviation at `moment`: `GMT`.
fn zone_name(moment: &Zoned) -> String {
    moment.strftime("%Z").to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use jiff::civil::date;

    use super::*;

    /// Checks the words and the distance of `day` as seen on 21 November 2026.
    fn check(tag: &str, words: Option<&str>, day: Date, text: &str, relative: &str) {
        let locale = Locale::new(tag, words).unwrap();
        let dates = Dates::new(&locale, date(2026, 11, 21));
        assert_eq!(
            (dates.day(day).text.as_str(), dates.distance(day).as_str()),
            (text, relative)
        );
    }

    #[test]
    fn a_day_is_written_in_the_portal_language() {
        let german = Some(include_str!("../../../themes/default/words/de.txt"));
        let hebrew = Some(include_str!("../../../themes/default/words/he.txt"));
        let day = date(2026, 12, 12);
        check("en", None, day, "Sat 12 Dec 2026", "in 21 days");
        check(
            "en",
            None,
            date(2026, 11, 20),
            "Fri 20 Nov 2026",
            "yesterday",
        );
        check(
            "en",
            None,
            date(2026, 3, 1),
            "Sun 1 Mar 2026",
            "8 months ago",
        );
        check("de", german, day, "Sa., 12. Dez. 2026", "in 21 Tagen");
        check("he", hebrew, day, "שבת, 12 בדצמבר 2026", "בעוד 21 ימים");
        check("fr", None, day, "2026-12-12", "in 21 days");
    }

    #[test]
    fn moments_name_their_zone() {
        let english = Locale::new("en", None).unwrap();
        let dates = Dates::new(&english, date(2026, 11, 21));
        let start: Zoned = "2026-12-12T22:00[Europe/London]".parse().unwrap();
        let end: Zoned = "2026-12-12T23:30[Europe/London]".parse().unwrap();
        let period = dates.moments(&start, &end);
        assert_eq!(period.from.datetime.unwrap(), "2026-12-12T22:00+00:00");
        assert_eq!(period.from.text, "Sat 12 Dec 2026 22:00");
        assert_eq!(period.to.unwrap().text, "23:30 GMT");
        let end: Zoned = "2026-12-13T02:30[Europe/London]".parse().unwrap();
        let period = dates.moments(&start, &end);
        assert_eq!(period.from.text, "Sat 12 Dec 22:00");
        assert_eq!(period.to.unwrap().text, "Sun 13 Dec 2026 02:30 GMT");
        assert_eq!(dates.lapse(90).text, "1\u{a0}h 30\u{a0}min");
        assert_eq!(dates.lapse(0).text, "0\u{a0}min");
        assert_eq!(dates.week(2026, 50).datetime.unwrap(), "2026-W50");
    }
}
