//! Deployments that meet a freeze, each freeze once: what the rules of this group share out among them.

use rustc_hash::FxHashSet;

use crate::diagnostic::Finding;
use crate::plan::kinds::exception::Exception;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::value::Choices as _;
use crate::plan::{Doc, DocId};
use crate::rules::book::Context;
use crate::rules::coming::span_of;
use crate::schedule::{ExceptionFault, ExceptionState, FreezeConflict};
use crate::text::Location;

/// A deployment in a freeze that no exception permits.
pub(super) struct Conflict<'p> {
    /// The turnover.
    pub(super) turnover: Doc<'p, Turnover>,
    /// What it meets.
    pub(super) met: FreezeConflict<'p>,
}

/// Returns what `turnovers` meet without a permission: each freeze once for each turnover, however many of its waves or
/// of the freeze's occurrences are concerned.
pub(super) fn conflicts<'p>(
    context: &Context<'p>,
    turnovers: impl Iterator<Item = Doc<'p, Turnover>>,
) -> Vec<Conflict<'p>> {
    let mut found = Vec::new();
    for turnover in turnovers {
        let mut seen: FxHashSet<DocId> = FxHashSet::default();
        let met = context.schedule.freeze_conflicts(turnover);
        // A wave that is over cannot be mended any more.
        let is_over = |met: &FreezeConflict<'_>| {
            let occupied = met.occupied.filter(|occupied| occupied.wave.is_some());
            occupied.is_some_and(|occupied| occupied.whole.end <= context.now())
        };
        let forbidden = met
            .into_iter()
            .filter(|met| !matches!(met.exception, ExceptionState::Valid(_)) && !is_over(met));
        let once = forbidden.filter(|met| seen.insert(met.freeze.id));
        found.extend(once.map(|met| Conflict { turnover, met }));
    }
    found
}

impl<'p> Conflict<'p> {
    /// Returns the exception that was to permit it, and why it does not.
    pub(super) fn faulty(&self) -> Option<(Doc<'p, Exception>, ExceptionFault)> {
        match self.met.exception {
            ExceptionState::Faulty(exception, fault) => Some((exception, fault)),
            ExceptionState::Missing | ExceptionState::Valid(_) => None,
        }
    }

    /// Returns the deployment as a message names it: the turnover, or one wave of it.
    pub(super) fn name(&self, context: &Context<'p>) -> String {
        context.name_of(self.turnover, self.met.occupied.as_ref())
    }

    /// Adds to `finding` when the deployment fits outside of the freeze, or `otherwise`.
    pub(super) fn hint_next_fit(
        &self,
        finding: Finding,
        context: &Context<'p>,
        otherwise: &str,
    ) -> Finding {
        context.hint_next_fit(
            finding,
            self.turnover,
            self.met.occupied.as_ref(),
            otherwise,
        )
    }

    /// Returns the freeze as a message names it: `hard freeze year-end-2026, from 18 December 2026 to 4 January 2027`.
    pub(super) fn freeze(&self, context: &Context<'_>) -> String {
        let severity = self.met.severity.word();
        let freeze = self.met.freeze;
        let held = span_of(
            self.met.occurrence.outer(),
            context.schedule.zone(freeze.id),
        );
        format!("{severity} freeze {}, {held}", freeze.document.id)
    }

    /// Returns a finding of `rule` where the turnover is planned, with the freeze beside it.
    pub(super) fn at_turnover(
        &self,
        rule: &'static str,
        message: String,
        context: &Context<'_>,
    ) -> Finding {
        let finding = Finding::new(rule, self.place(context), message);
        self.also_freeze(finding, context)
    }

    /// Returns where it is written when the deployment takes place.
    fn place(&self, context: &Context<'_>) -> Location {
        match self.met.occupied {
            Some(occupied) => context.plan.locate(self.turnover.id, occupied.period.span),
            None => context.planned_at(self.turnover),
        }
    }

    /// Returns a finding of `rule` at `at` in the exception's document, with the turnover and the freeze beside it.
    pub(super) fn at_exception(
        &self,
        rule: &'static str,
        at: Location,
        message: String,
        context: &Context<'p>,
    ) -> Finding {
        let finding = Finding::new(rule, at, message).also(self.place(context), self.name(context));
        self.also_freeze(finding, context)
    }

    fn also_freeze(&self, finding: Finding, context: &Context<'_>) -> Finding {
        let freeze = self.met.freeze;
        match &freeze.fields.planned {
            Some(planned) => finding.also(
                context.plan.locate(freeze.id, planned.span),
                context.name(freeze.id),
            ),
            None => finding,
        }
    }
}
