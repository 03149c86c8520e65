//! `turnover/deployed-early`: what counts as deployed has taken place, and not before its time.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::value::Period;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::Reach;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("deployed-early.md"),
    check,
);

const NAME: &str = "turnover/deployed-early";

fn check(context: &Context<'_>, findings: &mut Findings) {
    findings.extend(
        context
            .on_the_way()
            .filter_map(|turnover| early(context, turnover)),
    );
}

fn early(context: &Context<'_>, turnover: Doc<'_, Turnover>) -> Option<Finding> {
    let status = turnover.fields.status.as_ref()?;
    if status.value != TurnoverStatus::Deployed {
        return None;
    }
    let zone = context.schedule.zone(turnover.id);
    let calendar = context.schedule.calendar(turnover.id);
    let order = |period: &Period| Reach::of_order(&period.resolved, zone, &calendar);
    let (actual, planned) = (
        turnover.fields.actual.as_ref(),
        turnover.fields.planned.as_ref(),
    );
    let name = context.name(turnover.id);
    let said = actual.or(planned)?;
    let began = order(said)?.start;
    let tomorrow = context
        .schedule
        .zone_of_plan()
        .start_of(context.as_of.next());
    if began.earliest >= tomorrow {
        let begins = clock(began.earliest, zone);
        let message = format!("{name} counts as deployed, and begins only {begins}");
        let finding = Finding::new(NAME, context.plan.locate(turnover.id, status.span), message);
        let there = context.plan.locate(turnover.id, said.span);
        return Some(
            finding
                .also(there, "when it begins")
                .hint("correct its status, or write under `actual` when it took place"),
        );
    }
    let (actual, planned) = (actual?, planned?);
    let due = order(planned)?.start;
    if began.latest >= due.earliest {
        return None;
    }
    let (began, due) = (clock(began.latest, zone), clock(due.earliest, zone));
    let message = format!("{name} was begun {began}, before its time, {due}");
    let finding = Finding::new(NAME, context.plan.locate(turnover.id, actual.span), message);
    let there = context.plan.locate(turnover.id, planned.span);
    Some(
        finding
            .also(there, "when it was planned")
            .hint("correct the time, or allow it and say who agreed"),
    )
}
