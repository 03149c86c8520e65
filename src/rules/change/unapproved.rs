//! `change/unapproved`: a change is approved before it goes to production.

use super::request;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::Clearance;
use crate::plan::kinds::change::{Change, ChangeCategory};
use crate::plan::kinds::policy::Requirement;
use crate::plan::kinds::release::Release;
use crate::plan::value::Choices;
use crate::plan::{Doc, Plan};
use crate::rules::book::{Context, Rule};
use crate::rules::standing::{self, Asked, Rollout, Rollouts};
use crate::time::Day;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("unapproved.md"), check);

const NAME: &str = "change/unapproved";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let unapproved = plan
        .all::<Change>()
        // An approval that does not count is for the rules about decisions.
        .filter(|it| {
            matches!(
                context.progress.clearance(*it),
                Clearance::Refused | Clearance::Missing
            )
        });
    let unapproved: Vec<_> = unapproved.collect();
    if unapproved.is_empty() {
        return;
    }
    let rollouts = Rollouts::of_plan(context);
    for change in unapproved {
        let carriers = plan.carriers_of(change).into_iter();
        let mut faults = carriers.filter_map(|release| fault(context, &rollouts, change, release));
        // One change is one fault, however many releases carry it out.
        findings.extend(faults.next());
    }
}

fn fault(
    context: &Context<'_>,
    rollouts: &Rollouts<'_>,
    change: Doc<'_, Change>,
    release: Doc<'_, Release>,
) -> Option<Finding> {
    let plan = context.plan;
    let asked = Asked::of(plan, release.id)?;
    let required = asked.requires(plan, Requirement::Change)?;
    let rollout = rollouts
        .of(release.id)
        .filter(|_| is_underway(plan, release))?;
    if context.as_of < due(plan, asked, change, release, rollout)? {
        return None;
    }
    let (id, carrier) = (&change.document.id, &release.document.id);
    let verb = if rollout.done { "went" } else { "goes" };
    let starts = rollout.starts.words();
    let message =
        format!("change {id} is not approved, and {carrier} {verb} to production {starts}");
    let status = change.fields.status.as_ref();
    let at = status.map_or(plan.head(change.id), |it| plan.locate(change.id, it.span));
    let said = status.map_or(String::new(), |it| format!("it is {}", it.value.word()));
    let finding = Finding::new(NAME, at, message).label(said);
    let finding = finding.also(rollout.at, format!("{carrier} {verb} {starts}"));
    let finding = finding.also(required, asked.words());
    Some(
        finding.hint(
            "have it decided, and write the decision under `approvals:`; or move the deployment",
        ),
    )
}

/// Returns whether neither `release` nor its train has ended: what has ended is not approved any more.
fn is_underway(plan: &Plan, release: Doc<'_, Release>) -> bool {
    let train = release.document.belongs.train;
    plan.is_open(release.id) && train.is_none_or(|train| plan.is_open(train))
}

/// Returns the day from which an approval that is missing is a fault: the beginning of the notice period, and for an
/// emergency the day after the last one on which it may be given afterwards.
fn due(
    plan: &Plan,
    asked: Asked<'_>,
    change: Doc<'_, Change>,
    release: Doc<'_, Release>,
    rollout: Rollout,
) -> Option<Day> {
    let afterwards = asked.of_type.value.retrospective_approval.as_ref();
    match afterwards.filter(|_| request::is_of(change.fields, ChangeCategory::Emergency)) {
        Some(within) => {
            standing::days_after(plan, release.id, rollout.last, within.value).map(Day::next)
        }
        None => asked.announced_by(plan, release.id, rollout.starts.first),
    }
}
