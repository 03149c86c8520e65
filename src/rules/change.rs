//! The rules of the group `change`: change requests, from being asked for to being looked back on.

mod after_deployment;
mod missing;
mod not_evaluated;
mod orphan;
mod request;
mod unapproved;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    missing::RULE,
    orphan::RULE,
    unapproved::RULE,
    after_deployment::RULE,
    not_evaluated::RULE,
];
