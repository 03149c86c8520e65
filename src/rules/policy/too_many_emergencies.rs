//! `policy/too-many-emergencies`: emergencies are the exception.

use std::collections::BTreeMap;

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::release::Release;
use crate::plan::{Doc, DocId};
use crate::rules::book::{Context, Rule};
use crate::rules::standing::{Rollout, Rollouts};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Info,
    include_str!("too-many-emergencies.md"),
    check,
);

const NAME: &str = "policy/too-many-emergencies";

/// How many emergencies in a year are no cause for a word.
const FEW: usize = 2;
/// One release in so many may be an emergency.
const SHARE: usize = 4;
/// The days that are looked back on.
const YEAR: i64 = 365;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    if plan.all::<Release>().filter(|it| is_emergency(it)).count() <= FEW {
        return;
    }
    let rollouts = Rollouts::of_plan(context);
    let mut by_application: BTreeMap<DocId, Vec<(Doc<'_, Release>, Rollout)>> = BTreeMap::new();
    for release in plan.all::<Release>() {
        let Some(application) = release.document.belongs.application else {
            continue;
        };
        let Some(rollout) = rollouts.of(release.id).filter(|it| it.done) else {
            continue;
        };
        let ago = rollout.starts.first.until(context.as_of);
        if (0..=YEAR).contains(&ago) {
            by_application
                .entry(application)
                .or_default()
                .push((release, rollout));
        }
    }
    for (application, releases) in by_application {
        let emergencies: Vec<_> = releases.iter().filter(|(it, _)| is_emergency(it)).collect();
        let (count, all) = (emergencies.len(), releases.len());
        if count <= FEW || count * SHARE <= all {
            continue;
        }
        let name = &plan.document(application).id;
        let message =
            format!("{count} of the {all} releases of {name} in the last year were emergencies");
        let finding = context.lacking(NAME, application, message);
        let finding = emergencies
            .into_iter()
            .fold(finding, |finding, (release, rollout)| {
                finding.also(rollout.at, format!("release {}", release.document.id))
            });
        findings.push(finding.hint("look at what the emergencies have in common"));
    }
}

fn is_emergency(release: &Release) -> bool {
    release
        .r#type
        .as_ref()
        .is_some_and(|name| &*name.value == "emergency")
}
