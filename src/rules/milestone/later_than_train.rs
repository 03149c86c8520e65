//! `milestone/later-than-train`: a release that is later than its train says why.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::milestone::Milestone;
use crate::plan::{Doc, Kind, Plan};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("later-than-train.md"),
    check,
);

const NAME: &str = "milestone/later-than-train";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let unexplained = |own: &Doc<'_, Milestone>| own.reason.is_none() && !own.skip;
    for own in plan.all::<Milestone>().filter(unexplained) {
        let Some(of_train) = inherited(plan, own) else {
            continue;
        };
        let (Some(due), Some(train_due)) = (&own.fields.due, &of_train.fields.due) else {
            continue;
        };
        let Some(release) = own
            .document
            .belongs
            .release
            .filter(|&release| plan.is_open(release))
        else {
            continue;
        };
        if !train_due.resolved.certainly_before(&due.resolved) {
            continue;
        }
        let (release, name) = (&plan.document(release).id, own.document.short_id());
        let (later, earlier) = (due.resolved.words(), train_due.resolved.words());
        let message = format!(
            "release {release} sets milestone {name} {later}, its train {earlier}, without a reason"
        );
        let finding = Finding::new(NAME, plan.locate(own.id, due.span), message);
        let finding = finding.also(plan.locate(of_train.id, train_due.span), "the train's day");
        findings
            .push(finding.hint("say why under `reason:`, or remove the date to keep the train's"));
    }
}

/// Returns the milestone of the train that `own`, a release's, stands in for.
fn inherited<'p>(plan: &'p Plan, own: Doc<'p, Milestone>) -> Option<Doc<'p, Milestone>> {
    let belongs = own.document.belongs;
    let train = &plan.document(belongs.release.and(belongs.train)?).id;
    plan.get(plan.find(
        Kind::Milestone,
        &format!("{train}/{}", own.document.short_id()),
    )?)
}
