//! The body that most pages share: answers first, then facts, sections, prose and neighbours.

use std::borrow::Cow;

use serde::Serialize;

use super::{Fact, Link, Notice, Prose, Section, State, Value};

/// The answer to a question with which people come, shown before all else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer<'a> {
    /// What it answers, for `data-answer`: `next-release`, `frozen-now`.
    pub slug: &'a str,
    /// The question in two words, in English: `Next release`.
    pub label: Cow<'a, str>,
    /// The answer.
    pub value: Value<'a>,
    /// The state of it.
    pub state: Option<State<'a>>,
    /// What else belongs to the answer: the date, the reason, the next one.
    pub details: Vec<Value<'a>>,
}

impl<'a> Answer<'a> {
    /// Returns the answer `value`, without a state, to the question that is called `label`.
    pub fn new(
        (slug, label): (&'a str, &'a str),
        value: impl Into<Value<'a>>,
        details: impl IntoIterator<Item = Value<'a>>,
    ) -> Self {
        Self {
            slug,
            label: label.into(),
            value: value.into(),
            state: None,
            details: details.into_iter().collect(),
        }
    }
}

/// Links from elsewhere in the plan to this page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Backlinks<'a> {
    /// In which way they refer to it, in English: `Needed by`.
    pub title: Cow<'a, str>,
    /// The pages.
    pub links: Vec<Link<'a>>,
}

/// The neighbours of a page among its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pager<'a> {
    /// The one before.
    pub previous: Option<Link<'a>>,
    /// The one after.
    pub next: Option<Link<'a>>,
}

impl<'a> Pager<'a> {
    /// Returns the neighbours of the one at `at` in `links`.
    pub fn around(links: &[Link<'a>], at: usize) -> Self {
        let before = at.checked_sub(1);
        Self {
            previous: before.and_then(|before| links.get(before)).cloned(),
            next: links.get(at + 1).cloned(),
        }
    }
}

/// The pages over which a long list is spread. All are linked, so that nothing is more than three clicks away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pages<'a> {
    /// This page, counted from 1.
    pub current: usize,
    /// Each page's number and address, in order.
    pub links: Vec<Link<'a>>,
}

impl Pages<'_> {
    /// How many rows stand on one page: 100 rows of ten elements stay below 1,500 elements and 30 KiB.
    pub const ROWS: usize = 100;
}

/// The body of a page, laid out by `layouts/document.html`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document<'a> {
    /// What the page is about, in English, above its heading: `Release`.
    pub kind: Option<Cow<'a, str>>,
    /// The state beside the heading.
    pub state: Option<State<'a>>,
    /// One or two sentences below the heading.
    pub summary: Option<Prose<'a>>,
    /// The three to five facts that people ask for first.
    pub facts: Vec<Fact<'a>>,
    /// Answers to questions with which people come.
    pub answers: Vec<Answer<'a>>,
    /// Diagnostics that concern the page.
    pub notices: Vec<Notice<'a>>,
    /// The table of contents (see [`contents`](super::contents)); empty for none.
    pub contents: Vec<Link<'a>>,
    /// The document's own body, where people come for its words.
    pub opening: Option<Prose<'a>>,
    /// The sections.
    pub sections: Vec<Section<'a>>,
    /// The document's own body, where it explains what its fields say.
    pub prose: Option<Prose<'a>>,
    /// What every kind has and few ask for.
    pub about: Option<Section<'a>>,
    /// Who refers to it.
    pub backlinks: Vec<Backlinks<'a>>,
    /// The pages of a long list.
    pub pages: Option<Pages<'a>>,
    /// The neighbours.
    pub pager: Pager<'a>,
}
