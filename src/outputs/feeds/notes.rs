//! Release notes as entries: the whole text with its corrections, and the fragments that it is made of.
//!
//! A note is told from its day on: the one that it is dated, or else the last on which its release or train moved. One
//! without a day is found in the portal alone. A correction makes it an entry that changed.

use rustc_hash::FxHashMap;

use super::Entry;
use super::content::{Content, escaped};
use crate::pages::Portal;
use crate::pages::parts::State;
use crate::plan::kinds::note::{FragmentCategory, Note};
use crate::plan::value::{Choices, When};
use crate::plan::{Doc, DocId, Kind};
use crate::time::Day;

/// The notes of a portal, by what they are about.
#[derive(Debug)]
pub(super) struct Shelf<'p> {
    /// Whole notes that have their day, newest first.
    all: Vec<Told<'p>>,
    /// Those of each train and application.
    of: FxHashMap<DocId, Vec<Told<'p>>>,
    /// The fragments of each release.
    fragments: FxHashMap<DocId, Vec<Doc<'p, Note>>>,
}

/// A whole note and its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'p> {
    note: Doc<'p, Note>,
    published: Day,
    updated: Day,
}

/// Some of the notes, with the shelf that has their fragments.
#[derive(Clone, Copy)]
pub(super) struct Notes<'s, 'p> {
    notes: &'s [Told<'p>],
    shelf: &'s Shelf<'p>,
}

impl<'p> Shelf<'p> {
    /// Returns the published notes of `portal` that have their day, and all published fragments.
    pub(super) fn of(portal: &Portal<'p>) -> Self {
        let plan = portal.plan;
        let today = portal.publication.as_of;
        let mut shelf = Self {
            all: Vec::new(),
            of: FxHashMap::default(),
            fragments: FxHashMap::default(),
        };
        let notes = portal.published_of(Kind::Note).iter();
        for note in notes.filter_map(|&id| plan.get::<Note>(id)) {
            let belongs = note.document.belongs;
            if note.fields.fragment.is_some() {
                if let Some(release) = belongs.release {
                    shelf.fragments.entry(release).or_default().push(note);
                }
                continue;
            }
            let about = belongs.release.or(belongs.train);
            let dated = day_of(note.fields.date.as_ref());
            let moved = || {
                let history = plan.course(about?)?.history.iter();
                let days = history.filter_map(|step| day_of(step.value.date.as_ref()));
                days.filter(|day| *day <= today).max()
            };
            let Some(published) = dated.or_else(moved).filter(|day| *day <= today) else {
                continue;
            };
            let errata = note.fields.errata.iter();
            let corrected = errata
                .filter_map(|erratum| day_of(erratum.date.as_ref()))
                .filter(|day| *day <= today)
                .max();
            shelf.all.push(Told {
                note,
                published,
                updated: corrected.unwrap_or(published).max(published),
            });
        }
        shelf
            .all
            .sort_by_key(|told| (std::cmp::Reverse(told.updated), told.note.id));
        for told in &shelf.all {
            let belongs = told.note.document.belongs;
            let release = belongs
                .release
                .map(|release| plan.document(release).belongs);
            let train = belongs.train.or(release.and_then(|of| of.train));
            let application = release
                .and_then(|of| of.application)
                .or(belongs.application);
            for id in [train, application].into_iter().flatten() {
                shelf.of.entry(id).or_default().push(*told);
            }
        }
        shelf
    }

    /// Returns every note.
    pub(super) fn all(&self) -> Notes<'_, 'p> {
        Notes {
            notes: &self.all,
            shelf: self,
        }
    }

    /// Returns the notes about the train or application `id`.
    pub(super) fn about(&self, id: DocId) -> Notes<'_, 'p> {
        Notes {
            notes: self.of.get(&id).map_or(&[], Vec::as_slice),
            shelf: self,
        }
    }
}

fn day_of(date: Option<&When>) -> Option<Day> {
    date?.days().map(|days| days.last)
}

/// Returns the newest of `some` as entries; for `audience`, only what it may read.
pub(super) fn entries(
    content: &Content<'_, '_>,
    some: Notes<'_, '_>,
    audience: Option<&str>,
) -> Vec<Entry> {
    let readable = some
        .notes
        .iter()
        .filter(|told| may_read(told.note, audience));
    readable
        .take(super::NEWEST)
        .map(|told| entry(content, some.shelf, told, audience))
        .collect()
}

/// Returns whether `audience` may read `note`. A note that names nobody is for everyone.
fn may_read(note: Doc<'_, Note>, audience: Option<&str>) -> bool {
    let named = &note.document.common.audience;
    audience.is_none_or(|audience| {
        named.is_empty() || named.iter().any(|name| *name.value == *audience)
    })
}

fn entry(
    content: &Content<'_, '_>,
    shelf: &Shelf<'_>,
    told: &Told<'_>,
    audience: Option<&str>,
) -> Entry {
    let note = told.note;
    let (document, belongs) = (note.document, note.document.belongs);
    let of_release = belongs
        .release
        .and_then(|release| shelf.fragments.get(&release));
    let fragments: Vec<_> = of_release
        .into_iter()
        .flatten()
        .filter(|fragment| may_read(**fragment, audience))
        .collect();
    let mut html = corrections(content, note);
    html.push_str(&content.body(note.id, 2));
    let tags = document.common.tags.iter();
    let mut categories: Vec<String> = tags.map(|tag| tag.value.to_string()).collect();
    for category in FragmentCategory::CHOICES {
        let category = FragmentCategory::of(category.word);
        let is_of =
            |of: &&&Doc<'_, Note>| of.fields.fragment.as_ref().map(|of| of.value) == category;
        let mut of_category = fragments.iter().filter(is_of).peekable();
        let (Some(category), true) = (category, of_category.peek().is_some()) else {
            continue;
        };
        categories.push(category.word().to_owned());
        let heading = State::new(category.word()).word;
        html.push_str(&format!(
            "<h2>{}</h2>\n",
            escaped(content.portal.locale.word(&heading))
        ));
        for fragment in of_category {
            html.push_str(&format!("<h3>{}</h3>\n", escaped(&fragment.document.title)));
            html.push_str(&content.body(fragment.id, 4));
        }
    }
    Entry {
        local: format!("note:{}", document.id),
        title: document.title.to_string(),
        page: content.portal.path(note.id).unwrap_or_default().to_owned(),
        published: told.published,
        updated: told.updated,
        categories,
        html,
    }
}

/// Returns what was wrong in `note`, as the first thing to read.
fn corrections(content: &Content<'_, '_>, note: Doc<'_, Note>) -> String {
    if note.fields.errata.is_empty() {
        return String::new();
    }
    let mut html = format!(
        "<h2>{}</h2>\n<ul>\n",
        escaped(content.portal.locale.word("Corrections"))
    );
    for erratum in &note.fields.errata {
        let day = day_of(erratum.date.as_ref())
            .map_or_else(String::new, |day| format!("{}: ", content.day(day)));
        let text = erratum
            .text
            .as_ref()
            .map_or_else(String::new, |text| content.inline(note.id, &text.value));
        html.push_str(&format!("<li>{day}{text}</li>\n"));
    }
    html.push_str("</ul>\n");
    html
}
