//! `release/item-open-at-close`: a closed release leaves no scope item open.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::release::Release;
use crate::plan::parts::item::ItemStatus;
use crate::plan::value::Choices;
use crate::rules::book::{Context, Rule};
use crate::rules::standing;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("item-open-at-close.md"),
    check,
);

const NAME: &str = "release/item-open-at-close";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let with_items = plan.all::<Release>().filter(|it| !it.items.is_empty());
    for release in with_items {
        let Some((closed, at)) = standing::closed(plan, release.id) else {
            continue;
        };
        // What was taken back is open again, and its items are for the next release.
        let course = plan.course(release.id);
        let in_vain = course.is_some_and(|course| standing::was_in_vain(&course));
        if in_vain || standing::is_exempt(plan, release.id) {
            continue;
        }
        let id = &release.document.id;
        for item in &release.fields.items {
            let Some(status) = &item.value.status else {
                continue;
            };
            if !matches!(status.value, ItemStatus::Open | ItemStatus::Reopened) {
                continue;
            }
            let word = status.value.word();
            let message = format!(
                "release {id} is closed, and its item {} is {word}",
                item.id.value
            );
            let finding = Finding::new(NAME, plan.locate(release.id, status.span), message);
            let finding = finding.also(at, format!("closed {}", closed.resolved.words()));
            findings.push(finding.hint(
                "write `done`, or `dropped` when it did not get in; then list it in the next release",
            ));
        }
    }
}
