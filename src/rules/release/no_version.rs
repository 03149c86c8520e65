//! `release/no-version`: what is being built has a version.

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::rules::book::{Context, Rule};
use crate::rules::standing;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("no-version.md"),
    check,
)
.resting_on(&["version"]);

const NAME: &str = "release/no-version";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let unnamed = plan.all::<Release>().filter(|it| it.version.is_none());
    for release in unnamed.filter(|release| plan.is_open(release.id)) {
        let being_built = |stage: &Stage| (Stage::Construction..Stage::Closed).contains(stage);
        let Some(stage) = standing::stage(plan, release.id).filter(being_built) else {
            continue;
        };
        let word = crate::plan::value::Choices::word(stage);
        let message = format!(
            "release {} is in {word} and has no version",
            release.document.id
        );
        findings.push(
            context
                .lacking(NAME, release.id, message)
                .hint("write the version that is being built under `version:`, in quotes"),
        );
    }
}
