//! What pages are called in windows and search results: no two pages alike.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::frame::capitalised;
use crate::plan::{Body, Document, Kind};

/// The titles and the descriptions that several documents share, which their pages complete by what sets them apart.
#[derive(Debug)]
pub struct Names<'p> {
    titles: FxHashSet<(Kind, &'p str)>,
    descriptions: FxHashSet<&'p str>,
}

impl<'p> Names<'p> {
    /// Returns what `documents` share.
    pub(super) fn of(documents: impl Iterator<Item = &'p Document> + Clone) -> Self {
        Self {
            titles: repeated(
                documents
                    .clone()
                    .map(|document| (document.kind, &*document.title)),
            ),
            descriptions: repeated(documents.filter_map(|document| told(document, &document.body))),
        }
    }

    /// Returns the title of the window of the page of `document`: `2026 Q4 · Release train`, with the id where another
    /// document of its kind has the same title.
    pub fn window_title(&self, document: &Document) -> String {
        let kind = capitalised(document.kind.one());
        match self.titles.contains(&(document.kind, &*document.title)) {
            true => format!("{} · {kind} {}", document.title, document.id),
            false => format!("{} · {kind}", document.title),
        }
    }

    /// Returns the sentence that tells what `document`, which has the body `body`, is about: its own, with its window's
    /// title before it where another document says the same.
    pub(super) fn description(&self, document: &'p Document, body: &'p Body) -> Cow<'p, str> {
        match told(document, body) {
            Some(text) if self.descriptions.contains(text) => format!(
                "{} {}: {text}",
                capitalised(document.kind.one()),
                document.id
            )
            .into(),
            Some(text) => Cow::Borrowed(text),
            None => format!(
                "{} {}, {}",
                capitalised(document.kind.one()),
                document.id,
                document.title
            )
            .into(),
        }
    }
}

/// Returns what `document`, which has the body `body`, says of itself in a sentence.
fn told<'p>(document: &'p Document, body: &'p Body) -> Option<&'p str> {
    let written = document
        .common
        .description
        .as_ref()
        .map(|text| &*text.value);
    let summary = body.outline.summary.as_str();
    written.or((!summary.is_empty()).then_some(summary))
}

/// Returns those of `things` that come more than once.
fn repeated<T: std::hash::Hash + Eq + Copy>(things: impl Iterator<Item = T>) -> FxHashSet<T> {
    let mut counts: FxHashMap<T, usize> = FxHashMap::default();
    things.for_each(|thing| *counts.entry(thing).or_default() += 1);
    counts
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(thing, _)| thing)
        .collect()
}
