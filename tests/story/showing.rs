//! Somebody looks a document up: every document has a page, and every value that was written is on it.
//!
//! The fields are not listed here. Each document of the sample plan is walked along the description of its kind, which
//! is what the plan is read by; what a page has to say follows from what sort of value stands there. What a page words in its
//! own way is listed in [`WORDED`]. A field that no document of the sample uses would go unseen, so there is none.

#[path = "showing/page.rs"]
mod page;

#[path = "showing/values.rs"]
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use trainboard::load::load;
use trainboard::plan::{Drafts, Publication};
use trainboard::time::Day;
use trainboard::world::Disk;

use crate::stage::{Plan, TODAY};

use page::Page;
use values::Written;

/// What pages say where they do not repeat what was written: field, value, words.
const WORDED: &[(&str, &str, &str)] = &[
    (
        "calendar.roll",
        "previous",
        "moves to the business day before",
    ),
    ("environment.shared", "true", "by several trains at a time"),
    ("environment.shared", "false", "by one train at a time"),
    ("page.draft", "true", "Draft"),
    (
        "policy.separation_of_duties",
        "true",
        "Nobody approves what they wrote themselves",
    ),
    ("policy.types.requires", "backout", "Back-out"),
    ("policy.windows", "open", "may be deployed to at any time"),
    ("criteria.status", "not-met", "Waived"),
    ("milestones.skip", "true", "Skipped"),
    ("needs.together", "true", "in the same turnover"),
    ("needs.type", "FS", "finish to start"),
    ("needs.type", "SS", "start to start"),
    ("needs.type", "FF", "finish to finish"),
    ("needs.type", "SF", "start to finish"),
    ("reservations.shared", "true", "shared"),
    ("window.on_gap", "skip", "it does not take place"),
    ("window.on_gap", "shift", "it starts that much later"),
];

#[test]
fn every_value_of_every_document_is_on_its_page() {
    let sample = Plan::sample();
    sample
        .run(&format!("build --as-of {TODAY} --drafts --output ../site"))
        .exits(0);
    let mut plan = load(&Disk::open(&sample.path("")).unwrap()).plan;
    let dates = values::resolved_dates(&mut plan);
    let mut missing = BTreeMap::<String, Vec<String>>::new();
    let all = Publication {
        as_of: Day::parse(TODAY).unwrap(),
        drafts: Drafts::Shown,
    };
    let has_page = |id| plan.document(id).host.is_none() && plan.is_published(id, all);
    for (id, document) in plan.documents().filter(|(id, _)| has_page(*id)) {
        let path = format!(
            "../site/{}/{}/index.html",
            document.kind.folder(),
            document.id
        );
        let page = Page::new(
            &fs::read_to_string(sample.path(&path)).unwrap_or_else(|_| panic!("no page {path}")),
        );
        for written in values::written(&plan, id, &dates) {
            if !is_shown(&written, &page) {
                let example = format!(
                    "`{}` of {} ({:?})",
                    written.text,
                    plan.path(id),
                    written.forms
                );
                missing.entry(written.field).or_default().push(example);
            }
        }
    }
    let report = missing
        .iter()
        .map(|(field, examples)| format!("{field} ({}): {}\n", examples.len(), examples[0]));
    assert!(
        missing.is_empty(),
        "these values are on no page:\n{}",
        report.collect::<String>()
    );
}

/// Returns whether `page` says what was written, in one of its forms or in other words.
fn is_shown(written: &Written, page: &Page) -> bool {
    let is_field =
        |field: &str| written.field == field || written.field.ends_with(&format!(".{field}"));
    let is_worded = |(field, value, words): &(&str, &str, &str)| {
        is_field(field) && written.text == *value && page.says(words)
    };
    let says = |forms: &Vec<String>| forms.iter().any(|form| page.says(form));
    WORDED.iter().any(is_worded) || written.forms.iter().all(says)
}

/// Fields that the sample does not use, by their mapping, and why.
const UNUSED: &[(&str, &str, &str)] = &[
    ("Common", "allow", "no rule objects to what the sample does"),
    ("Allow", "rule", "so there is nothing to allow"),
    ("Allow", "reason", "so there is nothing to allow"),
];

#[test]
fn the_sample_uses_every_field() {
    let plan = load(&Disk::open(&Plan::sample().path("")).unwrap()).plan;
    let used: BTreeSet<_> = plan
        .documents()
        .flat_map(|(id, _)| values::fields_of(&plan, id))
        .collect();
    let expected: BTreeSet<_> = UNUSED
        .iter()
        .map(|&(mapping, field, _)| (mapping, field))
        .collect();
    let unused: BTreeSet<_> = values::every_field().difference(&used).copied().collect();
    assert_eq!(unused, expected, "the sample is to use every field");
}
