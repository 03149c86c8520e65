//! The rules of the group `person`: who does what.

mod double_booked;
mod inactive;
mod no_role;

use super::book::Rule;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule::read(
        "person/unknown",
        Severity::Error,
        include_str!("person/unknown.md"),
    ),
    inactive::RULE,
    no_role::RULE,
    double_booked::RULE,
];
