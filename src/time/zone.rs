//! Time zones: what turns wall time into instants.
//!
//! The rules come from the IANA database inside the program, never from the machine, so that a plan means the same
//! everywhere. A fixed offset is not a zone: it belongs to one moment.

mod changes;

use std::fmt;

use jiff::Timestamp as Instant;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

use crate::text::nearest;

use super::day::Day;
use super::error::rule::{NO_ZONE, UNKNOWN_ZONE};
use super::error::{ValueError, trimmed};
use super::instants::InstantRange;

pub use changes::ClockChange;

/// A time zone: an IANA name such as `Europe/London`, `UTC`, or `AoE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: Box<str>,
    rules: TimeZone,
}

/// Where a wall time lies on the time line of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Landing {
    /// The wall time exists once, at this instant.
    Once(Instant),
    /// The clocks skip it (summer time begins); it is shifted forward to this instant.
    Skipped(Instant),
    /// The clocks show it twice (summer time ends); this is the first instant.
    Twice(Instant),
}

impl Landing {
    /// Returns the instant.
    pub fn instant(self) -> Instant {
        match self {
            Self::Once(instant) | Self::Skipped(instant) | Self::Twice(instant) => instant,
        }
    }
}

impl Zone {
    /// Reads the name of a zone, in capitals or not.
    ///
    /// # Errors
    /// `value/no-zone` for an empty name, `value/unknown-zone` for one that the IANA database does not have.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, |name| {
            if name.is_empty() {
                return Err(ValueError::new(NO_ZONE, "the time zone is empty", 0..0)
                    .hint("name a zone such as `Europe/London` or `UTC`"));
            }
            if name.eq_ignore_ascii_case("AoE") {
                return Ok(Self::anywhere_on_earth());
            }
            Self::known(name).ok_or_else(|| unknown(name))
        })
    }

    /// Returns coordinated universal time.
    pub fn utc() -> Self {
        Self {
            name: "UTC".into(),
            rules: TimeZone::UTC,
        }
    }

    /// Returns `AoE`, UTC-12: a day has ended only when it has ended everywhere.
    pub fn anywhere_on_earth() -> Self {
        Self {
            name: "AoE".into(),
            rules: TimeZone::fixed(Offset::constant(-12)),
        }
    }

    /// Returns the name: the database's own spelling, `UTC` or `AoE`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns where `wall` lies on the time line. Past the ends of jiff's calendar it is the nearest instant.
    pub fn place(&self, wall: DateTime) -> Landing {
        let ambiguous = self.rules.to_ambiguous_timestamp(wall);
        let offset = ambiguous.offset();
        let end = if wall.year() > 0 {
            Instant::MAX
        } else {
            Instant::MIN
        };
        // "Compatible" is RFC 5545's way: a skipped time moves forward by the length of the gap, a repeated one is the
        // first of the two.
        let instant = ambiguous.compatible().unwrap_or(end);
        match offset {
            AmbiguousOffset::Unambiguous { .. } => Landing::Once(instant),
            AmbiguousOffset::Gap { .. } => Landing::Skipped(instant),
            AmbiguousOffset::Fold { .. } => Landing::Twice(instant),
        }
    }

    /// Returns what the clocks show at `instant`.
    pub fn wall(&self, instant: Instant) -> DateTime {
        self.rules.to_datetime(instant)
    }

    /// Returns `instant` with the zone's rules, for writing it down.
    pub fn zoned(&self, instant: Instant) -> jiff::Zoned {
        instant.to_zoned(self.rules.clone())
    }

    /// Returns the offset from UTC at `instant`.
    pub fn offset(&self, instant: Instant) -> Offset {
        self.rules.to_offset(instant)
    }

    /// Returns the day that it is at `instant`.
    pub fn day(&self, instant: Instant) -> Day {
        Day(self.wall(instant).date())
    }

    /// Returns the instant at which `day` begins.
    pub fn start_of(&self, day: Day) -> Instant {
        self.place(day.0.to_datetime(jiff::civil::Time::midnight()))
            .instant()
    }

    /// Returns all of `day`: 23 or 25 hours when the clocks change.
    pub fn whole(&self, day: Day) -> InstantRange {
        InstantRange::new(self.start_of(day), self.start_of(day.next()))
    }

    fn known(name: &str) -> Option<Self> {
        // Never the default database: on some builds that is the machine's own.
        let rules = TimeZoneDatabase::bundled().get(name).ok()?;
        let name = rules.iana_name()?;
        let is_place = !rules.is_unknown() && name != "Factory";
        is_place.then(|| Self {
            name: name.into(),
            rules: rules.clone(),
        })
    }
}

fn unknown(name: &str) -> ValueError {
    let error = ValueError::new(
        UNKNOWN_ZONE,
        format!("there is no time zone `{name}`"),
        0..name.len(),
    );
    if name.contains(|c: char| c.is_ascii_digit()) {
        return error.hint("an offset is no zone: name a place such as `Europe/London`, or `UTC`");
    }
    let names: Vec<String> = TimeZoneDatabase::bundled()
        .available()
        .map(|name| name.as_str().to_owned())
        .collect();
    let known = names.iter().map(String::as_str).chain(["AoE"]);
    let near: Vec<String> = nearest(name, known)
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect();
    if near.is_empty() {
        error.hint("name a place such as `Europe/London`, or `UTC` or `AoE`")
    } else {
        error.hint(format!("did you mean {}?", near.join(" or ")))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test stops at the first surprise"
    )]
    use jiff::civil::date;

    use super::*;

    #[test]
    fn zones_are_read_from_the_database_inside_the_program() {
        let check = |text, expected: Result<&str, &str>| match (Zone::parse(text), expected) {
            (Ok(zone), Ok(name)) => assert_eq!(zone.to_string(), name, "{text}"),
            (Err(error), Err(hint)) => {
                assert!(
                    error.hint.clone().unwrap().contains(hint),
                    "{text}: {error:?}"
                );
            }
            (found, _) => panic!("{text}: {found:?}"),
        };
        check("Europe/London", Ok("Europe/London"));
        check("europe/london", Ok("Europe/London"));
        check("utc", Ok("UTC"));
        check("AOE", Ok("AoE"));
        check("Asia/Calcutta", Ok("Asia/Calcutta"));
        check("Europe/Lodnon", Err("`Europe/London`"));
        check("London", Err("`Europe/London`"));
        check("+01:00", Err("an offset is no zone"));
        check("Etc/Unknown", Err("name a place"));
        check("Nowhere", Err("name a place"));
        check("", Err("name a zone"));
    }

    #[test]
    fn wall_times_land_where_the_clocks_put_them() {
        let check = |zone, wall: DateTime, expected: fn(Instant) -> Landing, instant: &str| {
            let expected = expected(instant.parse().unwrap());
            assert_eq!(
                Zone::parse(zone).unwrap().place(wall),
                expected,
                "{wall} in {zone}"
            );
        };
        let at = |m, d, hour, minute| date(2026, m, d).at(hour, minute, 0, 0);
        check(
            "Europe/London",
            at(7, 1, 12, 0),
            Landing::Once,
            "2026-07-01T11:00Z",
        );
        check(
            "Europe/London",
            at(3, 29, 1, 30),
            Landing::Skipped,
            "2026-03-29T01:30Z",
        );
        check(
            "Europe/London",
            at(10, 25, 1, 30),
            Landing::Twice,
            "2026-10-25T00:30Z",
        );
        check(
            "AoE",
            at(12, 31, 23, 59),
            Landing::Once,
            "2027-01-01T11:59Z",
        );
        check(
            "UTC",
            DateTime::MAX,
            Landing::Once,
            "9999-12-30T22:00:00.999999999Z",
        );
    }
}
