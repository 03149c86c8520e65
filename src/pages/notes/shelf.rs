//! The release notes of a portal, newest first, and what each is made of for one reader.
//!
//! Pages and feeds both ask here, so that they tell the same of the same note, and so that nobody else decides who may
//! read which fragment.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::pages::Portal;
use crate::plan::kinds::note::Note;
use crate::plan::value::When;
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::time::Day;

/// The published notes of a portal and their fragments.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Every note and fragment, newest first.
    all: Vec<Told>,
    /// Where those of each train and application stand among all.
    of: FxHashMap<DocId, Vec<usize>>,
    /// The fragments and the whole notes of each release.
    parts: FxHashMap<DocId, Parts>,
}

#[derive(Debug, Default)]
struct Parts {
    fragments: Vec<DocId>,
    whole: Vec<DocId>,
}

/// A note or a fragment, and its days.
#[derive(Clone, Copy, Debug)]
struct Told {
    note: DocId,
    /// The release that it is about.
    release: Option<DocId>,
    is_fragment: bool,
    published: Option<Day>,
    updated: Option<Day>,
}

/// A note as one reader finds it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The note: a whole one, or a fragment that no whole note of the reader's gathers.
    pub note: DocId,
    /// The day that it is about: the one that it is dated, or else the last on which its release or train moved.
    pub published: Option<Day>,
    /// The day on which what it says changed last: that of its last correction.
    pub updated: Option<Day>,
    /// The fragments that it gathers, those that the reader may read.
    pub fragments: Vec<DocId>,
}

impl Shelf {
    /// Returns the published notes of `portal`.
    pub(in crate::pages) fn of(portal: &Portal<'_>) -> Self {
        let plan = portal.plan;
        let mut shelf = Self::default();
        for &id in portal.published_of(Kind::Note) {
            let Some(note) = plan.get::<Note>(id) else {
                continue;
            };
            let told = told(plan, note, portal.publication.as_of);
            if let Some(release) = told.release {
                let parts = shelf.parts.entry(release).or_default();
                let part = match told.is_fragment {
                    true => &mut parts.fragments,
                    false => &mut parts.whole,
                };
                part.push(id);
            }
            shelf.all.push(told);
        }
        shelf
            .all
            .sort_by_key(|told| (Reverse(told.updated), told.note));
        for (at, told) in shelf.all.iter().enumerate() {
            for id in about(plan, told.note) {
                shelf.of.entry(id).or_default().push(at);
            }
        }
        shelf
    }

    /// Returns the notes that `audience` may read, of one train or application or of all, newest first.
    pub fn entries(&self, plan: &Plan, of: Option<DocId>, audience: Option<&str>) -> Vec<Entry> {
        let may_read = |id: &&DocId| plan.may_read(**id, audience);
        let entry = |told: &Told| {
            let parts = told.release.and_then(|release| self.parts.get(&release));
            let is_gathered =
                || parts.is_some_and(|parts| parts.whole.iter().any(|id| may_read(&id)));
            if !may_read(&&told.note) || told.is_fragment && is_gathered() {
                return None;
            }
            let gathered = parts.filter(|_| !told.is_fragment);
            let fragments = gathered.map_or(&[][..], |parts| &parts.fragments);
            Some(Entry {
                note: told.note,
                published: told.published,
                updated: told.updated,
                fragments: fragments.iter().filter(may_read).copied().collect(),
            })
        };
        match of {
            None => self.all.iter().filter_map(entry).collect(),
            Some(of) => {
                let places = self.of.get(&of).map_or(&[][..], Vec::as_slice);
                let some = places.iter().filter_map(|&at| self.all.get(at));
                some.filter_map(entry).collect()
            }
        }
    }

    /// Returns how many notes and fragments there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Returns whether a note or a fragment is about the train or application `id`.
    pub fn has(&self, id: DocId) -> bool {
        self.of.contains_key(&id)
    }
}

/// Returns the days of `note`.
fn told(plan: &Plan, note: Doc<'_, Note>, today: Day) -> Told {
    let belongs = note.document.belongs;
    let moved = || {
        let history = plan
            .course(belongs.release.or(belongs.train)?)?
            .history
            .iter();
        let days = history.filter_map(|step| day_of(step.value.date.as_ref()));
        days.filter(|day| *day <= today).max()
    };
    let published = day_of(note.fields.date.as_ref()).or_else(moved);
    let errata = note.fields.errata.iter();
    let corrected = errata
        .filter_map(|erratum| day_of(erratum.date.as_ref()))
        .filter(|day| *day <= today)
        .max();
    Told {
        note: note.id,
        release: belongs.release,
        is_fragment: note.fields.fragment.is_some(),
        published,
        updated: published.max(corrected),
    }
}

/// Returns the train and the application that the note `id` is about.
fn about(plan: &Plan, id: DocId) -> impl Iterator<Item = DocId> {
    let belongs = plan.document(id).belongs;
    let release = belongs
        .release
        .map(|release| plan.document(release).belongs);
    let train = belongs.train.or(release.and_then(|of| of.train));
    let application = release
        .and_then(|of| of.application)
        .or(belongs.application);
    [train, application].into_iter().flatten()
}

/// Returns the day that counts as that of `date`: its last.
pub fn day_of(date: Option<&When>) -> Option<Day> {
    date?.days().map(|days| days.last)
}

impl Entry {
    /// Returns the note and the fragments that it gathers.
    pub fn documents(&self) -> impl Iterator<Item = DocId> {
        std::iter::once(self.note).chain(self.fragments.iter().copied())
    }
}
