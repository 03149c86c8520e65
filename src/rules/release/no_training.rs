//! `release/no-training`: where a type asks for training, it is planned before verification and held before the end.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::policy::Requirement;
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Doc, Plan};
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("no-training.md"),
    check,
)
.enforcing(&[Setting::Requires(Requirement::Training)]);

const NAME: &str = "release/no-training";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for release in plan.all::<Release>() {
        let Some(finding) = fault(context, release) else {
            continue;
        };
        if let Some((at, words)) = standing::required(plan, release.id, Requirement::Training) {
            findings.push(finding.also(at, words));
        }
    }
}

fn fault(context: &Context<'_>, release: Doc<'_, Release>) -> Option<Finding> {
    let plan: &Plan = context.plan;
    let stage = standing::stage(plan, release.id)?;
    let id = &release.document.id;
    match (&release.fields.training, stage) {
        (None, Stage::Verification | Stage::Deployment) => {
            let message = format!("release {id} has no training");
            let finding = context.lacking(NAME, release.id, message);
            Some(finding.hint("say what is taught to whom under `training:`, with the day"))
        }
        (Some(training), Stage::Deployment) if training.done.is_none() => {
            let message = format!("release {id} is deployed, and its training was not held");
            let place = training.plan.as_ref().map(|text| text.span);
            let place = place.or(training.due.as_ref().map(|due| due.span));
            let at = place.map_or(plan.head(release.id), |span| plan.locate(release.id, span));
            let finding = Finding::new(NAME, at, message);
            Some(finding.hint("hold it, and write the day under `done:`"))
        }
        _ => None,
    }
}
