//! `freeze/exception-unused`: an exception that was granted is needed.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::exception::{Exception, RulingResult};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId, Kind};
use crate::rules::book::{Context, Rule};
use crate::schedule::{is_cancelled, is_to_come};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("exception-unused.md"),
    check,
);

const NAME: &str = "freeze/exception-unused";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for exception in context.schedule.unused_exceptions() {
        let Some((freeze, beneficiary)) = exception
            .fields
            .freeze
            .as_ref()
            .zip(exception.fields.r#for.as_ref())
        else {
            continue;
        };
        let (Some(frozen), Some(target)) = (freeze.target, beneficiary.target) else {
            continue;
        };
        if !is_standing(exception) || !has_settled(context, target) {
            continue;
        }
        let (name, freeze_name) = (context.name(exception.id), context.name(frozen));
        let message = format!(
            "{name} permits {} in {freeze_name}, which it does not meet",
            context.name(target)
        );
        let finding = Finding::new(NAME, plan.locate(exception.id, beneficiary.span), message);
        let finding = finding.also(plan.head(frozen), freeze_name);
        findings.push(finding.hint("take the exception back, or name what it is really for"));
    }
}

/// Returns whether `exception` is still a permission, or may become one.
fn is_standing(exception: Doc<'_, Exception>) -> bool {
    let decision = exception.fields.decision.as_ref();
    let result = decision.and_then(|decision| decision.result.as_ref());
    result.is_none_or(|result| result.value == RulingResult::Approved)
}

/// Returns whether it is known when everything is deployed that an exception for `beneficiary` permits, and some of it
/// is still to come: what has no date yet may still meet the freeze, and what is over cannot be mended.
fn has_settled(context: &Context<'_>, beneficiary: DocId) -> bool {
    let plan = context.plan;
    let turnovers: Vec<_> = match plan.document(beneficiary).kind {
        Kind::Turnover => plan.get::<Turnover>(beneficiary).into_iter().collect(),
        Kind::Release => context.schedule.turnovers_of(beneficiary).to_vec(),
        _ => {
            let of_train =
                |turnover: &Doc<'_, Turnover>| turnover.document.belongs.train == Some(beneficiary);
            plan.all::<Turnover>().filter(of_train).collect()
        }
    };
    let mut live = turnovers
        .iter()
        .filter(|turnover| !is_cancelled(turnover.fields));
    let ended = !plan.is_open(beneficiary);
    let coming = |turnover: &&Doc<'_, Turnover>| is_to_come(turnover.fields);
    !ended
        && live.clone().any(|turnover| coming(&turnover))
        && live.all(|turnover| context.schedule.occupied(*turnover).is_some())
}
