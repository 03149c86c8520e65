//! The rule book: what has to be true of a plan, one rule per file.
//!
//! [`judge`] runs every rule over a plan, adds what was found while it was read, and gives each finding its severity. A
//! rule is its name, its default severity, its page and, unless the fault is found while reading, its check. The page is
//! at once what `explain` prints, what the portal shows and the rule's test: its fenced examples mark the diagnostics
//! that they give. No rule knows of another.

mod book;
mod coming;
mod doubt;
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

pub use book::{Check, Context, Example, Expectation, Found, Group, Reach, Rule, Setting};
pub use judge::{judge, judge_standing};

/// What gates and the decisions on them are judged by.
const DECISIONS: &[&str] = &[
    "schedule",
    "gates",
    "approvals",
    "separation_of_duties",
    "for",
    "gate",
    "level",
    "role",
    "roles",
    "by",
    "decision",
    "date",
    "covers",
    "milestones",
    "due",
    "done",
    "calendar",
    "holidays",
    "weekend",
    "owner",
    "manager",
    "members",
    "lead",
    "planned",
    "status",
    "environment",
    "actual",
    "contents",
    "releases",
    "changes",
    "category",
    "requested",
    "application",
    "evaluation",
];

/// The rule book, group by group, in the order in which people meet them.
pub const GROUPS: &[Group] = &[
    Group {
        name: "document",
        about: "what every file has to be",
        rules: document::RULES,
        rests_on: &[],
    },
    Group {
        name: "reference",
        about: "what points at something else",
        rules: reference::RULES,
        rests_on: &[],
    },
    Group {
        name: "value",
        about: "dates, durations, versions",
        rules: value::RULES,
        rests_on: &[],
    },
    Group {
        name: "train",
        about: "release trains and their schedules",
        rules: train::RULES,
        rests_on: &[
            "schedule",
            "cadence",
            "supersedes",
            "milestones",
            "on_hold",
            "outcome",
            "extent",
            "planned",
            "status",
            "environment",
            "actual",
            "category",
            "gates",
        ],
    },
    Group {
        name: "milestone",
        about: "dated promises",
        rules: milestone::RULES,
        rests_on: &[
            "milestones",
            "due",
            "done",
            "schedule",
            "skip",
            "gate",
            "gates",
            "category",
            "planned",
            "environment",
        ],
    },
    Group {
        name: "transition",
        about: "moves from stage to stage",
        rules: transition::RULES,
        rests_on: &[
            "schedule",
            "gates",
            "approvals",
            "separation_of_duties",
            "for",
            "gate",
            "level",
            "role",
            "roles",
            "by",
            "decision",
            "date",
            "covers",
            "reason",
            "manager",
            "purpose",
            "outcome",
            "records",
            "items",
            "tasks",
            "communications",
            "support",
            "status",
            "attempts",
            "environment",
            "planned",
            "of",
            "actions",
        ],
    },
    Group {
        name: "gate",
        about: "what has to be true before a stage is left",
        rules: gate::RULES,
        rests_on: DECISIONS,
    },
    Group {
        name: "approval",
        about: "decisions, and the people who make them",
        rules: approval::RULES,
        rests_on: DECISIONS,
    },
    Group {
        name: "freeze",
        about: "times in which nothing is deployed",
        rules: freeze::RULES,
        rests_on: &[
            "planned",
            "severity",
            "scope",
            "repeats",
            "freeze",
            "for",
            "decision",
            "requested",
            "expires",
            "status",
            "environment",
            "contents",
            "application",
            "actual",
            "waves",
            "schedule",
            "timezone",
            "category",
            "contains",
            "roles",
            "path",
        ],
    },
    Group {
        name: "window",
        about: "times in which something may be deployed",
        rules: window::RULES,
        rests_on: &[
            "starts",
            "duration",
            "repeats",
            "until",
            "cutoff",
            "scope",
            "planned",
            "environment",
            "waves",
            "status",
            "windows",
            "contents",
            "outage",
            "actual",
            "tasks",
            "timezone",
            "category",
            "contains",
            "path",
            "freeze",
            "on_gap",
            "order",
            "runs_on",
            "promotion",
        ],
    },
    Group {
        name: "dependency",
        about: "what needs what, and when",
        rules: dependency::RULES,
        rests_on: &[
            "needs",
            "version",
            "versioning",
            "schedule",
            "planned",
            "actual",
            "status",
            "contents",
            "environment",
            "items",
            "artifacts",
            "category",
            "due",
            "done",
            "milestones",
        ],
    },
    Group {
        name: "environment",
        about: "where releases are deployed, and who has reserved it",
        rules: environment::RULES,
        rests_on: &[
            "reservations",
            "planned",
            "environment",
            "actual",
            "contents",
            "schedule",
            "waves",
            "category",
            "status",
            "promoters",
            "shared",
            "owner",
            "order",
            "outage",
            "attempts",
            "scope",
        ],
    },
    Group {
        name: "release",
        about: "versions, scope, artifacts",
        rules: release::RULES,
        rests_on: &[
            "version",
            "versioning",
            "items",
            "changes",
            "artifacts",
            "components",
            "planned",
            "environment",
            "status",
            "actual",
            "contents",
            "schedule",
            "category",
            "extent",
            "supersedes",
            "needs",
            "criticality",
            "path",
            "outcome",
        ],
    },
    Group {
        name: "change",
        about: "change requests",
        rules: change::RULES,
        rests_on: &[
            "category",
            "status",
            "planned",
            "releases",
            "approvals",
            "changes",
            "for",
            "decision",
            "date",
            "evaluation",
            "environment",
            "actual",
            "contents",
            "schedule",
            "services",
            "waves",
        ],
    },
    Group {
        name: "note",
        about: "release notes",
        rules: note::RULES,
        rests_on: &[
            "version",
            "versioning",
            "date",
            "items",
            "schedule",
            "planned",
            "status",
            "actual",
            "environment",
            "contents",
            "fragment",
            "errata",
            "publish_after",
            "draft",
            "category",
            "changes",
        ],
    },
    Group {
        name: "closing",
        about: "what the end of a release leaves behind",
        rules: closing::RULES,
        rests_on: &[
            "outcome",
            "records",
            "tasks",
            "communications",
            "support",
            "items",
            "changes",
            "of",
            "date",
            "actions",
            "planned",
            "actual",
            "status",
            "contents",
            "environment",
            "category",
            "schedule",
        ],
    },
    Group {
        name: "policy",
        about: "which policy governs what, and whether it is kept",
        rules: policy::RULES,
        rests_on: &[
            "types",
            "requires",
            "promotion",
            "windows",
            "gates",
            "category",
            "schedule",
            "planned",
            "status",
            "environment",
            "actual",
            "contents",
            "date",
        ],
    },
    Group {
        name: "turnover",
        about: "deployments, from the run sheet to the smoke tests",
        rules: turnover::RULES,
        rests_on: &[
            "environment",
            "from",
            "planned",
            "status",
            "tasks",
            "smoke",
            "backout",
            "contents",
            "actual",
            "acceptance",
            "promotion",
            "items",
            "attempts",
            "waves",
            "artifacts",
            "category",
            "order",
            "path",
            "turnovers",
            "scope",
        ],
    },
    Group {
        name: "person",
        about: "who does what",
        rules: person::RULES,
        rests_on: &[
            "roles", "by", "owner", "manager", "role", "planned", "tasks", "members", "lead",
            "status", "waves", "schedule",
        ],
    },
    Group {
        name: "portal",
        about: "what would break the published pages",
        rules: portal::RULES,
        rests_on: &[],
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
