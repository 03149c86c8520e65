//! What all of a comparison comes to: how many of what, and the sentence that says it.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::counted;
use crate::diagnostic::Severity;
use crate::diff::{
    Aspect, Comparison, Entry, Existence, Fact, Meaning, Obstruction, Turn, VoteTurn, Way,
};

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// Dates that were moved, settled, opened, widened or narrowed themselves.
    dates: usize,
    /// Relative dates that follow.
    following: usize,
    /// Stages entered.
    stages_entered: usize,
    /// Trains and releases that went back, or were abandoned.
    stages_left: usize,
    /// Freezes that deployments meet now.
    freezes_hit: usize,
    /// Freezes that deployments no longer meet.
    freezes_freed: usize,
    /// Deployments that meet a reservation, or lie outside of their windows, now.
    conflicts: usize,
    /// Deployments that no longer do.
    conflicts_gone: usize,
    /// Needs that are not met any more.
    needs_broken: usize,
    /// Needs that are met again.
    needs_mended: usize,
    /// Reservations that exclude each other now.
    clashes: usize,
    /// Reservations that no longer do.
    clashes_gone: usize,
    /// Gates that closed.
    gates_closed: usize,
    /// Gates that opened.
    gates_opened: usize,
    /// Decisions made.
    decisions: usize,
    /// Decisions taken back.
    decisions_withdrawn: usize,
    /// Approvals that went stale, or do not count any more.
    approvals_stale: usize,
    /// Approvals that count again.
    approvals_revived: usize,
    /// Criteria that stand elsewhere.
    criteria: usize,
    /// Changes of what is in trains and releases.
    scope: usize,
    /// Critical paths that changed.
    paths: usize,
    /// Policies and models that changed.
    policies: usize,
    /// New errors.
    errors: usize,
    /// New warnings.
    warnings: usize,
    /// New infos.
    infos: usize,
    /// Diagnostics that were fixed.
    fixed: usize,
    /// Documents added, apart from releases.
    added: usize,
    /// Documents removed, apart from releases.
    removed: usize,
    /// Documents with another name.
    renamed: usize,
    /// Documents published, or taken back.
    published: usize,
    /// Documents that could not be read, before or after.
    unreadable: usize,
    /// Other fields, and parts of bodies.
    fields: usize,
}

impl Summary {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let mut summary = Self::default();
        for entry in comparison.entries() {
            *summary.counter(entry) += 1;
        }
        summary
    }

    /// Returns the number that `entry` counts for.
    fn counter(&mut self, entry: &Entry) -> &mut usize {
        match &entry.fact {
            _ if entry.aspect() == Aspect::Scope => &mut self.scope,
            Fact::Date(of) if of.follows.is_some() => &mut self.following,
            Fact::Date(_) => &mut self.dates,
            Fact::Stage(of) if of.way == Way::Forward => &mut self.stages_entered,
            Fact::Stage(_) => &mut self.stages_left,
            Fact::Conflict { with, turn } => match (with, turn) {
                (Obstruction::Freeze { .. }, Turn::Came) => &mut self.freezes_hit,
                (Obstruction::Freeze { .. }, Turn::Went) => &mut self.freezes_freed,
                (_, Turn::Came) => &mut self.conflicts,
                (_, Turn::Went) => &mut self.conflicts_gone,
            },
            Fact::Need { turn, .. } => match turn {
                Turn::Came => &mut self.needs_broken,
                Turn::Went => &mut self.needs_mended,
            },
            Fact::Clash { turn, .. } => match turn {
                Turn::Came => &mut self.clashes,
                Turn::Went => &mut self.clashes_gone,
            },
            Fact::Gate { after, .. } => match after.is_open() {
                true => &mut self.gates_opened,
                false => &mut self.gates_closed,
            },
            Fact::Vote(of) => match of.turn {
                VoteTurn::Given => &mut self.decisions,
                VoteTurn::Withdrawn => &mut self.decisions_withdrawn,
                VoteTurn::Stale | VoteTurn::Void => &mut self.approvals_stale,
                VoteTurn::Revived | VoteTurn::Counts => &mut self.approvals_revived,
            },
            Fact::Criterion { .. } => &mut self.criteria,
            Fact::Path { .. } => &mut self.paths,
            Fact::Policy { .. } => &mut self.policies,
            Fact::Diagnostic(of) => match (of.turn, of.severity) {
                (Turn::Went, _) => &mut self.fixed,
                (Turn::Came, Severity::Error) => &mut self.errors,
                (Turn::Came, Severity::Warning) => &mut self.warnings,
                (Turn::Came, Severity::Info) => &mut self.infos,
            },
            Fact::Document(existence) => match existence {
                Existence::Added => &mut self.added,
                Existence::Removed => &mut self.removed,
                Existence::Renamed { .. } => &mut self.renamed,
                Existence::Published | Existence::Unpublished => &mut self.published,
                Existence::Unreadable => &mut self.unreadable,
            },
            Fact::Field(edit) if edit.meaning == Meaning::Unreadable => &mut self.unreadable,
            Fact::Field(_) => &mut self.fields,
        }
    }

    /// Returns how many errors are new.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Returns it in one sentence: `3 dates moved, 1 gate closed, 1 freeze newly hit`.
    pub(super) fn words(&self) -> String {
        let told = self.told();
        let told = told.into_iter().filter(|(count, _, _)| *count > 0);
        let words: Vec<String> = told
            .map(|(count, one, many)| counted(count, one, many))
            .collect();
        match words.is_empty() {
            true => "no change in meaning".to_owned(),
            false => words.join(", "),
        }
    }

    /// Returns each number with what one and many of it are called, the most important first.
    fn told(&self) -> Vec<(usize, &'static str, &'static str)> {
        vec![
            (
                self.unreadable,
                "document unreadable",
                "documents unreadable",
            ),
            (self.dates, "date moved", "dates moved"),
            (self.following, "date follows", "dates follow"),
            (
                self.stages_left,
                "stage left backwards",
                "stages left backwards",
            ),
            (self.stages_entered, "stage entered", "stages entered"),
            (self.freezes_hit, "freeze newly hit", "freezes newly hit"),
            (
                self.conflicts,
                "deployment in the way of others or of its windows",
                "deployments in the way of others or of their windows",
            ),
            (self.needs_broken, "need newly broken", "needs newly broken"),
            (
                self.clashes,
                "new clash over an environment",
                "new clashes over environments",
            ),
            (self.gates_closed, "gate closed", "gates closed"),
            (
                self.approvals_stale,
                "approval gone stale",
                "approvals gone stale",
            ),
            (
                self.decisions_withdrawn,
                "decision withdrawn",
                "decisions withdrawn",
            ),
            (self.errors, "new error", "new errors"),
            (self.warnings, "new warning", "new warnings"),
            (self.infos, "new info", "new infos"),
            (self.gates_opened, "gate opened", "gates opened"),
            (self.decisions, "decision made", "decisions made"),
            (
                self.approvals_revived,
                "approval counts again",
                "approvals count again",
            ),
            (self.criteria, "criterion changed", "criteria changed"),
            (self.freezes_freed, "freeze freed", "freezes freed"),
            (
                self.conflicts_gone,
                "deployment out of the way",
                "deployments out of the way",
            ),
            (self.needs_mended, "need mended", "needs mended"),
            (self.clashes_gone, "clash gone", "clashes gone"),
            (self.fixed, "diagnostic fixed", "diagnostics fixed"),
            (self.scope, "change of scope", "changes of scope"),
            (
                self.paths,
                "critical path changed",
                "critical paths changed",
            ),
            (self.policies, "policy changed", "policies changed"),
            (self.added, "document added", "documents added"),
            (self.removed, "document removed", "documents removed"),
            (self.renamed, "document renamed", "documents renamed"),
            (
                self.published,
                "document published or taken back",
                "documents published or taken back",
            ),
            (self.fields, "other change", "other changes"),
        ]
    }
}
