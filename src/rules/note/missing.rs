//! `note/missing`: a closed release whose type asks for notes has them.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::note::Note;
use crate::plan::kinds::policy::Requirement;
use crate::plan::kinds::release::Release;
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("missing.md"), check)
        .enforcing(&[Setting::Requires(Requirement::Notes)]);

const NAME: &str = "note/missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let notes = plan.all::<Note>();
    let told: FxHashSet<_> = notes
        .filter_map(|note| note.document.belongs.release)
        .collect();
    for release in plan.all::<Release>().filter(|it| !told.contains(&it.id)) {
        let Some((closed, at)) = standing::closed(plan, release.id) else {
            continue;
        };
        let course = plan.course(release.id);
        if course.is_some_and(|course| standing::was_in_vain(&course)) {
            continue;
        }
        if let Some((required, words)) = standing::required(plan, release.id, Requirement::Notes) {
            let message = format!(
                "release {} is closed and has no release note",
                release.document.id
            );
            let finding = context.lacking(NAME, release.id, message);
            let finding = finding.also(at, format!("closed {}", closed.resolved.words()));
            findings.push(
                finding
                    .also(required, words)
                    .hint("write a note below `notes/` that names it under `release:`"),
            );
        }
    }
}
