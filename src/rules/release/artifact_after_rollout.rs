//! `release/artifact-after-rollout`: an artifact is in the library before it is deployed.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::release::Release;
use crate::rules::book::{Context, Rule};
use crate::rules::standing::{self, Rollouts};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("artifact-after-rollout.md"),
    check,
);

const NAME: &str = "release/artifact-after-rollout";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let stored = |release: &Release| release.artifacts.iter().any(|it| it.value.stored.is_some());
    let releases: Vec<_> = plan.all::<Release>().filter(|it| stored(it)).collect();
    if releases.is_empty() {
        return;
    }
    let rollouts = Rollouts::of_plan(context);
    for release in releases {
        let Some(rollout) = rollouts.of(release.id) else {
            continue;
        };
        if standing::is_exempt(plan, release.id) || plan.is_abandoned(release.id) {
            continue;
        }
        for artifact in &release.fields.artifacts {
            let (Some(stored), Some(name)) = (&artifact.value.stored, &artifact.value.name) else {
                continue;
            };
            let late = stored
                .days()
                .is_some_and(|days| days.certainly_after(rollout.starts));
            if !late {
                continue;
            }
            let message = format!(
                "{} is stored {}, after its deployment begins",
                &**name,
                stored.resolved.words()
            );
            let finding = Finding::new(NAME, plan.locate(release.id, stored.span), message);
            let begins = format!("the deployment begins {}", rollout.starts.words());
            findings.push(finding.also(rollout.at, begins).hint(
                "correct the day; if it was deployed from elsewhere, deploy it again from the library",
            ));
        }
    }
}
