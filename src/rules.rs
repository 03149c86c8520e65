//! The rule book: what has to be true of a plan, one rule per file.
//!
//! [`judge`] runs every rule over a plan, adds what was found while it was read, and gives each finding its severity. A
//! rule is its name, its default severity, its page and, unless the fault is found while reading, its check. The page is
//! at once what `explain` prints, what the portal shows and the rule's test: its fenced examples mark the diagnostics
//! that they give. No rule knows of another.

mod book;
mod coming;
mod judge;
mod standing;

mod approval;
mod change;
mod closing;
mod dependency;
mod document;
mod environment;
mod freeze;
mod gate;
mod milestone;
mod note;
mod person;
mod policy;
mod portal;
mod reference;
mod release;
mod train;
mod transition;
mod turnover;
mod value;
mod window;

#[cfg(test)]
mod tests;

pub use book::{Check, Context, Example, Expectation, Found, Group, Rule};
pub use judge::judge;

/// The rule book, group by group, in the order in which people meet them.
pub const GROUPS: &[Group] = &[
    Group {
        name: "document",
        about: "what every file has to be",
        rules: document::RULES,
    },
    Group {
        name: "reference",
        about: "what points at something else",
        rules: reference::RULES,
    },
    Group {
        name: "value",
        about: "dates, durations, versions",
        rules: value::RULES,
    },
    Group {
        name: "train",
        about: "release trains and their schedules",
        rules: train::RULES,
    },
    Group {
        name: "milestone",
        about: "dated promises",
        rules: milestone::RULES,
    },
    Group {
        name: "transition",
        about: "moves from stage to stage",
        rules: transition::RULES,
    },
    Group {
        name: "gate",
        about: "what has to be true before a stage is left",
        rules: gate::RULES,
    },
    Group {
        name: "approval",
        about: "decisions, and the people who make them",
        rules: approval::RULES,
    },
    Group {
        name: "freeze",
        about: "times in which nothing is deployed",
        rules: freeze::RULES,
    },
    Group {
        name: "window",
        about: "times in which something may be deployed",
        rules: window::RULES,
    },
    Group {
        name: "dependency",
        about: "what needs what, and when",
        rules: dependency::RULES,
    },
    Group {
        name: "environment",
        about: "where releases are deployed, and who has reserved it",
        rules: environment::RULES,
    },
    Group {
        name: "release",
        about: "versions, scope, artifacts",
        rules: release::RULES,
    },
    Group {
        name: "change",
        about: "change requests",
        rules: change::RULES,
    },
    Group {
        name: "note",
        about: "release notes",
        rules: note::RULES,
    },
    Group {
        name: "closing",
        about: "what the end of a release leaves behind",
        rules: closing::RULES,
    },
    Group {
        name: "policy",
        about: "which policy governs what, and whether it is kept",
        rules: policy::RULES,
    },
    Group {
        name: "turnover",
        about: "deployments, from the run sheet to the smoke tests",
        rules: turnover::RULES,
    },
    Group {
        name: "person",
        about: "who does what",
        rules: person::RULES,
    },
    Group {
        name: "portal",
        about: "what would break the published pages",
        rules: portal::RULES,
    },
];

/// Returns every rule, group by group.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.rules)
}

/// Returns the rule named `name`, such as `freeze/overlap`.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name.0 == name)
}
