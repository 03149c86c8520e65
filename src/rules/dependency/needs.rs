//! The needs that still matter, and how messages speak of them.

use rustc_hash::FxHashSet;

use crate::diagnostic::Finding;
use crate::plan::DocId;
use crate::rules::book::Context;
use crate::schedule::{Broken, Dependency, ReleaseDates};
use crate::text::Location;

/// Returns the needs of releases that have not ended and are not live yet, by release, then as written.
pub(super) fn open_needs<'c, 'p>(
    context: &'c Context<'p>,
) -> impl Iterator<Item = &'c Dependency<'p>> {
    let needs = context.schedule.dependencies().iter();
    needs.filter(|need| {
        is_open(context, need.release.id) && !context.schedule.is_live(need.release.id)
    })
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
