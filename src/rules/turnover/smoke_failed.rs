//! `turnover/smoke-failed`: what counts as deployed works.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::turnover::TurnoverStatus;
use crate::plan::parts::deployment::SmokeResult;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("smoke-failed.md"),
    check,
);

const NAME: &str = "turnover/smoke-failed";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in context.on_the_way() {
        let Some(status) = &turnover.fields.status else {
            continue;
        };
        if status.value != TurnoverStatus::Deployed {
            continue;
        }
        for test in &turnover.fields.smoke {
            let Some(result) = &test.result else { continue };
            if result.value != SmokeResult::Failed {
                continue;
            }
            let message = format!(
                "{} counts as deployed, and its smoke test {} failed",
                context.name(turnover.id),
                test.id.value
            );
            let finding =
                Finding::new(NAME, context.plan.locate(turnover.id, result.span), message);
            let there = context.plan.locate(turnover.id, status.span);
            findings.push(finding.also(there, "its status").hint(
                "write `failed` or `rolled-back` as its status, or the result of the test that was repeated",
            ));
        }
    }
}
