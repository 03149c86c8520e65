//! `turnover/promotion-skipped`: what is deployed has passed the environments before.

use super::promotion::{broken_passages, passes};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::rules::book::{Context, Rule, Setting};
use crate::schedule::{Passage, PassageState};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("promotion-skipped.md"),
    check,
)
.enforcing(&[Setting::Promotion]);

const NAME: &str = "turnover/promotion-skipped";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (turnover, passage) in broken_passages(context) {
        findings.extend(skipped(context, turnover, &passage));
    }
}

fn skipped(
    context: &Context<'_>,
    turnover: Doc<'_, Turnover>,
    passage: &Passage<'_>,
) -> Option<Finding> {
    // Other bytes than were tested are another fault.
    let missing: Vec<_> = passage
        .releases
        .iter()
        .filter(|(_, state)| {
            !passes(context, state) && !matches!(state, PassageState::Differs { .. })
        })
        .collect();
    if missing.is_empty() {
        return None;
    }
    let names: Vec<_> = missing
        .iter()
        .map(|(release, _)| &*release.document.id)
        .collect();
    let (name, before) = (context.name(turnover.id), &passage.environment.document.id);
    let message = format!(
        "{name} brings {}, which {} not deployed to {before} before",
        names.join(", "),
        if names.len() == 1 { "was" } else { "were" }
    );
    let reference = turnover.fields.environment.as_ref();
    let at = reference.map_or(context.plan.head(turnover.id), |reference| {
        context.plan.locate(turnover.id, reference.span)
    });
    let mut finding = Finding::new(NAME, at, message);
    for (_, state) in missing {
        if let PassageState::Planned(earlier) = state {
            let label = format!("{} is over and not deployed", context.name(earlier.id));
            finding = finding.also(context.planned_at(*earlier), label);
            break;
        }
    }
    Some(finding.hint(format!(
        "deploy to {before} first, and write `status: deployed` in that turnover"
    )))
}
