//! The rules of the group `portal`: what would break the published pages.

mod output_collision;
mod unpublished_link;

use super::book::Rule;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    output_collision::RULE,
    unpublished_link::RULE,
    Rule::built(
        "portal/template-error",
        Severity::Error,
        include_str!("portal/template-error.md"),
    ),
];
