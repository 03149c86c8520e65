//! `change/missing`: where a type asks for a change request, there is one before production.

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::Kind;
use crate::plan::kinds::policy::Requirement;
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Doc, Plan};
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("missing.md"), check)
        .enforcing(&[Setting::Requires(Requirement::Change)]);

const NAME: &str = "change/missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for release in plan.all::<Release>().filter(|it| !has_change(plan, *it)) {
        let stage = standing::stage(plan, release.id);
        let due = |stage| matches!(stage, Stage::Verification | Stage::Deployment);
        let Some(stage) = stage.filter(|stage| due(*stage)) else {
            continue;
        };
        if let Some((at, words)) = standing::required(plan, release.id, Requirement::Change) {
            let word = crate::plan::value::Choices::word(stage);
            let message = format!(
                "release {} is in {word} and has no change request",
                release.document.id
            );
            let finding = context.lacking(NAME, release.id, message);
            findings.push(
                finding
                    .also(at, words)
                    .hint("name the request under `changes:`"),
            );
        }
    }
}

fn has_change(plan: &Plan, release: Doc<'_, Release>) -> bool {
    let named = |release: &Release| {
        !release.changes.is_empty() || release.items.iter().any(|it| it.value.change.is_some())
    };
    let mut links = plan.links_to(release.id);
    named(release.fields) || links.any(|link| plan.document(link.from).kind == Kind::Change)
}
