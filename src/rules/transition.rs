//! The rules of the group `transition`: what the history of a train or a release says of its moves from stage to stage.
//!
//! Gates that a move went through are the group `gate`'s, and what a course has to say before it begins is `train`'s.

mod future;
mod illegal;
mod no_reason;
mod out_of_order;
mod retrospective_approval_missing;
mod skipped_stage;

use super::book::{Context, Rule};
use crate::diagnostic::Finding;
use crate::lifecycle::Step;
use crate::plan::Course;
use crate::plan::parts::lifecycle::Transition;

pub(super) const RULES: &[Rule] = &[
    illegal::RULE,
    no_reason::RULE,
    out_of_order::RULE,
    skipped_stage::RULE,
    future::RULE,
    retrospective_approval_missing::RULE,
];

/// One move of a train or a release, beside the one before it.
struct Moved<'p> {
    course: Course<'p>,
    step: &'p Step<'p>,
    /// The move before it; none for the first.
    before: Option<&'p Step<'p>>,
}

/// Returns every move of every train and release, as of today.
fn moved<'p>(context: &Context<'p>) -> impl Iterator<Item = Moved<'p>> {
    let progress = context.progress;
    context.plan.courses().flat_map(move |course| {
        let steps = progress.history(course.id);
        let before = std::iter::once(None).chain(steps.iter().map(Some));
        steps.iter().zip(before).map(move |(step, before)| Moved {
            course,
            step,
            before,
        })
    })
}

impl Moved<'_> {
    /// Returns a finding of `rule` at the stage that was entered, which points back to the stage that was left.
    fn at_stage(&self, rule: &'static str, message: String) -> Finding {
        let finding = Finding::new(rule, self.course.locate(self.step.to.span), message);
        match &self.before {
            Some(before) => {
                let label = format!("{} was entered{}", before.to.value, on(&before.entry.value));
                finding.also(self.course.locate(before.to.span), label)
            }
            None => finding,
        }
    }

    /// Returns the day of the move as a message says it: ` on 17 August 2026`; nothing where it has none.
    fn on(&self) -> String {
        on(&self.step.entry.value)
    }
}

/// Returns the day of `entry` as a message says it: ` on 17 August 2026`; nothing where it has none.
fn on(entry: &Transition) -> String {
    entry
        .date
        .as_ref()
        .map_or_else(String::new, |date| format!(" {}", date.resolved.words()))
}

/// Returns `words` as a message lists them: `one, two and three`, where `last` is the `and`.
fn list(words: &[impl AsRef<str>], last: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => words.concat(),
    }
}
