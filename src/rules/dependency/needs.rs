//! The needs that still matter, and how messages speak of them.

use rustc_hash::FxHashSet;

use crate::diagnostic::Finding;
use crate::plan::DocId;
use crate::plan::kinds::turnover::TurnoverStatus;
use crate::rules::book::Context;
use crate::schedule::{Broken, Dependency, ReleaseDates, is_to_come};
use crate::text::Location;

/// Returns the needs of releases that have not ended and are not live yet, by release, then as written.
pub(super) fn open_needs<'c, 'p>(
    context: &'c Context<'p>,
) -> impl Iterator<Item = &'c Dependency<'p>> {
    let needs = context.schedule.dependencies().iter();
    needs.filter(|need| is_open(context, need.release.id) && !is_live(context, need.release.id))
}

/// Returns the needs that can be kept or broken: those that are not in themselves impossible, which other rules tell.
pub(super) fn possible_needs<'c, 'p>(
    context: &'c Context<'p>,
) -> impl Iterator<Item = &'c Dependency<'p>> {
    let cycles = context.schedule.cycles();
    let looped: FxHashSet<_> = cycles
        .iter()
        .flat_map(|cycle| &cycle.needs)
        .map(|need| (need.release.id, need.span.start))
        .collect();
    open_needs(context).filter(move |need| {
        let impossible = matches!(
            context.schedule.broken(need, context.as_of),
            Some(Broken::Itself | Broken::Abandoned)
        );
        !impossible && !looped.contains(&(need.release.id, need.span.start))
    })
}

/// Returns whether the release `id` and its train have not ended.
pub(super) fn is_open(context: &Context<'_>, id: DocId) -> bool {
    let train = context.plan.document(id).belongs.train;
    context.plan.is_open(id) && train.is_none_or(|train| context.plan.is_open(train))
}

/// Returns whether the release `id` was deployed to production, with nothing more to come.
fn is_live(context: &Context<'_>, id: DocId) -> bool {
    let turnovers = context.schedule.turnovers_of(id).iter();
    let mut production = turnovers.filter(|turnover| context.schedule.is_production(turnover));
    let deployed = |status: TurnoverStatus| status == TurnoverStatus::Deployed;
    let is_deployed = production.clone().any(|turnover| {
        let status = turnover.fields.status.as_ref();
        status.is_some_and(|status| deployed(status.value))
    });
    is_deployed && !production.any(|turnover| is_to_come(turnover.fields))
}

/// Returns whether one turnover to production brings both the release and what it needs, whenever that is: its run sheet
/// has the order.
pub(super) fn is_brought_together(context: &Context<'_>, need: &Dependency<'_>) -> bool {
    let Some(needed) = need.needed.document() else {
        return false;
    };
    let also = context.schedule.turnovers_of(needed);
    let mut own = context.schedule.turnovers_of(need.release.id).iter();
    own.any(|turnover| {
        context.schedule.is_production(turnover) && also.iter().any(|other| other.id == turnover.id)
    })
}

/// Returns what `need` asks for, as a message names it.
pub(super) fn needed(context: &Context<'_>, need: &Dependency<'_>) -> String {
    match need.needed.document() {
        Some(document) => context.name(document),
        None => "something outside of the plan".to_owned(),
    }
}

/// Returns where `need` is written.
pub(super) fn place(context: &Context<'_>, need: &Dependency<'_>) -> Location {
    context.plan.locate(need.release.id, need.span)
}

/// Adds to `finding` where `dates` are written, as what belongs to the document `id`.
pub(super) fn also_dates(
    finding: Finding,
    context: &Context<'_>,
    id: DocId,
    dates: &ReleaseDates<'_>,
) -> Finding {
    let (says, span) = dates.says;
    let label = format!("when {} is planned", context.name(id));
    finding.also(context.plan.locate(says, span), label)
}
