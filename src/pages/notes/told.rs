//! Notes in full, one section each: corrections first, then the prose, then the fragments by category.

use std::borrow::Cow;

use super::{Entry, Marks};
use crate::markdown::{self, Body, Html};
use crate::pages::Portal;
use crate::pages::blocks;
use crate::pages::links::Links;
use crate::pages::parts::{Block, Fact, Prose, Section, State, Value};
use crate::pages::view::View;
use crate::plan::kinds::note::{FragmentCategory, Note};
use crate::plan::value::Choices;
use crate::plan::{Doc, DocId};

/// How much a page holds, in bytes of what is written: its HTML then stays well below 30 KiB on the way.
const PAGE: usize = 24 * 1024;

/// What a note or a fragment takes besides its text.
const FRAME: usize = 500;

/// Returns the notes page by page: as many on each as are read in one go, and one at least.
pub(super) fn chunks<'e>(portal: &Portal<'_>, entries: &'e [Entry]) -> Vec<&'e [Entry]> {
    let mut chunks = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, entry) in entries.iter().enumerate() {
        let weight: usize = entry.documents().map(|id| weight(portal, id)).sum();
        if at > start && size + weight > PAGE {
            chunks.push(&entries[start..at]);
            (start, size) = (at, 0);
        }
        size += weight;
    }
    if start < entries.len() {
        chunks.push(&entries[start..]);
    }
    chunks
}

fn weight(portal: &Portal<'_>, id: DocId) -> usize {
    FRAME + portal.plan.document(id).body.span.range().len()
}

/// Returns a section for each of `shown`.
pub(super) fn sections<'p>(view: &View<'p>, shown: &[Entry]) -> Vec<Section<'p>> {
    let section = |entry: &Entry| section(&view.of(entry.note), entry, shown);
    shown.iter().filter_map(section).collect()
}

/// Returns the section of a note; its id is in the heading when its title alone would not tell it from others.
fn section<'p>(view: &View<'p>, entry: &Entry, others: &[Entry]) -> Option<Section<'p>> {
    let plan = view.portal.plan;
    let note = plan.get::<Note>(entry.note)?;
    let anchor = anchor(note);
    let is_other = |other: &&Entry| {
        other.note != entry.note && plan.document(other.note).title == note.document.title
    };
    let is_shared = others.iter().any(|other| is_other(&other));
    let errata = blocks::table(
        "What was wrong",
        ["Found", "Correction"],
        &note.fields.errata,
        |erratum| {
            [
                view.when(erratum.date.as_ref()),
                view.text(erratum.text.as_ref()),
            ]
        },
    );
    let fragments = entry.fragments.iter();
    let fragments: Vec<_> = fragments.filter_map(|&id| plan.get::<Note>(id)).collect();
    let told = [
        blocks::facts(facts(view, note, entry)),
        blocks::told(errata),
        prose(view, note, 3).map(Block::Prose),
        gathered(view, &anchor, &fragments),
    ];
    let title = &note.document.title;
    let title = match is_shared {
        true => format!("{title} · {}", note.document.id).into(),
        false => Cow::Borrowed(&**title),
    };
    Some(blocks::section(anchor, title, told))
}

fn anchor(note: Doc<'_, Note>) -> String {
    blocks::anchored("note", &note.document.id)
}

fn facts<'p>(view: &View<'p>, note: Doc<'p, Note>, entry: &Entry) -> [Fact<'p>; 6] {
    let belongs = note.document.belongs;
    let about = belongs.release.or(belongs.train);
    let marks = Marks::of(view.portal.plan, entry.documents());
    [
        Fact::new("Marked", Value::list(marks.states())),
        Fact::new(
            "Date",
            entry.published.map_or(Value::Empty, |day| view.day(day)),
        ),
        Fact::new("Version", view.version(note.fields.version.as_ref())),
        Fact::new("Category", view.choice(note.fields.fragment.as_ref())),
        Fact::new("About", about.map_or(Value::Empty, |id| view.document(id))),
        Fact::new("Note", view.document(note.id)),
    ]
}

/// Returns the fragments under a heading for each category. They are words of one note and no regions of the page: the
/// same category comes with many notes.
fn gathered<'p>(view: &View<'p>, anchor: &str, fragments: &[Doc<'p, Note>]) -> Option<Block<'p>> {
    let locale = view.portal.locale;
    let mut html = String::new();
    for choice in FragmentCategory::CHOICES {
        let category = FragmentCategory::of(choice.word);
        let of = |fragment: &&Doc<'p, Note>| {
            fragment.fields.fragment.as_ref().map(|of| of.value) == category
        };
        let mut of_category = fragments.iter().filter(of).peekable();
        if of_category.peek().is_none() {
            continue;
        }
        let category = State::new(choice.word).word;
        let id = format!("{}-{anchor}", choice.word);
        html.push_str(&heading(3, &id, locale.word(&category)));
        for fragment in of_category {
            let id = self::anchor(*fragment);
            html.push_str(&heading(4, &id, &fragment.document.title));
            let words = prose(&view.of(fragment.id), *fragment, 5);
            html.push_str(words.as_ref().map_or("", |words| &words.0));
        }
    }
    (!html.is_empty()).then(|| Block::Prose(Prose::new(html)))
}

/// Returns a heading that links to itself.
fn heading(level: u8, id: &str, words: &str) -> String {
    let (id, words) = (Html::escaped(id), Html::escaped(words));
    format!("<h{level} id=\"{id}\"><a href=\"#{id}\">{words}</a></h{level}>\n")
}

/// Returns the words of `note`, whose topmost headings are of the level `top`.
fn prose<'p>(view: &View<'p>, note: Doc<'p, Note>, top: u8) -> Option<Prose<'p>> {
    let document = note.document;
    let body = Body {
        text: &view.portal.plan.sources.get(document.file).text,
        span: document.body.span,
        outline: &document.body.outline,
    };
    let links = Links {
        view: *view,
        from: Some(note.id),
    };
    let prefix = format!("{}-", anchor(note));
    let place = markdown::Place {
        top,
        prefix: &prefix,
        ..markdown::Place::page(&document.title)
    };
    let renderer = &view.portal.renderer;
    let html = renderer.body(body, &|destination| links.address(destination), &place);
    let words = html.as_str().trim();
    (!words.is_empty()).then(|| Prose::new(String::from(html)))
}
