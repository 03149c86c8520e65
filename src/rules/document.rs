//! The rules of the group `document`: what every file has to be before it can mean anything.

mod ignored_file;
mod missing_field;

use super::book::Rule;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule::read(
        "document/unreadable",
        Severity::Error,
        include_str!("document/unreadable.md"),
    ),
    Rule::read(
        "document/not-utf8",
        Severity::Error,
        include_str!("document/not-utf8.md"),
    ),
    Rule::read(
        "document/empty",
        Severity::Error,
        include_str!("document/empty.md"),
    ),
    Rule::read(
        "document/too-large",
        Severity::Error,
        include_str!("document/too-large.md"),
    ),
    ignored_file::RULE,
    Rule::read(
        "document/no-frontmatter",
        Severity::Error,
        include_str!("document/no-frontmatter.md"),
    ),
    Rule::read(
        "document/unclosed-frontmatter",
        Severity::Error,
        include_str!("document/unclosed-frontmatter.md"),
    ),
    Rule::read(
        "document/invalid-yaml",
        Severity::Error,
        include_str!("document/invalid-yaml.md"),
    ),
    Rule::read(
        "document/duplicate-key",
        Severity::Error,
        include_str!("document/duplicate-key.md"),
    ),
    Rule::read(
        "document/unknown-key",
        Severity::Error,
        include_str!("document/unknown-key.md"),
    ),
    Rule::read(
        "document/wrong-type",
        Severity::Error,
        include_str!("document/wrong-type.md"),
    ),
    missing_field::RULE,
    Rule::read(
        "document/unknown-kind",
        Severity::Error,
        include_str!("document/unknown-kind.md"),
    ),
    Rule::read(
        "document/duplicate-id",
        Severity::Error,
        include_str!("document/duplicate-id.md"),
    ),
    Rule::read(
        "document/unknown-rule",
        Severity::Error,
        include_str!("document/unknown-rule.md"),
    ),
    Rule::read(
        "document/unused-allow",
        Severity::Warning,
        include_str!("document/unused-allow.md"),
    ),
];
