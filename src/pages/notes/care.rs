//! What is read before all else: weaknesses with who is affected and where they are mended, what breaks, and what an
//! earlier note got wrong.

use super::{Entry, Marks, marks};
use crate::pages::blocks;
use crate::pages::parts::{Link, Section, Table, Value};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::note::Note;
use crate::plan::kinds::release::Release;

/// How many lines each table has: the newest.
const MOST: usize = 25;

/// Returns the sections about those of `entries` that need care.
pub(super) fn sections<'p>(view: &View<'p>, entries: &[Entry]) -> [Section<'p>; 2] {
    [marked(view, entries), corrections(view, entries)]
}

fn marked<'p>(view: &View<'p>, entries: &[Entry]) -> Section<'p> {
    let plan = view.portal.plan;
    let columns = [
        "Note",
        "Marked",
        "Identifiers",
        "Affected",
        "Fixed in",
        "Date",
    ];
    let mut table = Table::new("Security and breaking changes", columns);
    let of_entry = entries.iter().flat_map(|entry| {
        let documents = entry.documents();
        documents.map(move |id| (id, entry.published))
    });
    let marked = of_entry.filter_map(|(id, day)| {
        let marks = Marks::of(plan, [id]);
        let needs_care = marks.is_security || marks.is_breaking || marks.is_upgrade;
        Some((plan.get::<Note>(id).filter(|_| needs_care)?, marks, day))
    });
    for (note, marks, day) in marked.take(MOST) {
        let is_security = marks.is_security;
        table.row([
            view.document(note.id),
            Value::list(marks.states()),
            Value::list(marks.identifiers.into_iter().map(|name| {
                let record = marks::record(&name);
                Link::new(record, name)
            })),
            if is_security {
                affected(view, note)
            } else {
                Value::Empty
            },
            if is_security {
                fixed_in(view, note)
            } else {
                Value::Empty
            },
            day.map_or(Value::Empty, |day| view.day(day)),
        ]);
    }
    blocks::section(
        "care",
        "Security and breaking changes",
        [blocks::told(table)],
    )
}

/// Returns who is affected by the weakness that `note` tells of: the users of its application before its version.
fn affected<'p>(view: &View<'p>, note: Doc<'p, Note>) -> Value<'p> {
    let release = release(view, note);
    let application = release
        .and_then(|release| release.document.belongs.application)
        .or(note.document.belongs.application);
    let version = version(view, note).map(|version| {
        let locale = view.portal.locale;
        locale.phrase("before {version}", &[("version", &version)])
    });
    let application = application.map_or(Value::Empty, |id| view.document(id));
    blocks::several([application, version.map_or(Value::Empty, Value::word)])
}

/// Returns the versions in which it is mended: the note's own, and the older ones that it holds for as well.
fn fixed_in<'p>(view: &View<'p>, note: Doc<'p, Note>) -> Value<'p> {
    let own = version(view, note).map_or(Value::Empty, Value::code);
    let older = note.fields.applies_to.iter();
    let older = older.map(|version| view.version(Some(version)));
    blocks::several(std::iter::once(own).chain(older))
}

fn version<'p>(view: &View<'p>, note: Doc<'p, Note>) -> Option<&'p str> {
    let of_release = || release(view, note)?.fields.version.as_ref();
    let version = note.fields.version.as_ref().or_else(of_release)?;
    Some(&version.value.0)
}

/// Returns the release that `note` is about, when the reader may know of it.
fn release<'p>(view: &View<'p>, note: Doc<'p, Note>) -> Option<Doc<'p, Release>> {
    let id = note.document.belongs.release?;
    view.path_of(id)?;
    view.portal.plan.get(id)
}

/// What notes got wrong, each beside the note that it corrects.
fn corrections<'p>(view: &View<'p>, entries: &[Entry]) -> Section<'p> {
    let plan = view.portal.plan;
    let notes = entries.iter().flat_map(Entry::documents);
    let notes = notes.filter_map(|id| plan.get::<Note>(id));
    let mut errata: Vec<_> = notes
        .flat_map(|note| {
            note.fields
                .errata
                .iter()
                .map(move |erratum| (note, erratum))
        })
        .collect();
    errata.sort_by_key(|(note, erratum)| {
        let day = super::day_of(erratum.date.as_ref());
        (std::cmp::Reverse(day), note.id)
    });
    let columns = ["Note", "Found", "Correction"];
    let table = blocks::table(
        "Corrections, newest first",
        columns,
        errata.iter().take(MOST),
        |(note, erratum)| {
            let of = view.of(note.id);
            [
                view.document(note.id),
                of.when(erratum.date.as_ref()),
                of.text(erratum.text.as_ref()),
            ]
        },
    );
    blocks::section("corrections", "Corrections", [blocks::told(table)])
}
