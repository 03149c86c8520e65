//! The rules of the group `dependency`: what releases need of each other and of others.

mod abandoned;
mod cycle;
mod late;
mod needs;
mod on_itself;
mod unknown_external;
mod unmet;
mod version;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    cycle::RULE,
    on_itself::RULE,
    late::RULE,
    unmet::RULE,
    abandoned::RULE,
    version::RULE,
    unknown_external::RULE,
];
