//! `release/artifact-missing`: what is deployed is in the definitive library.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::policy::Requirement;
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Doc, DocId};
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::{self, Rollouts};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("artifact-missing.md"),
    check,
)
.resting_on(&[
    "artifacts",
    "status",
    "environment",
    "contents",
    "category",
    "planned",
])
.enforcing(&[Setting::Requires(Requirement::Artifacts)]);

const NAME: &str = "release/artifact-missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let lacking = plan.all::<Release>().filter(|release| lacks(release));
    let asked = lacking.filter_map(|release| {
        let asked = standing::required(plan, release.id, Requirement::Artifacts)?;
        Some((release, asked))
    });
    let asked: Vec<_> = asked.collect();
    if asked.is_empty() {
        return;
    }
    let rollouts = Rollouts::of_plan(context);
    for (release, (at, words)) in asked {
        if is_rolled_out(context, &rollouts, release.id) {
            let faults = faults(context, release).into_iter();
            findings.extend(faults.map(|finding| finding.also(at, words.clone())));
        }
    }
}

fn lacks(release: &Release) -> bool {
    release.artifacts.is_empty() || release.artifacts.iter().any(|it| it.value.stored.is_none())
}

/// Returns whether the deployment has begun: by the stage, or because its day has come.
fn is_rolled_out(context: &Context<'_>, rollouts: &Rollouts<'_>, release: DocId) -> bool {
    match standing::stage(context.plan, release) {
        Some(Stage::Deployment) => true,
        // What has ended is left in peace by what its policy has come to ask since.
        Some(Stage::Closed | Stage::Abandoned) => false,
        _ => rollouts
            .of(release)
            .is_some_and(|it| it.done || it.starts.last <= context.as_of),
    }
}

fn faults(context: &Context<'_>, release: Doc<'_, Release>) -> Vec<Finding> {
    let (plan, id) = (context.plan, &release.document.id);
    if release.fields.artifacts.is_empty() {
        let message = format!("release {id} is being deployed and lists no artifact");
        let finding = context.lacking(NAME, release.id, message);
        return vec![finding.hint("list what is deployed under `artifacts:`, with its digest")];
    }
    let missing = release
        .fields
        .artifacts
        .iter()
        .filter(|it| it.value.stored.is_none());
    let finding = missing.map(|artifact| {
        let name = artifact.name.as_ref().map_or("an artifact", |name| &**name);
        let message = format!("release {id} is being deployed, and {name} is not in the library");
        let span = artifact
            .name
            .as_ref()
            .map_or(artifact.span, |name| name.span);
        let finding = Finding::new(NAME, plan.locate(release.id, span), message);
        finding.hint("store it, and write the day under `stored:`")
    });
    finding.collect()
}
