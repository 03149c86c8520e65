//! The rules of the group `note`: release notes and their fragments.

mod before_release;
mod date_mismatch;
mod item_unmentioned;
mod missing;
mod no_release;

use super::book::Rule;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    missing::RULE,
    item_unmentioned::RULE,
    Rule::read(
        "note/unknown-category",
        Severity::Error,
        include_str!("note/unknown-category.md"),
    ),
    no_release::RULE,
    before_release::RULE,
    date_mismatch::RULE,
];
