//! `environment/unreserved`: who plans with reservations has one wherever something is deployed.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::schedule::{Refusal, ReservationStanding};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("unreserved.md"),
    check,
);

const NAME: &str = "environment/unreserved";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in context.coming() {
        let standing = context.schedule.reservation_standing(turnover);
        // Before its days are known there is nothing to reserve, and who deploys into the reservation of another, or to
        // where nothing can be deployed, is told that.
        let missing = matches!(standing, ReservationStanding::Missing);
        if !missing
            || context.schedule.deployments(turnover).is_empty()
            || context.schedule.refusal(turnover) == Some(Refusal::Offline)
            || !context.schedule.trespasses(turnover).is_empty()
        {
            continue;
        }
        let Some(environment) = &turnover.fields.environment else {
            continue;
        };
        let message = format!(
            "{} goes to {}, which nobody has reserved for it",
            context.name(turnover.id),
            environment.parts().1
        );
        let at = context.plan.locate(turnover.id, environment.span);
        let belongs = turnover.document.belongs;
        let owner = belongs.train.or(belongs.release);
        let finding = Finding::new(NAME, at, message);
        let finding = match owner {
            Some(owner) => finding.also(context.plan.head(owner), context.name(owner)),
            None => finding,
        };
        findings.push(finding.hint("add it under `reservations` of the train, with its time"));
    }
}
