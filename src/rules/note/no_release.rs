//! `note/no-release`: a note is about a release or a train, and a fragment is part of a release's note.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::note::Note;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("no-release.md"),
    check,
);

const NAME: &str = "note/no-release";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for note in plan.all::<Note>() {
        let belongs = note.document.belongs;
        // A name that means nothing is reported where it is written.
        if belongs.release.is_some() || note.release.is_some() {
            continue;
        }
        let name = note.document.short_id();
        let hint = "name the release under `release:`";
        if let Some(fragment) = &note.fragment {
            let message = format!("note {name} is a fragment, and of no release's note");
            findings
                .push(Finding::new(NAME, plan.locate(note.id, fragment.span), message).hint(hint));
        } else if belongs.train.is_none() && note.train.is_none() {
            let message = format!("note {name} is about no release and no train");
            findings.push(context.lacking(NAME, note.id, message).hint(hint));
        }
    }
}
