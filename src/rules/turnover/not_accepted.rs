//! `turnover/not-accepted`: operations have accepted what is about to go to production.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::AcceptanceDecision;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("not-accepted.md"),
    check,
);

const NAME: &str = "turnover/not-accepted";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let production = context
        .coming()
        .filter(|turnover| context.schedule.is_production(turnover));
    let due = production.filter(|turnover| context.is_due(*turnover));
    findings.extend(due.filter_map(|turnover| not_accepted(context, turnover)));
}

fn not_accepted(context: &Context<'_>, turnover: Doc<'_, Turnover>) -> Option<Finding> {
    let acceptance = turnover.fields.acceptance.as_ref();
    let decision = acceptance.and_then(|acceptance| acceptance.decision.as_ref());
    let by = acceptance.and_then(|acceptance| acceptance.by.as_ref());
    let owner = turnover.document.common.owner.as_ref();
    let (name, start) = (
        context.name(turnover.id),
        clock(
            context.schedule.occupied(turnover)?.deployment.start,
            context.schedule.zone(turnover.id),
        ),
    );
    let begins = format!("{name} begins {start}");
    let (span, message, hint) = match (decision.map(|decision| decision.value), by) {
        (Some(AcceptanceDecision::Rejected), _) => (
            decision.map(|decision| decision.span),
            format!("{begins}, and its acceptance was refused"),
            "mend what was refused and ask again, or cancel it",
        ),
        (Some(AcceptanceDecision::Accepted), Some(by))
            if owner.is_some_and(|owner| owner.parts() == by.parts()) =>
        {
            (
                Some(by.span),
                format!(
                    "{begins}, and only its own author, {}, has accepted it",
                    by.parts().1
                ),
                "have another person accept it",
            )
        }
        (Some(AcceptanceDecision::Accepted), Some(by)) if !by.is_open() => return None,
        (Some(AcceptanceDecision::Accepted), _) => (
            decision.map(|decision| decision.span),
            format!("{begins}, and its acceptance does not say by whom"),
            "write under `by` who has accepted it",
        ),
        (None, _) => (
            turnover.fields.planned.as_ref().map(|planned| planned.span),
            format!("{begins}, and nobody has accepted it"),
            "have operations accept it, and write it under `acceptance`",
        ),
    };
    let at = span.map_or(context.plan.head(turnover.id), |span| {
        context.plan.locate(turnover.id, span)
    });
    Some(Finding::new(NAME, at, message).hint(hint))
}
