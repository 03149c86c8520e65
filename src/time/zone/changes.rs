//! When the clocks of a zone change, for formats that carry the rules of their zones with them.

use jiff::Timestamp as Instant;
use jiff::civil::{DateTime, date};
use jiff::tz::Offset;

use super::{InstantRange, Zone};

/// Before this year nobody asks: what a zone did earlier is told as one state.
const EPOCH: i16 = 1970;

/// One change of a zone's clocks, and how they run from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// What the clocks showed when they were changed.
    pub wall: DateTime,
    /// The offset from UTC before.
    pub before: Offset,
    /// The offset from UTC from then on.
    pub after: Offset,
    /// What the time is called from then on: `GMT`.
    pub name: Box<str>,
    /// Whether it is summer time from then on.
    pub is_summer: bool,
}

impl Zone {
    /// Returns how the clocks run throughout `within`: the change that is in force at its start, and each one after it,
    /// in order. A zone that never changed begins with a change from its offset to the same one.
    pub fn clock_changes(&self, within: InstantRange) -> Vec<ClockChange> {
        let second = jiff::SignedDuration::from_secs(1);
        let start = within.start.saturating_add(second).unwrap_or(within.start);
        let in_force = self.rules.preceding(start).next();
        let known = in_force
            .filter(|change| self.wall(change.timestamp()).year() >= EPOCH)
            .map(|change| self.change_at(change.timestamp()));
        let mut changes = vec![known.unwrap_or_else(|| self.state(within.start))];
        let later = self.rules.following(within.start);
        changes.extend(
            later
                .take_while(|change| change.timestamp() < within.end)
                .map(|change| self.change_at(change.timestamp())),
        );
        changes
    }

    fn change_at(&self, instant: Instant) -> ClockChange {
        let second = jiff::SignedDuration::from_secs(1);
        let earlier = instant.saturating_sub(second).unwrap_or(instant);
        let before = self.offset(earlier);
        ClockChange {
            wall: before.to_datetime(instant),
            before,
            ..self.state(instant)
        }
    }

    /// Returns how the clocks run at `instant`, as if they had always done so.
    fn state(&self, instant: Instant) -> ClockChange {
        let info = self.rules.to_offset_info(instant);
        ClockChange {
            wall: date(EPOCH, 1, 1).at(0, 0, 0, 0),
            before: info.offset(),
            after: info.offset(),
            name: info.abbreviation().into(),
            is_summer: info.dst().is_dst(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn the_changes_of_a_zone_are_those_of_its_rules() {
        let check = |zone: &str, from: &str, until: &str, expected: &[&str]| {
            let within = InstantRange::new(from.parse().unwrap(), until.parse().unwrap());
            let changes = Zone::parse(zone).unwrap().clock_changes(within);
            let told: Vec<_> = changes
                .iter()
                .map(|of| {
                    let summer = if of.is_summer { " summer" } else { "" };
                    format!("{} {}>{} {}{summer}", of.wall, of.before, of.after, of.name)
                })
                .collect();
            assert_eq!(told, expected, "{zone}");
        };
        check(
            "Europe/London",
            "2026-07-01T00:00Z",
            "2027-07-01T00:00Z",
            &[
                "2026-03-29T01:00:00 +00>+01 BST summer",
                "2026-10-25T02:00:00 +01>+00 GMT",
                "2027-03-28T01:00:00 +00>+01 BST summer",
            ],
        );
        check(
            "UTC",
            "2026-07-01T00:00Z",
            "2027-07-01T00:00Z",
            &["1970-01-01T00:00:00 +00>+00 UTC"],
        );
        check(
            "Asia/Kolkata",
            "2026-07-01T00:00Z",
            "2027-07-01T00:00Z",
            &["1970-01-01T00:00:00 +05:30>+05:30 IST"],
        );
    }
}
