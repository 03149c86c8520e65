//! `milestone/skipped-without-reason`: who leaves out a milestone says why.

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::milestone::Milestone;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("skipped-without-reason.md"),
    check,
);

const NAME: &str = "milestone/skipped-without-reason";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for milestone in plan
        .all::<Milestone>()
        .filter(|milestone| milestone.skip && milestone.reason.is_none())
    {
        let belongs = milestone.document.belongs;
        let mut owners = [belongs.release, belongs.train].into_iter().flatten();
        if owners.any(|owner| !plan.is_open(owner)) {
            continue;
        }
        let whose = belongs.release.map_or("this".to_owned(), |id| {
            format!("release {}", plan.document(id).id)
        });
        let message = format!(
            "{whose} skips milestone {} without a reason",
            milestone.document.short_id()
        );
        findings.push(
            context
                .lacking(NAME, milestone.id, message)
                .hint("say why under `reason:`"),
        );
    }
}
