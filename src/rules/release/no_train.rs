//! `release/no-train`: a release without dates of its own travels with a train.

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::Kind;
use crate::plan::kinds::release::Release;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Info, include_str!("no-train.md"), check);

const NAME: &str = "release/no-train";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    if plan.of_kind(Kind::Train).len() == 0 {
        return;
    }
    for release in plan.all::<Release>() {
        let travels = release.document.belongs.train.is_some() || release.train.is_some();
        let has_dates = !release.schedule.entries.is_empty();
        if travels || has_dates || !plan.is_open(release.id) {
            continue;
        }
        let message = format!(
            "release {} is on no train and has no schedule",
            release.document.id
        );
        findings.push(
            context
                .lacking(NAME, release.id, message)
                .hint("name its train under `train:`, or plan its stages under `schedule:`"),
        );
    }
}
