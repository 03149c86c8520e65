//! `environment/offline`: nothing is deployed where nothing can be.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::environment::Environment;
use crate::rules::book::{Context, Rule};
use crate::schedule::Refusal;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("offline.md"), check);

const NAME: &str = "environment/offline";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for turnover in context.coming() {
        if context.schedule.refusal(turnover) != Some(Refusal::Offline) {
            continue;
        }
        let reference = turnover.fields.environment.as_ref();
        let environment = plan.follow::<Environment>(reference);
        let Some((reference, environment)) = reference.zip(environment) else {
            continue;
        };
        let status = environment.fields.status.as_ref();
        let there = status.map_or(plan.head(environment.id), |status| {
            plan.locate(environment.id, status.span)
        });
        let (name, environment) = (context.name(turnover.id), context.name(environment.id));
        let message = format!("{name} goes to {environment}, which is offline");
        findings.push(
            Finding::new(NAME, plan.locate(turnover.id, reference.span), message)
                .also(there, environment)
                .hint("deploy elsewhere, or write `status: available` once it is back"),
        );
    }
}
