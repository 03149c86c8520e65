//! Turnovers that should have passed their earlier environments by now.

use crate::plan::Doc;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::rules::book::Context;
use crate::schedule::{Passage, PassageState};

/// Returns the environments that turnovers have not passed as they have to, for those that are handed in or about to
/// happen: before that, the turnovers to the earlier environments need not be written yet.
pub(super) fn broken_passages<'c, 'p>(
    context: &'c Context<'p>,
) -> impl Iterator<Item = (Doc<'p, Turnover>, Passage<'p>)> + 'c {
    let ready = context
        .coming()
        .filter(|turnover| is_handed_in(turnover) || context.is_due(*turnover));
    let passages = ready.flat_map(|turnover| {
        let promotion = context.schedule.promotion(turnover);
        let passages = promotion.passages.into_iter();
        passages.map(move |passage| (turnover, passage))
    });
    passages.filter(|(_, passage)| !holds(context, passage))
}

fn is_handed_in(turnover: &Turnover) -> bool {
    turnover.status.as_ref().is_some_and(|status| {
        matches!(
            status.value,
            TurnoverStatus::Submitted | TurnoverStatus::Accepted
        )
    })
}

/// Returns whether enough releases pass an environment: what is planned counts until its day is over.
fn holds(context: &Context<'_>, passage: &Passage<'_>) -> bool {
    let passed = passage
        .releases
        .iter()
        .filter(|(_, state)| passes(context, state));
    passed.count() >= passage.required.min(passage.releases.len())
}

/// Returns whether a release passes an environment, or is still to.
pub(super) fn passes(context: &Context<'_>, state: &PassageState<'_>) -> bool {
    match state {
        PassageState::Passed(_) => true,
        PassageState::Planned(turnover) => {
            let reach = context.schedule.reach(*turnover);
            reach.is_none_or(|reach| reach.end.latest > context.now())
        }
        PassageState::Differs { .. } | PassageState::Skipped => false,
    }
}
