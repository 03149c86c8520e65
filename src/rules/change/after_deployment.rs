//! `change/after-deployment`: a change is decided and planned before it is carried out.

use super::request;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::change::{Change, ChangeCategory};
use crate::plan::kinds::release::Release;
use crate::rules::book::{Context, Rule};
use crate::rules::standing::{self, Rollout, Rollouts};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("after-deployment.md"),
    check,
);

const NAME: &str = "change/after-deployment";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    // An emergency may be decided afterwards; whether it was in time is for the approvals to say.
    let normal = |change: &Change| !request::is_of(change, ChangeCategory::Emergency);
    let changes: Vec<_> = plan.all::<Change>().filter(|it| normal(it)).collect();
    if changes.is_empty() {
        return;
    }
    let rollouts = Rollouts::of_plan(context);
    for change in changes {
        let carriers = plan.carriers_of(change).into_iter();
        let carriers = carriers.filter(|release| !standing::is_exempt(plan, release.id));
        let mut faults = carriers.filter_map(|release| {
            let rollout = rollouts.of(release.id).filter(|rollout| rollout.done)?;
            fault(context, change, release, rollout)
        });
        findings.extend(faults.next());
    }
}

fn fault(
    context: &Context<'_>,
    change: Doc<'_, Change>,
    release: Doc<'_, Release>,
    rollout: Rollout,
) -> Option<Finding> {
    let plan = context.plan;
    let (id, carrier) = (&change.document.id, &release.document.id);
    let after = format!("after {carrier} went to production");
    let approved = request::approved(context, change.id).filter(|(_, date)| {
        let days = date.days();
        days.is_some_and(|days| days.certainly_after(rollout.starts))
    });
    let planned = change.fields.planned.as_ref().filter(|period| {
        let days = period.resolved.from().days();
        days.is_some_and(|days| days.first > rollout.last)
    });
    let (at, message) = match (approved, planned) {
        (Some((of, date)), _) => {
            let when = date.resolved.words();
            (
                plan.locate(of, date.span),
                format!("change {id} is approved {when}, {after}"),
            )
        }
        (None, Some(period)) => {
            let when = period.resolved.from().words();
            (
                plan.locate(change.id, period.from),
                format!("change {id} is planned {when}, {after}"),
            )
        }
        (None, None) => return None,
    };
    let finding = Finding::new(NAME, at, message);
    let finding = finding.also(
        rollout.at,
        format!("{carrier} went {}", rollout.starts.words()),
    );
    Some(
        finding.hint(
            "correct the dates; if they are true, the change was carried out without a decision",
        ),
    )
}
