//! `note/before-release`: a note is published once its release is there.

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::note::Note;
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::Choices;
use crate::plan::{Doc, DocId};
use crate::rules::book::{Context, Rule};
use crate::rules::standing::{self, Rollouts};
use crate::text::Location;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("before-release.md"),
    check,
);

const NAME: &str = "note/before-release";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    // Who sets a day of publication has thought of it.
    let is_out = |note: &Doc<'_, Note>| {
        let common = &note.document.common;
        common.publish_after.is_none() && !common.draft
    };
    let mut notes = plan.all::<Note>().filter(is_out).peekable();
    if notes.peek().is_none() {
        return;
    }
    let rollouts = Rollouts::of_plan(context);
    for note in notes {
        let Some(id) = note.document.belongs.release else {
            continue;
        };
        let Some((at, state)) = not_yet(context, &rollouts, id) else {
            continue;
        };
        let (name, release) = (note.document.short_id(), &plan.document(id).id);
        let message = format!("note {name} is published, and release {release} {state}");
        let finding = context.lacking(NAME, note.id, message);
        findings.push(
            finding
                .also(at, state)
                .hint("set the day on which it comes out under `publish_after:`, or `draft: true`"),
        );
    }
}

/// Returns that the release `id` is certainly not there yet, and what says so.
fn not_yet(
    context: &Context<'_>,
    rollouts: &Rollouts<'_>,
    id: DocId,
) -> Option<(Location, String)> {
    use Stage::{Abandoned, Closed, Construction, Deployment, Draft, Scoping, Verification};
    let plan = context.plan;
    plan.get::<Release>(id)?;
    let rollout = rollouts.of(id).filter(|rollout| !rollout.done);
    match standing::stage(plan, id) {
        Some(Deployment | Closed | Abandoned) => None,
        Some(stage @ (Draft | Scoping | Construction | Verification)) => {
            if rollouts.of(id).is_some_and(|rollout| rollout.done) {
                return None;
            }
            let (_, entered) = standing::entered(plan, id, stage)?;
            let planned = rollout.filter(|rollout| rollout.starts.first > context.as_of);
            Some(match planned {
                Some(it) => (it.at, format!("goes to production {}", it.starts.words())),
                None => (entered, format!("is in {}", stage.word())),
            })
        }
        None => {
            let planned = rollout.filter(|rollout| rollout.starts.first > context.as_of)?;
            Some((
                planned.at,
                format!("goes to production {}", planned.starts.words()),
            ))
        }
    }
}
