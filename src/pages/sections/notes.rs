//! Release notes on other pages: whole ones first, then fragments by category.

use super::members::Heading;
use super::scope::items_named;
use crate::pages::blocks;
use crate::pages::parts::{Section, Table, Value};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::note::{FragmentCategory, Note};
use crate::plan::value::Choices;

const COLUMNS: [&str; 5] = ["Note", "Says", "Date", "Version", "Items"];

/// Returns a section of `notes`: the whole ones, then the fragments of one category after another.
pub(in crate::pages) fn fragments<'p>(
    view: &View<'p>,
    heading: Heading,
    notes: &[Doc<'p, Note>],
) -> Section<'p> {
    let mut table = Table::new(heading.caption, COLUMNS);
    let categories = FragmentCategory::CHOICES
        .iter()
        .map(|choice| FragmentCategory::of(choice.word));
    for category in [None].into_iter().chain(categories) {
        let category_of =
            |note: &&Doc<'p, Note>| note.fields.fragment.as_ref().map(|fragment| fragment.value);
        let mut of_category = notes
            .iter()
            .filter(|note| category_of(note) == category)
            .peekable();
        if let Some(first) = of_category.peek().filter(|_| category.is_some()) {
            table.group(view.choice(first.fields.fragment.as_ref()));
        }
        for note in of_category {
            table.row(row(&view.of(note.id), *note));
        }
    }
    blocks::section(heading.id, heading.title, [blocks::told(table)])
}

/// Returns the section of the notes of a train's releases, release by release, from which its own is made.
pub(in crate::pages) fn gathered<'p>(
    view: &View<'p>,
    heading: Heading,
    notes: &[Doc<'p, Note>],
) -> Section<'p> {
    let mut of_releases: Vec<_> = notes
        .iter()
        .filter_map(|note| Some((note.document.belongs.release?, *note)))
        .collect();
    of_releases.sort_by_key(|(release, note)| (*release, note.id));
    let mut table = Table::new(heading.caption, COLUMNS);
    for of_release in of_releases.chunk_by(|one, other| one.0 == other.0) {
        table.group(view.document(of_release[0].0));
        for (_, note) in of_release {
            table.row(row(&view.of(note.id), *note));
        }
    }
    blocks::section(heading.id, heading.title, [blocks::told(table)])
}

fn row<'p>(view: &View<'p>, note: Doc<'p, Note>) -> [Value<'p>; 5] {
    let (fields, document) = (note.fields, note.document);
    let says = match &document.common.description {
        Some(text) => view.text(Some(text)),
        None => Some(document.body.outline.summary.as_str())
            .filter(|summary| !summary.is_empty())
            .into(),
    };
    [
        view.document(note.id),
        says,
        view.when(fields.date.as_ref()),
        view.version(fields.version.as_ref()),
        items_named(view, document.belongs.release, &fields.items),
    ]
}
