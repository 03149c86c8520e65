//! What the policy requires of the turnovers that are to go to production.

use crate::plan::Doc;
use crate::plan::kinds::policy::Requirement;
use crate::plan::kinds::turnover::Turnover;
use crate::rules::book::Context;

/// Returns the turnovers to production that have to bring `requirement`: because the policy asks it of the type of one
/// of their releases, or because no policy knows what to ask.
pub(super) fn production_requiring<'c, 'p>(
    context: &'c Context<'p>,
    requirement: Requirement,
) -> impl Iterator<Item = Doc<'p, Turnover>> + 'c {
    context.coming().filter(move |turnover| {
        context.schedule.is_production(turnover.fields)
            && is_required(context, *turnover, requirement)
    })
}

fn is_required(
    context: &Context<'_>,
    turnover: Doc<'_, Turnover>,
    requirement: Requirement,
) -> bool {
    let parts = context.schedule.target(turnover).parts;
    let belongs = turnover.document.belongs;
    parts.iter().any(|part| {
        let owner = part.release.or(belongs.release).or(belongs.train);
        let policy = owner.and_then(|owner| context.plan.binding_policy(owner));
        let asked = policy
            .zip(part.r#type)
            .and_then(|(policy, name)| policy.fields.types.get(name));
        asked.is_none_or(|asked| asked.requires.iter().any(|of| of.value == requirement))
    })
}
