//! How messages speak of needs.

use crate::diagnostic::Finding;
use crate::plan::DocId;
use crate::rules::book::Context;
use crate::schedule::{Dependency, ReleaseDates};
use crate::text::Location;

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
