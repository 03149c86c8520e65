//! `note/item-unmentioned`: the notes of a closed release tell of every item that is in it.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::note::Note;
use crate::plan::kinds::release::Release;
use crate::plan::parts::item::{Item, ItemStatus};
use crate::plan::{Doc, DocId, Plan};
use crate::rules::book::{Context, Rule};
use crate::rules::standing;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("item-unmentioned.md"),
    check,
);

const NAME: &str = "note/item-unmentioned";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut notes: BTreeMap<DocId, Vec<Doc<'_, Note>>> = BTreeMap::new();
    for note in plan.all::<Note>() {
        if let Some(release) = note.document.belongs.release {
            notes.entry(release).or_default().push(note);
        }
    }
    for (id, notes) in &notes {
        let Some(release) = plan.get::<Release>(*id) else {
            continue;
        };
        let closed = standing::closed(plan, *id).is_some();
        if closed && !standing::is_exempt(plan, *id) {
            findings.extend(unmentioned(plan, release, notes));
        }
    }
}

fn unmentioned(plan: &Plan, release: Doc<'_, Release>, notes: &[Doc<'_, Note>]) -> Vec<Finding> {
    let items = release
        .fields
        .items
        .iter()
        .filter(|item| is_worth_a_note(&item.value));
    let silent = items.filter(|item| {
        !notes
            .iter()
            .any(|note| tells_of(plan, *note, &item.id.value))
    });
    let finding = silent.map(|item| {
        let id = &item.id.value;
        let message = format!(
            "item {id} is in release {} and in none of its notes",
            release.document.id
        );
        let finding = Finding::new(NAME, plan.locate(release.id, item.id.span), message);
        let labelled = notes.iter().fold(finding, |finding, note| {
            finding.also(
                plan.head(note.id),
                format!("note {}", note.document.short_id()),
            )
        });
        labelled.hint("list it under `items:` of a note, or write `note: none` at the item")
    });
    finding.collect()
}

fn is_worth_a_note(item: &Item) -> bool {
    let done = item
        .status
        .as_ref()
        .is_some_and(|status| status.value == ItemStatus::Done);
    let none = item
        .note
        .as_ref()
        .is_some_and(|note| &*note.value == "none");
    done && !none
}

/// Returns whether `note` lists the item `id`, or names it in its prose.
fn tells_of(plan: &Plan, note: Doc<'_, Note>, id: &str) -> bool {
    let listed = note.fields.items.iter().any(|item| *item.value == *id);
    let prose = || {
        plan.sources
            .slice(plan.locate(note.id, note.document.body.span))
    };
    listed || names(prose(), id)
}

/// Returns whether `prose` has `id` as a word of its own: `HB-12` is not in `HB-123`.
fn names(prose: &str, id: &str) -> bool {
    let is_word = |char: char| char.is_alphanumeric();
    prose.match_indices(id).any(|(at, _)| {
        let before = prose[..at].chars().next_back();
        let after = prose[at + id.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}
