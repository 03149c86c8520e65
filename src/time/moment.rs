//! Wall time, with or without an explicit offset.

use std::cmp::Ordering;
use std::fmt;

use jiff::Timestamp as Instant;
use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;

use super::day::Day;
use super::error::ValueError;
use super::error::rule::{IMPOSSIBLE_DATE, UNKNOWN_ZONE};
use super::scanner::Scanner;
use super::zone::{Landing, Zone};

/// A moment as written: `2026-12-12 22:00`, `2026-12-12T22:00Z` or `2026-12-12 22:00+01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// What the clock on the wall shows.
    pub wall: DateTime,
    /// The offset from UTC, where it is written; otherwise the nearest zone tells.
    pub offset: Option<Offset>,
}

impl Moment {
    /// Returns the moment at which the clocks of the nearest zone show `wall`.
    pub fn local(wall: DateTime) -> Self {
        Self { wall, offset: None }
    }

    /// Returns whether the moment needs a zone to be an instant.
    pub fn needs_zone(self) -> bool {
        self.offset.is_none()
    }

    /// Returns the instant. A wall time that the clocks skip shifts forward, one that they repeat is the first.
    pub fn at(self, zone: &Zone) -> Instant {
        self.landing(zone).instant()
    }

    /// Returns the instant, and whether the clocks skip or repeat it. An explicit offset leaves no doubt.
    pub fn landing(self, zone: &Zone) -> Landing {
        let Some(offset) = self.offset else {
            return zone.place(self.wall);
        };
        let end = if self.wall.year() > 0 {
            Instant::MAX
        } else {
            Instant::MIN
        };
        Landing::Once(offset.to_timestamp(self.wall).unwrap_or(end))
    }

    /// Returns the day that it is in `zone` at this moment.
    pub fn day_in(self, zone: &Zone) -> Day {
        match self.offset {
            Some(_) => zone.day(self.at(zone)),
            None => self.day(),
        }
    }

    /// Returns the day as written.
    pub fn day(self) -> Day {
        Day(self.wall.date())
    }

    /// Returns which is earlier, or none where only one of them has an offset, so that a zone must decide.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self.offset, other.offset) {
            (None, None) => Some(self.wall.cmp(&other.wall)),
            // With an offset, the zone is not asked.
            (Some(_), Some(_)) => Some(self.at(&Zone::utc()).cmp(&other.at(&Zone::utc()))),
            _ => None,
        }
    }

    /// Reads a time of `day` after the `T` or the space; none if the text has no such shape.
    pub(super) fn read(scanner: &mut Scanner<'_>, day: Day) -> Option<Result<Self, ValueError>> {
        let time = read_time(scanner)?;
        let offset = if scanner.is_done() {
            None
        } else {
            Some(read_offset(scanner)?)
        };
        if !scanner.is_done() {
            return None;
        }
        Some(time.and_then(|time| {
            let wall = day.0.to_datetime(time);
            offset.transpose().map(|offset| Self { wall, offset })
        }))
    }
}

/// Reads `HH:MM` or `HH:MM:SS`.
pub(super) fn read_time(scanner: &mut Scanner<'_>) -> Option<Result<Time, ValueError>> {
    let hour = scanner.number(2..=2)?;
    scanner.eat(":")?;
    let minute = scanner.number(2..=2)?;
    let second = match scanner.eat(":") {
        Some(()) => Some(scanner.number(2..=2)?),
        None => None,
    };
    let part = |number: Option<&super::scanner::Number>| {
        number.map_or(0, |number| i8::try_from(number.value).unwrap_or(i8::MAX))
    };
    let time = Time::new(
        part(Some(&hour)),
        part(Some(&minute)),
        part(second.as_ref()),
        0,
    );
    Some(time.map_err(|_| {
        let units = [
            (Some(&hour), "hour", 23),
            (Some(&minute), "minute", 59),
            (second.as_ref(), "second", 59),
        ];
        let wrong = units.into_iter().find_map(|(number, unit, last)| {
            Some((number?, unit, last)).filter(|found| found.0.value > last)
        });
        let (number, unit, last) = wrong.unwrap_or((&hour, "hour", 23));
        let message = format!("there is no {unit} {}", number.value);
        let hint = if unit == "hour" && number.value == 24 {
            "write the end of a day as `00:00` of the next day".to_owned()
        } else {
            format!("{unit}s run from 00 to {last}")
        };
        ValueError::new(IMPOSSIBLE_DATE, message, number.range.clone()).hint(hint)
    }))
}

/// Reads `Z`, `+01:00`, `+0100` or `+01`; a name there is an error, since an abbreviation names no one offset.
fn read_offset(scanner: &mut Scanner<'_>) -> Option<Result<Offset, ValueError>> {
    if scanner.eat("Z").is_some() {
        return Some(Ok(Offset::UTC));
    }
    let start = scanner.at();
    if let Some(name) = named_zone(scanner) {
        let message = format!("`{name}` is a zone, not an offset");
        let range = scanner.at() - name.len()..scanner.at();
        return Some(Err(ValueError::new(UNKNOWN_ZONE, message, range).hint(
            "name the zone in `timezone:`, or write the offset, as in `22:00+01:00`",
        )));
    }
    let sign = match (scanner.eat("+"), scanner.eat("-")) {
        (Some(()), _) => 1,
        (None, Some(())) => -1,
        (None, None) => return None,
    };
    let (hours, minutes) = match scanner.number(4..=4) {
        Some(both) => (both.value / 100, both.value % 100),
        None => {
            let hours = scanner.number(2..=2)?.value;
            let minutes = match scanner.eat(":") {
                Some(()) => scanner.number(2..=2)?.value,
                None => 0,
            };
            (hours, minutes)
        }
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    let offset = (minutes < 60 && seconds <= 14 * 3600)
        .then(|| Offset::from_seconds(sign * seconds).ok())
        .flatten();
    Some(offset.ok_or_else(|| {
        let message = format!("no clock is {hours:02}:{minutes:02} away from UTC");
        ValueError::new(IMPOSSIBLE_DATE, message, start..scanner.at())
            .hint("offsets run from -12:00 to +14:00")
    }))
}

/// Reads the name of a zone to the end of the text.
fn named_zone<'a>(scanner: &mut Scanner<'a>) -> Option<&'a str> {
    scanner.attempt(|scanner| {
        let _ = scanner.eat(" ");
        let name = scanner.rest();
        scanner.word()?;
        while scanner.eat("/").or_else(|| scanner.eat("_")).is_some() {
            scanner.word()?;
        }
        scanner.is_done().then_some(name)
    })
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wall = self.wall;
        write!(f, "{} {:02}:{:02}", wall.date(), wall.hour(), wall.minute())?;
        if wall.second() != 0 {
            write!(f, ":{:02}", wall.second())?;
        }
        match self.offset {
            None => Ok(()),
            Some(offset) if offset == Offset::UTC => f.write_str("Z"),
            Some(offset) => {
                let (sign, minutes) = if offset.seconds() < 0 {
                    ('-', -offset.seconds() / 60)
                } else {
                    ('+', offset.seconds() / 60)
                };
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}
