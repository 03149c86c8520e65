//! The comparison for programs: one JSON object, whose shape is a promise.
//!
//! A change that a reader could notice raises [`VERSION`].

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::summary::Summary;
use super::words;
use super::{Changes, Version};
use crate::diff::{
    Aspect, Content, Entry, Existence, Fact, Group, Meaning, NeedFault, Obstruction, Subject, Turn,
    VoteTurn, Way,
};
use crate::lifecycle::Standing;
use crate::plan::value::Choices as _;

const VERSION: u32 = 1;

/// What `trainboard diff --format json` prints.
///
/// Groups and entries stand in the order in which they matter. What is not known or does not apply is left out.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "trainboard diff")]
struct Object<'a> {
    /// The version of this shape.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The day as of which both plans are seen, as `2026-11-21`.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// The plan that is compared with.
    old: Revision<'a>,
    /// The plan that is told.
    new: Revision<'a>,
    /// How many of each.
    summary: Summary,
    /// What changed, by train, then by release that travels alone, then for the plan as a whole.
    groups: Vec<GroupObject<'a>>,
}

/// One of the two plans.
#[derive(Serialize, JsonSchema)]
struct Revision<'a> {
    /// The git revision as it was asked for; null for the files on disk.
    revision: Option<&'a str>,
    /// The full name of its commit; null for the files on disk.
    commit: Option<&'a str>,
    /// How many errors it has: what they hide is not told.
    errors: usize,
}

/// What changed for one train, for one release that travels alone, or for the plan as a whole.
#[derive(Serialize, JsonSchema)]
struct GroupObject<'a> {
    /// The train or release; null for the plan as a whole.
    of: Option<SubjectObject<'a>>,
    /// What changed.
    changes: Vec<Change<'a>>,
}

/// A document.
#[derive(Serialize, JsonSchema)]
struct SubjectObject<'a> {
    /// Its kind, such as `release`; null for the settings of the plan.
    kind: Option<&'static str>,
    /// Its full id.
    id: &'a str,
    /// The name that people read.
    title: &'a str,
    /// Its file, relative to the plan; the old one when it is gone.
    path: &'a str,
}

/// One thing that changed.
#[derive(Default, Serialize, JsonSchema)]
struct Change<'a> {
    /// What it is about: `dates`, `stages`, `conflicts`, `needs`, `clashes`, `gates`, `approvals`, `criteria`, `scope`,
    /// `path`, `policies`, `diagnostics`, `documents` or `fields`.
    aspect: &'static str,
    /// What happened, a stable word: `moved`, `entered`, `closed`, `stale`, `came`, `added`.
    change: &'static str,
    /// Whether the plan is worse for it.
    worse: bool,
    /// The document that it is about.
    of: Option<SubjectObject<'a>>,
    /// The change in words.
    message: String,
    /// The field, as its keys from the document down.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    field: Vec<String>,
    /// What was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// What is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// By how many days a date moved, or a stretch of time became longer (or shorter, when negative).
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<i64>,
    /// What a relative date followed: `T`, or a milestone.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<&'a str>,
    /// How many releases have the date from their train.
    #[serde(skip_serializing_if = "Option::is_none")]
    inherited_by: Option<usize>,
    /// The gate.
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<&'a str>,
    /// The criterion.
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<&'a str>,
    /// The level of a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    /// What was decided: `approved`, `rejected` or `abstained`.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<&'static str>,
    /// In what a stale approval differs from what was approved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differs: Vec<&'static str>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What it runs into: `freeze`, `window` or `reservation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    obstruction: Option<&'static str>,
    /// Other documents that it is about: the freeze, the environment and who else has it, who is affected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    with: Vec<SubjectObject<'a>>,
    /// The rule of a diagnostic.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    /// The severity of a diagnostic, or of a freeze.
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    /// The line of a diagnostic, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

/// Returns the JSON Schema (draft 2020-12) of the answer, made from the types that write it.
pub(super) fn schema() -> schemars::Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Object<'_>>()
}

/// Writes `changes` as one JSON object; fails only when the writer does.
pub(super) fn write(changes: &Changes, out: &mut dyn Write) -> io::Result<()> {
    let comparison = &changes.comparison;
    let object = Object {
        version: VERSION,
        as_of: changes.as_of.to_string(),
        old: revision(&changes.old, comparison.errors_before),
        new: revision(&changes.new, comparison.errors_after),
        summary: Summary::of(comparison),
        groups: comparison.groups.iter().map(group).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn revision(version: &Version, errors: usize) -> Revision<'_> {
    Revision {
        revision: version.revision.as_deref(),
        commit: version.commit.as_deref(),
        errors,
    }
}

fn group(group: &Group) -> GroupObject<'_> {
    GroupObject {
        of: group.of.as_ref().map(subject),
        changes: group
            .entries
            .iter()
            .map(|entry| change(entry, group))
            .collect(),
    }
}

fn subject(subject: &Subject) -> SubjectObject<'_> {
    SubjectObject {
        kind: subject.kind.map(crate::plan::Kind::word),
        id: &subject.id,
        title: &subject.title,
        path: &subject.path,
    }
}

fn change<'a>(entry: &'a Entry, group: &Group) -> Change<'a> {
    let common = Change {
        aspect: aspect(entry.aspect()),
        worse: entry.is_worse(),
        of: Some(subject(&entry.of)),
        message: words::fact(&words::name(&entry.of, group), &entry.fact),
        ..Change::default()
    };
    match &entry.fact {
        Fact::Date(of) => Change {
            change: meaning(of.meaning),
            field: words::steps(&of.field),
            before: content(&of.before),
            after: content(&of.after),
            days: days(of.meaning),
            follows: of.follows.as_ref().map(|follows| &*follows.anchor),
            inherited_by: Some(of.inherited).filter(|count| *count > 0),
            ..common
        },
        Fact::Field(edit) => Change {
            change: meaning(edit.meaning),
            field: words::steps(&edit.field),
            before: content(&edit.before),
            after: content(&edit.after),
            days: days(edit.meaning),
            ..common
        },
        Fact::Stage(of) => Change {
            change: match of.way {
                Way::Forward => "entered",
                Way::Back => "returned",
                Way::Abandoned => "abandoned",
                Way::Unwritten => "unwritten",
            },
            before: of.before.clone(),
            after: of.after.clone(),
            ..common
        },
        Fact::Document(existence) => Change {
            before: match existence {
                Existence::Renamed { from } => Some(from.clone()),
                _ => None,
            },
            change: existing(existence),
            ..common
        },
        Fact::Diagnostic(of) => Change {
            change: turned(of.turn),
            message: of.message.clone(),
            rule: Some(of.rule.0),
            severity: Some(of.severity.word()),
            line: Some(of.line),
            ..common
        },
        _ => standing(entry, common),
    }
}

/// Returns how a train or release stands, and what it runs into.
fn standing<'a>(entry: &'a Entry, common: Change<'a>) -> Change<'a> {
    match &entry.fact {
        Fact::Gate {
            gate,
            before,
            after,
            reason,
        } => Change {
            change: if after.is_open() { "opened" } else { "closed" },
            gate: Some(gate),
            before: Some(before.word().to_owned()),
            after: Some(after.word().to_owned()),
            reason: Some(reason.clone()),
            ..common
        },
        Fact::Criterion {
            gate,
            criterion,
            before,
            after,
        } => Change {
            change: match (before, after) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            },
            gate: Some(gate),
            criterion: Some(criterion),
            before: before.map(Standing::word).map(str::to_owned),
            after: after.map(Standing::word).map(str::to_owned),
            ..common
        },
        Fact::Vote(of) => Change {
            change: match of.turn {
                VoteTurn::Given => "given",
                VoteTurn::Withdrawn => "withdrawn",
                VoteTurn::Stale => "stale",
                VoteTurn::Revived => "revived",
                VoteTurn::Void => "void",
                VoteTurn::Counts => "counts",
            },
            gate: of.gate.as_deref(),
            level: of.level.as_deref(),
            by: Some(&of.by),
            decision: of.decision.map(|decision| decision.word()),
            differs: of.differs.clone(),
            ..common
        },
        _ => obstacle(entry, common),
    }
}

fn obstacle<'a>(entry: &'a Entry, common: Change<'a>) -> Change<'a> {
    match &entry.fact {
        Fact::Conflict { with, turn } => Change {
            change: turned(*turn),
            obstruction: Some(match with {
                Obstruction::Freeze { .. } => "freeze",
                Obstruction::Window => "window",
                Obstruction::Reserved { .. } => "reservation",
            }),
            severity: match with {
                Obstruction::Freeze { severity, .. } => Some(severity.word()),
                _ => None,
            },
            with: match with {
                Obstruction::Freeze { freeze, .. } => vec![subject(freeze)],
                Obstruction::Reserved { holder } => vec![subject(holder)],
                Obstruction::Window => Vec::new(),
            },
            ..common
        },
        Fact::Need {
            needed,
            turn,
            reason,
        } => Change {
            change: turned(*turn),
            after: Some(needed.clone()),
            reason: Some(why(*reason).to_owned()),
            ..common
        },
        Fact::Clash {
            environment,
            with,
            turn,
        } => Change {
            change: turned(*turn),
            with: vec![subject(environment), subject(with)],
            ..common
        },
        Fact::Path { before, after } => Change {
            change: "changed",
            before: Some(before.join(" ")),
            after: Some(after.join(" ")),
            ..common
        },
        Fact::Policy { affected } => Change {
            change: "changed",
            with: affected.iter().map(subject).collect(),
            ..common
        },
        _ => common,
    }
}

fn turned(turn: Turn) -> &'static str {
    match turn {
        Turn::Came => "came",
        Turn::Went => "went",
    }
}

fn existing(existence: &Existence) -> &'static str {
    match existence {
        Existence::Added => "added",
        Existence::Removed => "removed",
        Existence::Renamed { .. } => "renamed",
        Existence::Published => "published",
        Existence::Unpublished => "unpublished",
        Existence::Unreadable => "unreadable",
    }
}

fn why(reason: NeedFault) -> &'static str {
    match reason {
        NeedFault::Late => "late",
        NeedFault::Itself => "itself",
        NeedFault::Abandoned => "abandoned",
        NeedFault::Failed => "failed",
        NeedFault::Overdue => "overdue",
        NeedFault::Version => "version",
    }
}

fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Dates => "dates",
        Aspect::Stages => "stages",
        Aspect::Conflicts => "conflicts",
        Aspect::Needs => "needs",
        Aspect::Clashes => "clashes",
        Aspect::Gates => "gates",
        Aspect::Approvals => "approvals",
        Aspect::Criteria => "criteria",
        Aspect::Scope => "scope",
        Aspect::Path => "path",
        Aspect::Policies => "policies",
        Aspect::Diagnostics => "diagnostics",
        Aspect::Documents => "documents",
        Aspect::Fields => "fields",
    }
}

fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Moved(_) => "moved",
        Meaning::Retimed => "retimed",
        Meaning::Settled => "settled",
        Meaning::Opened => "opened",
        Meaning::Widened(_) => "widened",
        Meaning::Narrowed(_) => "narrowed",
        Meaning::Entered => "entered",
        Meaning::Decided => "decided",
        Meaning::Withdrawn => "withdrawn",
        Meaning::Waived => "waived",
        Meaning::Added => "added",
        Meaning::Removed => "removed",
        Meaning::Changed => "changed",
        Meaning::Reworded => "reworded",
        Meaning::Unreadable => "unreadable",
    }
}

fn days(meaning: Meaning) -> Option<i64> {
    match meaning {
        Meaning::Moved(days) | Meaning::Widened(days) => Some(days),
        Meaning::Narrowed(days) => Some(-days),
        _ => None,
    }
}

/// Returns what stands in a field, as a plan writes it.
fn content(content: &Content) -> Option<String> {
    Some(match content {
        Content::Nothing => return None,
        Content::Date(date) => date.to_string(),
        Content::Period(interval) => interval.to_string(),
        Content::Word(text)
        | Content::Code(text)
        | Content::Reference(_, text)
        | Content::Text(text) => text.clone(),
        Content::Many(all) => {
            let all: Vec<String> = all.iter().filter_map(self::content).collect();
            all.join(", ")
        }
    })
}
