//! The rules of the group `reference`: what points at something has to find it.

mod broken_anchor;
mod broken_link;
mod links;
mod missing_asset;
mod unsafe_link;

use super::book::Rule;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule::read(
        "reference/unknown",
        Severity::Error,
        include_str!("reference/unknown.md"),
    ),
    Rule::read(
        "reference/wrong-kind",
        Severity::Error,
        include_str!("reference/wrong-kind.md"),
    ),
    Rule::read(
        "reference/ambiguous",
        Severity::Error,
        include_str!("reference/ambiguous.md"),
    ),
    broken_link::RULE,
    broken_anchor::RULE,
    missing_asset::RULE,
    unsafe_link::RULE,
];
