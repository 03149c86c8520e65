//! `turnover/not-accepted`: operations have accepted what is about to go to production.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::{AcceptanceFault, acceptance_fault};

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
    let fault = acceptance_fault(turnover)?;
    let acceptance = turnover.fields.acceptance.as_ref();
    let decision = acceptance.and_then(|acceptance| acceptance.decision.as_ref());
    let decided = decision.map(|decision| decision.span);
    let by = acceptance.and_then(|acceptance| acceptance.by.as_ref());
    let start = context.schedule.occupied(turnover)?.deployment.start;
    let start = clock(start, context.schedule.zone(turnover.id));
    let begins = format!("{} begins {start}", context.name(turnover.id));
    let (span, message, hint) = match fault {
        AcceptanceFault::Missing => (
            turnover.fields.planned.as_ref().map(|planned| planned.span),
            format!("{begins}, and nobody has accepted it"),
            "have operations accept it, and write it under `acceptance`",
        ),
        AcceptanceFault::Refused => (
            decided,
            format!("{begins}, and its acceptance was refused"),
            "mend what was refused and ask again, or cancel it",
        ),
        AcceptanceFault::Unnamed => (
            decided,
            format!("{begins}, and its acceptance does not say by whom"),
            "write under `by` who has accepted it",
        ),
        AcceptanceFault::Own => {
            let author = by.map_or("", |by| by.parts().1);
            (
                by.map(|by| by.span),
                format!("{begins}, and only its own author, {author}, has accepted it"),
                "have another person accept it",
            )
        }
    };
    let at = span.map_or(context.plan.head(turnover.id), |span| {
        context.plan.locate(turnover.id, span)
    });
    Some(Finding::new(NAME, at, message).hint(hint))
}
