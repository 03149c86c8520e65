//! What two whole plans differ in: facts about documents, grouped by the train that they concern.
//!
//! Every fact is typed and owns what it tells, so that a comparison outlives the plans. Nothing here is worded.

use super::edit::{Content, Edit, Meaning, Step};
use crate::diagnostic::{RuleName, Severity};
use crate::lifecycle::{GateState, Standing};
use crate::plan::Kind;
use crate::plan::kinds::approval::Decision;
use crate::plan::kinds::freeze::FreezeSeverity;

/// What the change from one plan to another means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Trains first, then releases that travel alone, then the plan as a whole; of those, the ones with what needs
    /// somebody's attention first. A group has at least one entry.
    pub groups: Vec<Group>,
    /// How many errors the old plan has.
    pub errors_before: usize,
    /// How many errors the new plan has: what they hide is not told.
    pub errors_after: usize,
}

/// What changed for one train, for one release that travels alone, or for the plan as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The train or release; none for what concerns the plan as a whole.
    pub of: Option<Subject>,
    /// What changed, the most important first.
    pub entries: Vec<Entry>,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The document that it is about.
    pub of: Subject,
    /// What changed.
    pub fact: Fact,
}

/// A document that is spoken of: as it is in the new plan, or as it was when it is gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Its kind; none for the settings of the plan.
    pub kind: Option<Kind>,
    /// Its full id: `2026-q4/production`.
    pub id: String,
    /// The name that people read.
    pub title: String,
    /// The file that it stands in, relative to the plan.
    pub path: String,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A date or a stretch of time is another one, as resolved.
    Date(DateMove),
    /// A train or release is in another stage.
    Stage(StageMove),
    /// A gate opened or closed.
    Gate {
        /// The gate.
        gate: String,
        /// Whether it was passed.
        before: GateState,
        /// Whether it is.
        after: GateState,
        /// Why: `not passed because …`.
        reason: String,
    },
    /// A criterion of a gate stands elsewhere.
    Criterion {
        /// The gate.
        gate: String,
        /// The criterion.
        criterion: String,
        /// Where it stood; none for a new one.
        before: Option<Standing>,
        /// Where it stands; none when it is no longer asked for.
        after: Option<Standing>,
    },
    /// A decision was made, or another becomes of it.
    Vote(VoteMove),
    /// A deployment runs into something that it did not run into before, or no longer does.
    Conflict {
        /// What it runs into.
        with: Obstruction,
        /// Whether it does now.
        turn: Turn,
    },
    /// A need of a release is not met any more, or is again.
    Need {
        /// What is needed, as it is written: `release ledger-8.1`.
        needed: String,
        /// Whether it is broken now.
        turn: Turn,
        /// Why it is broken, or was.
        reason: NeedFault,
    },
    /// Two reservations of one environment exclude each other, or no longer do.
    Clash {
        /// The environment.
        environment: Subject,
        /// Who else has it.
        with: Subject,
        /// Whether they clash now.
        turn: Turn,
    },
    /// The releases that decide when the train is there are others, or in another order.
    Path {
        /// The ids of the releases that were on the critical path.
        before: Vec<String>,
        /// The ids of those that are.
        after: Vec<String>,
    },
    /// A policy asks for something else, and these trains and releases get another result by it.
    Policy {
        /// Those for whose gates something else is asked.
        affected: Vec<Subject>,
    },
    /// A diagnostic is new, or was fixed.
    Diagnostic(DiagnosticMove),
    /// A document came, went, or has another name.
    Document(Existence),
    /// A field says something else, or a part of the body does.
    Field(Edit),
}

/// A date or a stretch of time that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMove {
    /// The way to it, from the document down.
    pub field: Vec<Step>,
    /// What it was, resolved.
    pub before: Content,
    /// What it is, resolved.
    pub after: Content,
    /// What the change comes to.
    pub meaning: Meaning,
    /// What sort of date it is.
    pub rank: Rank,
    /// What it moved with; none when it was moved itself.
    pub follows: Option<Followed>,
    /// How many releases have it from the train.
    pub inherited: usize,
}

/// What sort of date it is, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The deployment of a train or a release, or a turnover to production.
    Deployment,
    /// A stage of a train or a release.
    Stage,
    /// A freeze.
    Freeze,
    /// A turnover to another environment.
    Turnover,
    /// A milestone.
    Milestone,
    /// The day by which a gate is to be passed.
    Gate,
    /// Every other one.
    Other,
}

/// What a relative date moved with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Followed {
    /// What it is counted from: `T`, or the id of a milestone.
    pub anchor: String,
    /// The document in which that is written, where it is known.
    pub of: Option<Subject>,
}

/// A train or release that is in another stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageMove {
    /// The stage that it was in; none before the first.
    pub before: Option<String>,
    /// The stage that it is in; none when its history is gone.
    pub after: Option<String>,
    /// Which way it went.
    pub way: Way,
}

/// Which way a train or release went through its stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To a later stage.
    Forward,
    /// To an earlier one, by an entry of its history.
    Back,
    /// It was given up.
    Abandoned,
    /// Entries of its history are gone.
    Unwritten,
}

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteMove {
    /// The gate; none for a decision on the whole.
    pub gate: Option<String>,
    /// Its level.
    pub level: Option<String>,
    /// Who decided, as it is written.
    pub by: String,
    /// What was decided.
    pub decision: Option<Decision>,
    /// What became of it.
    pub turn: VoteTurn,
    /// What differs from what was approved, for one that is stale: `dates`, `scope`.
    pub differs: Vec<&'static str>,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteTurn {
    /// It was made.
    Given,
    /// It is gone.
    Withdrawn,
    /// What was approved has changed since.
    Stale,
    /// What was approved is again as it was.
    Revived,
    /// It does not count any more, for another reason.
    Void,
    /// It counts now.
    Counts,
}

/// What a deployment runs into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstruction {
    /// A freeze from which nothing excuses it.
    Freeze {
        /// The freeze.
        freeze: Subject,
        /// Whether it is a hard one.
        severity: FreezeSeverity,
    },
    /// It does not lie in its windows.
    Window,
    /// Somebody else has reserved the environment.
    Reserved {
        /// The train or release that has.
        holder: Subject,
    },
}

/// Why a need is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedFault {
    /// It is planned too late.
    Late,
    /// The release needs itself.
    Itself,
    /// What is needed was given up.
    Abandoned,
    /// Its deployment failed.
    Failed,
    /// Its date is past, and it is not done.
    Overdue,
    /// Another version will be there.
    Version,
}

/// Whether something is there that was not, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is there now.
    Came,
    /// It was there.
    Went,
}

/// A diagnostic that is new, or was fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosticMove {
    /// The rule.
    pub rule: RuleName,
    /// How much it matters.
    pub severity: Severity,
    /// The fact.
    pub message: String,
    /// Its line, counted from 1: in the new plan, or in the old one when it was fixed.
    pub line: u32,
    /// Whether it is there now.
    pub turn: Turn,
    /// Whether another fact of the same document says the same.
    pub is_told: bool,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existence {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its file has another name, or its id is another one.
    Renamed {
        /// The path that it had.
        from: String,
    },
    /// It was a draft, or held back, and is published.
    Published,
    /// It was published, and is not any more.
    Unpublished,
    /// It could not be read, before or after.
    Unreadable,
}

/// What an entry is about, in the order in which a reader wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// When things take place.
    Dates,
    /// Stages.
    Stages,
    /// What deployments run into.
    Conflicts,
    /// What releases need.
    Needs,
    /// Reservations that exclude each other.
    Clashes,
    /// Gates.
    Gates,
    /// Decisions.
    Approvals,
    /// Criteria.
    Criteria,
    /// What is in it: releases, applications, versions, items, changes.
    Scope,
    /// The critical path.
    Path,
    /// What policies ask for.
    Policies,
    /// What `check` says.
    Diagnostics,
    /// Documents that came or went.
    Documents,
    /// Everything else.
    Fields,
}

impl Comparison {
    /// Returns whether nothing changed that means anything.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Returns every entry, by group.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.groups.iter().flat_map(|group| &group.entries)
    }
}

/// The fields of a release that tell what is in it.
const SCOPE: [&str; 10] = [
    "items",
    "components",
    "changes",
    "application",
    "applications",
    "version",
    "contents",
    "artifacts",
    "extent",
    "releases",
];

impl Entry {
    /// Returns what it is about.
    pub fn aspect(&self) -> Aspect {
        match &self.fact {
            Fact::Date(_) => Aspect::Dates,
            Fact::Stage(_) => Aspect::Stages,
            Fact::Conflict { .. } => Aspect::Conflicts,
            Fact::Need { .. } => Aspect::Needs,
            Fact::Clash { .. } => Aspect::Clashes,
            Fact::Gate { .. } => Aspect::Gates,
            Fact::Vote(_) => Aspect::Approvals,
            Fact::Criterion { .. } => Aspect::Criteria,
            Fact::Path { .. } => Aspect::Path,
            Fact::Policy { .. } => Aspect::Policies,
            Fact::Diagnostic(_) => Aspect::Diagnostics,
            Fact::Document(Existence::Added | Existence::Removed)
                if self.of.kind == Some(Kind::Release) =>
            {
                Aspect::Scope
            }
            Fact::Document(_) => Aspect::Documents,
            Fact::Field(edit) => match edit.field.first() {
                Some(Step::Field(name)) if SCOPE.contains(name) => Aspect::Scope,
                _ => Aspect::Fields,
            },
        }
    }

    /// Returns whether it makes the plan worse, so that somebody should look at it.
    pub fn is_worse(&self) -> bool {
        match &self.fact {
            Fact::Conflict { turn, .. } | Fact::Need { turn, .. } | Fact::Clash { turn, .. } => {
                *turn == Turn::Came
            }
            Fact::Gate { after, .. } => !after.is_open(),
            Fact::Criterion { before, after, .. } => {
                let passes = |standing: &Option<Standing>| standing.is_none_or(Standing::passes);
                passes(before) && !passes(after)
            }
            Fact::Stage(stage) => stage.way != Way::Forward,
            Fact::Vote(vote) => {
                matches!(
                    vote.turn,
                    VoteTurn::Stale | VoteTurn::Void | VoteTurn::Withdrawn
                ) || vote.turn == VoteTurn::Given && vote.decision == Some(Decision::Rejected)
            }
            Fact::Diagnostic(of) => of.turn == Turn::Came && of.severity == Severity::Error,
            Fact::Date(of) => of.meaning == Meaning::Opened,
            Fact::Document(existence) => *existence == Existence::Unreadable,
            Fact::Path { .. } | Fact::Policy { .. } | Fact::Field(_) => false,
        }
    }

    /// Returns whether it says the same as `diagnostic` of the document `of`, which is of the same group.
    pub fn tells(&self, of: &Subject, diagnostic: &DiagnosticMove) -> bool {
        let is_here = self.of.path == of.path;
        let (group, rule) = (diagnostic.rule.group(), diagnostic.rule.0);
        match &self.fact {
            Fact::Conflict { with, turn } if *turn == diagnostic.turn && is_here => match with {
                Obstruction::Freeze { .. } => group == "freeze",
                Obstruction::Window => group == "window",
                Obstruction::Reserved { .. } => group == "environment",
            },
            Fact::Need { turn, .. } => *turn == diagnostic.turn && is_here && group == "dependency",
            Fact::Clash { turn, with, .. } => {
                let is_here = is_here || with.path == of.path;
                *turn == diagnostic.turn && is_here && rule == "environment/double-booked"
            }
            Fact::Vote(vote) => match vote.turn {
                VoteTurn::Stale => diagnostic.turn == Turn::Came && rule == "approval/stale",
                VoteTurn::Revived => diagnostic.turn == Turn::Went && rule == "approval/stale",
                _ => false,
            },
            _ => false,
        }
    }
}
