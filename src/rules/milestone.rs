//! The rules of the group `milestone`: dated promises of trains and releases.

mod later_than_train;
mod out_of_order;
mod outside_train;
mod overdue;
mod skipped_without_reason;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    overdue::RULE,
    outside_train::RULE,
    out_of_order::RULE,
    later_than_train::RULE,
    skipped_without_reason::RULE,
];
