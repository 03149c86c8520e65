//! `environment/restricted`: only its promoters deploy to a restricted environment.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::environment::Environment;
use crate::rules::book::{Context, Rule};
use crate::schedule::Refusal;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("restricted.md"),
    check,
);

const NAME: &str = "environment/restricted";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for turnover in context.coming() {
        if context.schedule.refusal(turnover) != Some(Refusal::Restricted) {
            continue;
        }
        let reference = turnover.fields.environment.as_ref();
        let Some(environment) = plan.follow::<Environment>(reference) else {
            continue;
        };
        let owner = turnover.document.common.owner.as_ref();
        let owner = owner.filter(|owner| !owner.is_open());
        let span = owner.map(|owner| owner.span);
        let span = span.or(reference.map(|reference| reference.span));
        let at = span.map_or(plan.head(turnover.id), |span| {
            plan.locate(turnover.id, span)
        });
        let (name, place) = (context.name(turnover.id), context.name(environment.id));
        let who = owner.map_or("nobody owns it".to_owned(), |owner| {
            format!("{} is none of its promoters", owner.parts().1)
        });
        let message = format!("{name} goes to {place}, which is restricted, and {who}");
        let finding = Finding::new(NAME, at, message);
        let finding = match environment.fields.promoters.first() {
            Some(first) => finding.also(plan.locate(environment.id, first.span), "its promoters"),
            None => finding.also(plan.head(environment.id), "names no promoters"),
        };
        findings.push(finding.hint("let one of its promoters own the turnover"));
    }
}
