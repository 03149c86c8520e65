//! `turnover/no-backout`: what goes to production can be taken back.

use super::requires::production_requiring;
use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::policy::Requirement;
use crate::plan::parts::deployment::Backout;
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("no-backout.md"),
    check,
)
.resting_on(&["backout", "status", "planned", "environment", "category"])
.enforcing(&[Setting::Requires(Requirement::Backout)]);

const NAME: &str = "turnover/no-backout";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in production_requiring(context, Requirement::Backout) {
        let releases = context.schedule.contents(turnover);
        let of_releases = !releases.is_empty()
            && releases
                .iter()
                .all(|release| is_planned(release.fields.backout.as_ref()));
        if of_releases || is_planned(turnover.fields.backout.as_ref()) {
            continue;
        }
        let message = format!(
            "{} does not say how it is taken back",
            context.name(turnover.id)
        );
        findings.push(
            context
                .lacking(NAME, turnover.id, message)
                .hint("add `backout` with a `plan` and a `duration`"),
        );
    }
}

fn is_planned(backout: Option<&Backout>) -> bool {
    backout.is_some_and(|backout| {
        backout.plan.is_some() || backout.duration.is_some() || !backout.tasks.is_empty()
    })
}
