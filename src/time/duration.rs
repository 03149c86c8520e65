//! Lengths of time: exact hours and minutes, nominal days and weeks, business days of a calendar.

mod reading;

use std::cmp::Ordering;
use std::fmt;

use super::error::{ValueError, trimmed};

/// A length of time as written. It may be negative where it is an offset.
///
/// A nominal day is as long as the clock says: 23 hours when summer time begins. So `1d` and `24h` are different
/// lengths, and only a start makes them comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duration {
    /// Business days of the calendar that applies, written `10bd`.
    Business(
        /// How many.
        i32,
    ),
    /// Weeks and days by the calendar, then an exact rest: `3w`, `2d`, `6h`, `1d2h`. All parts have the same sign.
    Elapsed {
        /// Nominal weeks.
        weeks: i32,
        /// Nominal days.
        days: i32,
        /// The exact part, in seconds.
        seconds: i64,
    },
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self::days(0);

    /// Returns a duration of nominal days.
    pub const fn days(days: i32) -> Self {
        Self::Elapsed {
            weeks: 0,
            days,
            seconds: 0,
        }
    }

    /// Returns an exact duration.
    pub const fn seconds(seconds: i64) -> Self {
        Self::Elapsed {
            weeks: 0,
            days: 0,
            seconds,
        }
    }

    /// Reads a duration without a sign: `20m`, `6h`, `2d`, `10bd`, `3w`, `1d2h`, or ISO 8601 as in `PT6H`.
    ///
    /// # Errors
    /// `value/invalid-duration`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, reading::unsigned)
    }

    /// Reads a duration that may have a sign, as a lag has: `+2d`, `-6h`, `3bd`.
    ///
    /// # Errors
    /// `value/invalid-duration`.
    pub fn parse_signed(text: &str) -> Result<Self, ValueError> {
        trimmed(text, reading::signed)
    }

    /// Returns whether it has no length.
    pub fn is_zero(self) -> bool {
        self == Self::Business(0) || self == Self::ZERO
    }

    /// Returns whether it goes back in time.
    pub fn is_negative(self) -> bool {
        match self {
            Self::Business(count) => count < 0,
            Self::Elapsed {
                weeks,
                days,
                seconds,
            } => weeks < 0 || days < 0 || seconds < 0,
        }
    }

    /// Returns the same length in the other direction.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Business(count) => Self::Business(count.saturating_neg()),
            Self::Elapsed {
                weeks,
                days,
                seconds,
            } => Self::Elapsed {
                weeks: weeks.saturating_neg(),
                days: days.saturating_neg(),
                seconds: seconds.saturating_neg(),
            },
        }
    }

    /// Returns the seconds, if the duration is exact.
    pub fn exact_seconds(self) -> Option<i64> {
        match self {
            Self::Elapsed {
                weeks: 0,
                days: 0,
                seconds,
            } => Some(seconds),
            _ => None,
        }
    }

    /// Returns the days, if the duration is of whole nominal days and weeks.
    pub fn nominal_days(self) -> Option<i64> {
        match self {
            Self::Elapsed {
                weeks,
                days,
                seconds: 0,
            } => Some(i64::from(weeks) * 7 + i64::from(days)),
            _ => None,
        }
    }

    /// Returns which is longer, or none when that depends on the start or on the calendar.
    ///
    /// Days and hours are compared where a change of the clocks by two hours could not turn the answer.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Business(count), Self::Business(than)) => Some(count.cmp(&than)),
            (
                Self::Elapsed { seconds, .. },
                Self::Elapsed {
                    seconds: than_seconds,
                    ..
                },
            ) => {
                let (days, than_days) = (self.calendar_days(), other.calendar_days());
                if days == than_days {
                    return Some(seconds.cmp(&than_seconds));
                }
                let difference = ((days - than_days) * 86_400)
                    .saturating_add(seconds)
                    .saturating_sub(than_seconds);
                (difference.unsigned_abs() > 2 * 3600).then(|| difference.cmp(&0))
            }
            _ if self.is_zero() && other.is_zero() => Some(Ordering::Equal),
            _ => None,
        }
    }

    /// Returns the nominal days of an elapsed duration, without its exact part.
    pub(super) fn calendar_days(self) -> i64 {
        match self {
            Self::Business(_) => 0,
            Self::Elapsed { weeks, days, .. } => i64::from(weeks) * 7 + i64::from(days),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_negative() {
            f.write_str("-")?;
        }
        match *self {
            Self::Business(count) => write!(f, "{}bd", count.unsigned_abs()),
            Self::Elapsed { .. } if self.is_zero() => f.write_str("0d"),
            Self::Elapsed {
                weeks,
                days,
                seconds,
            } => {
                let seconds = seconds.unsigned_abs();
                [
                    (u64::from(weeks.unsigned_abs()), "w"),
                    (u64::from(days.unsigned_abs()), "d"),
                    (seconds / 3600, "h"),
                    (seconds / 60 % 60, "m"),
                    (seconds % 60, "s"),
                ]
                .into_iter()
                .filter(|&(count, _)| count > 0)
                .try_for_each(|(count, unit)| write!(f, "{count}{unit}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    fn duration(text: &str) -> Duration {
        Duration::parse_signed(text).unwrap()
    }

    #[test]
    fn durations_are_written_one_way() {
        let check =
            |text, expected: &str| assert_eq!(duration(text).to_string(), expected, "{text}");
        check("20m", "20m");
        check("90m", "1h30m");
        check("-10bd", "-10bd");
        check("+3w", "3w");
        check("14d", "14d");
        check("1d2h", "1d2h");
        check("0m", "0d");
        check("0bd", "0bd");
        check("PT6H", "6h");
        check("P1DT2H", "1d2h");
        check("-P2W", "-2w");
        check("PT1H30M15S", "1h30m15s");
    }

    #[test]
    fn lengths_compare_only_where_no_clock_change_could_turn_the_answer() {
        let check = |left, right, expected| {
            assert_eq!(
                duration(left).compare(duration(right)),
                expected,
                "{left} and {right}"
            );
        };
        check("90m", "1h", Some(Ordering::Greater));
        check("2w", "14d", Some(Ordering::Equal));
        check("1d", "24h", None);
        check("1d", "20h", Some(Ordering::Greater));
        check("2d", "3d", Some(Ordering::Less));
        check("1d1h", "1d", Some(Ordering::Greater));
        check("2bd", "3bd", Some(Ordering::Less));
        check("2bd", "3d", None);
        check("-2h", "1m", Some(Ordering::Less));
    }

    #[test]
    fn what_is_not_a_duration_is_explained() {
        let check = |text: &str, wrong: &str, hint: &str, replacement: Option<&str>| {
            let error = Duration::parse(text).unwrap_err();
            assert_eq!(&text[error.range.clone()], wrong, "{text}: {error}");
            assert!(
                error.hint.clone().unwrap().contains(hint),
                "{text}: {error:?}"
            );
            assert_eq!(error.replacement.as_deref(), replacement, "{text}");
        };
        check("30", "30", "`30m`, `30h`, `30d`, `30bd`", None);
        check("1mo", "1mo", "weeks or days", None);
        check("P1M", "1M", "weeks or days", None);
        check("3 days", "3 days", "`3d`", Some("3d"));
        check("2hours", "2hours", "`2h`", Some("2h"));
        check("1h 30m", "1h 30m", "`1h30m`", Some("1h30m"));
        check("6H", "6H", "`6h`", Some("6h"));
        check("1.5h", "1.5h", "whole numbers", None);
        check("2h1d", "1d", "larger unit first", None);
        check("1d2bd", "1d2bd", "either", None);
        check("-6h", "-", "without a sign", None);
        check("PT", "PT", "`PT6H`", None);
        check("P6H", "6H", "after `T`", None);
        check("9999999d", "9999999", "999999", None);
        check("x", "x", "`6h`", None);
    }
}
