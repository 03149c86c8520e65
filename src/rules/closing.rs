//! The rules of the group `closing`: what the end of a train or a release has to leave behind.

mod action_overdue;
mod closed;
mod cmdb_missing;
mod items_open;
mod library_missing;
mod review_missing;
mod support_not_ended;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    items_open::RULE,
    support_not_ended::RULE,
    cmdb_missing::RULE,
    library_missing::RULE,
    review_missing::RULE,
    action_overdue::RULE,
];
