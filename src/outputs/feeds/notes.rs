//! Release notes as entries: the whole text with its corrections, and the fragments that it is made of.
//!
//! A note is told from its day on: the one that it is dated, or else the last on which its release or train moved. One
//! without a day is found in the portal alone. A correction makes it an entry that changed.

use super::Entry;
use super::content::{Content, escaped};
use crate::pages::notes::{self, day_of};
use crate::pages::parts::State;
use crate::plan::kinds::note::{FragmentCategory, Note};
use crate::plan::value::Choices;
use crate::plan::{Doc, DocId};
use crate::time::Day;

/// Returns the newest notes as entries, all of them or those of the train or application `of`, as far as the reader of
/// `content` may read them.
pub(super) fn entries(content: &Content<'_, '_>, of: Option<DocId>) -> Vec<Entry> {
    let (portal, today) = (content.portal, content.portal.publication.as_of);
    let entries = portal.shelf().entries(portal.plan, of, content.reader);
    let whole = entries.iter().filter_map(|entry| {
        let note = portal.plan.get::<Note>(entry.note)?;
        let published = entry.published.filter(|day| *day <= today)?;
        note.fields
            .fragment
            .is_none()
            .then(|| self::entry(content, entry, note, published))
    });
    whole.take(super::NEWEST).collect()
}

fn entry(
    content: &Content<'_, '_>,
    told: &notes::Entry,
    note: Doc<'_, Note>,
    published: Day,
) -> Entry {
    let (plan, document) = (content.portal.plan, note.document);
    let fragments = told.fragments.iter();
    let fragments: Vec<_> = fragments.filter_map(|&id| plan.get::<Note>(id)).collect();
    let mut html = corrections(content, note);
    html.push_str(&content.body(note.id, 2));
    let tags = document.common.tags.iter();
    let mut categories: Vec<String> = tags.map(|tag| tag.value.to_string()).collect();
    for category in FragmentCategory::CHOICES {
        let category = FragmentCategory::of(category.word);
        let is_of =
            |of: &&Doc<'_, Note>| of.fields.fragment.as_ref().map(|of| of.value) == category;
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
        published,
        updated: told.updated.map_or(published, |day| day.max(published)),
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
