//! The rules of the group `approval`: decisions, and the people who make them.

mod ballot;
mod duplicate;
mod incomplete;
mod missing;
mod not_in_role;
mod out_of_order;
mod own;
mod placement;
mod quorum;
mod rejected_without_reason;
mod shortfall;
mod stale;
mod unasked;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    missing::RULE,
    own::RULE,
    stale::RULE,
    not_in_role::RULE,
    quorum::RULE,
    out_of_order::RULE,
    rejected_without_reason::RULE,
    duplicate::RULE,
    incomplete::RULE,
    unasked::RULE,
];
