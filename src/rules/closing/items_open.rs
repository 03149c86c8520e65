//! `closing/items-open`: the lists of a train or a release are worked through before it is closed.
//!
//! Scope items are for `release/item-open-at-close`; this is about tasks and messages.

use super::closed::{self, Closed};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("items-open.md"),
    check,
);

const NAME: &str = "closing/items-open";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for closed in closed::courses(context.plan) {
        // A task that was dropped says why.
        let tasks = closed.course.tasks.iter();
        let tasks = tasks.filter(|task| task.value.done.is_none() && task.value.reason.is_none());
        findings.extend(tasks.map(|task| left(&closed, "task", &task.id)));
        let messages = closed.course.communications.iter();
        let unsent = messages.filter(|message| message.value.sent.is_none());
        findings.extend(unsent.map(|message| left(&closed, "communication", &message.id)));
    }
}

fn left(closed: &Closed<'_>, what: &str, id: &Spanned<Box<str>>) -> Finding {
    let course = &closed.course;
    let message = format!(
        "{} is closed, and its {what} {} is open",
        course.name(),
        id.value
    );
    let finding = Finding::new(NAME, course.locate(id.span), message);
    let finding = finding.also(closed.at, closed.words());
    finding.hint(match what {
        "task" => "write `done:` with the day, or `reason:` if it was dropped",
        _ => "write `sent:` with the day, or remove it",
    })
}
