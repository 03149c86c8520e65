//! The rules of the group `value`: dates, intervals, durations, zones and versions.

mod invalid_version;
mod weekday_mismatch;

use super::book::Rule;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule::read(
        "value/invalid-date",
        Severity::Error,
        include_str!("value/invalid-date.md"),
    ),
    Rule::read(
        "value/impossible-date",
        Severity::Error,
        include_str!("value/impossible-date.md"),
    ),
    weekday_mismatch::RULE,
    Rule::read(
        "value/no-zone",
        Severity::Error,
        include_str!("value/no-zone.md"),
    ),
    Rule::read(
        "value/unknown-zone",
        Severity::Error,
        include_str!("value/unknown-zone.md"),
    ),
    Rule::read(
        "value/invalid-interval",
        Severity::Error,
        include_str!("value/invalid-interval.md"),
    ),
    Rule::read(
        "value/invalid-duration",
        Severity::Error,
        include_str!("value/invalid-duration.md"),
    ),
    Rule::read(
        "value/invalid-recurrence",
        Severity::Error,
        include_str!("value/invalid-recurrence.md"),
    ),
    Rule::read(
        "value/circular-date",
        Severity::Error,
        include_str!("value/circular-date.md"),
    ),
    Rule::read(
        "value/unquoted-version",
        Severity::Error,
        include_str!("value/unquoted-version.md"),
    ),
    invalid_version::RULE,
];
