//! The rules of the group `environment`: where releases are deployed, and who has reserved it.

mod double_booked;
mod offline;
mod outside_reservation;
mod restricted;
mod unreserved;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    double_booked::RULE,
    unreserved::RULE,
    outside_reservation::RULE,
    offline::RULE,
    restricted::RULE,
];
