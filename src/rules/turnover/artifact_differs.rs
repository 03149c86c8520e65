//! `turnover/artifact-differs`: the same bytes are deployed as were tested.

use rustc_hash::FxHashSet;

use super::promotion::broken_passages;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::schedule::PassageState;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("artifact-differs.md"),
    check,
);

const NAME: &str = "turnover/artifact-differs";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut told = FxHashSet::default();
    for (turnover, passage) in broken_passages(context) {
        for (release, state) in &passage.releases {
            let PassageState::Differs {
                turnover: earlier,
                release: other,
                was,
                is,
            } = state
            else {
                continue;
            };
            // One build that was never tested is one fault, however many environments it skips.
            if !told.insert((turnover.id, release.id)) {
                continue;
            }
            let artifact = is.value.name.as_ref().map_or("an artifact", |name| name);
            let message = format!(
                "{} brings {artifact} of {}, and {} was deployed with another digest of it, that of {}",
                context.name(turnover.id),
                release.document.id,
                passage.environment.document.id,
                other.document.id,
            );
            let reference = turnover.fields.environment.as_ref();
            let at = reference.map_or(plan.head(turnover.id), |reference| {
                plan.locate(turnover.id, reference.span)
            });
            let finding = Finding::new(NAME, at, message)
                .also(plan.locate(release.id, is.span), "what is to be deployed")
                .also(plan.locate(other.id, was.span), "what was deployed")
                .also(plan.head(earlier.id), context.name(earlier.id));
            findings.push(finding.hint(format!(
                "deploy {} to {} first, or promote what was tested there",
                release.document.id, passage.environment.document.id
            )));
        }
    }
}
