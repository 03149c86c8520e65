//! `freeze/exception-expired`: an exception holds until the deployment is over.

use super::conflicts::conflicts;
use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::ExceptionFault;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("exception-expired.md"),
    check,
);

const NAME: &str = "freeze/exception-expired";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for conflict in conflicts(context, context.coming()) {
        let Some((exception, ExceptionFault::Expired { ends })) = conflict.faulty() else {
            continue;
        };
        let at = match &exception.fields.expires {
            Some(expires) => context.plan.locate(exception.id, expires.span),
            None => context.plan.head(exception.id),
        };
        let ends = clock(ends, context.schedule.zone(exception.id));
        let (name, turnover) = (context.name(exception.id), conflict.name(context));
        let over = conflict.met.occupied.map(|occupied| {
            let over = clock(
                occupied.whole.end,
                context.schedule.zone(conflict.turnover.id),
            );
            format!(", which is over by {over}")
        });
        let message = format!(
            "{name} ends {ends}, before {turnover} does{}",
            over.unwrap_or_default()
        );
        let finding = conflict.at_exception(NAME, at, message, context);
        findings.push(finding.hint("have the exception extended, back-out reserve included"));
    }
}
