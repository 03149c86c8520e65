//! The rules of the group `freeze`: times in which nothing is deployed, and the exceptions to them.

mod conflicts;
mod ends_before_start;
mod exception_expired;
mod exception_late;
mod exception_missing;
mod exception_unapproved;
mod exception_unused;
mod no_end;
mod overlap;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    overlap::RULE,
    no_end::RULE,
    ends_before_start::RULE,
    exception_missing::RULE,
    exception_unapproved::RULE,
    exception_expired::RULE,
    exception_late::RULE,
    exception_unused::RULE,
];
