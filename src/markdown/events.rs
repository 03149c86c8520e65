//! Markdown's events as a page needs them: headings with their anchors, footnotes that link both ways, alerts and tasks
//! that say what they are.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::{Place, push_escaped};
use crate::syntax::body::{Heading, Outline, parser};

/// The classes of alerts, in the order of [`super::Words::alerts`].
pub(super) const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// The mark of a task that is done.
pub(super) const DONE: char = '☑';

/// The mark of a task that is open.
pub(super) const OPEN: char = '☐';

/// The events of one body. Its raw HTML passes only if the outline knows of it, and then the body is cleaned.
pub(super) struct Events<'a> {
    source: Parser<'a>,
    headings: std::slice::Iter<'a, Heading>,
    place: &'a Place<'a>,
    /// The heading that only repeats the title, until it has come.
    repeated: Option<&'a Heading>,
    raw_html: bool,
    /// Inside an image there is only alternative text.
    images: u32,
    notes: FxHashMap<CowStr<'a>, Note>,
    /// The notes whose definitions are open.
    defining: Vec<Note>,
}

/// A footnote. Notes are numbered as they come up, whether in the text or by their definitions.
#[derive(Clone, Copy)]
struct Note {
    number: usize,
    /// Whether the text before has a reference to it that a reader can go back to.
    referenced: bool,
}

impl<'a> Events<'a> {
    pub(super) fn new(source: &'a str, outline: &'a Outline, place: &'a Place<'a>) -> Self {
        let title = place.title.trim();
        Self {
            source: parser(source),
            headings: outline.headings.iter(),
            place,
            repeated: outline
                .headings
                .first()
                .filter(|it| !title.is_empty() && it.text == title),
            raw_html: outline.has_html,
            images: 0,
            notes: FxHashMap::default(),
            defining: Vec::new(),
        }
    }

    fn start(&mut self, tag: Tag<'a>) -> Event<'a> {
        match tag {
            Tag::Heading { level, .. } => {
                let heading = self.headings.next();
                if self.repeated.take().is_some() {
                    return self.skip_heading(heading);
                }
                Event::Start(Tag::Heading {
                    level,
                    id: heading.map(|it| CowStr::Borrowed(&it.id)),
                    // Attributes other than the id could be event handlers.
                    classes: Vec::new(),
                    attrs: Vec::new(),
                })
            }
            Tag::BlockQuote(Some(kind)) => self.alert(kind),
            Tag::FootnoteDefinition(label) => {
                let note = self.note(label);
                self.defining.push(note);
                let number = note.number;
                made(format!(
                    "<div class=\"footnote\" id=\"fn:{number}\"><sup>{number}</sup>\n"
                ))
            }
            Tag::Image { .. } => {
                self.images += 1;
                Event::Start(tag)
            }
            other => Event::Start(other),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Event<'a> {
        match tag {
            TagEnd::BlockQuote(Some(_)) => made("</blockquote>\n".to_owned()),
            TagEnd::FootnoteDefinition => made(self.end_of_note()),
            TagEnd::Image => {
                self.images -= 1;
                Event::End(tag)
            }
            other => Event::End(other),
        }
    }

    /// Skips the words of the heading that has begun; its anchor stays, for links point at it.
    fn skip_heading(&mut self, heading: Option<&Heading>) -> Event<'a> {
        for event in self.source.by_ref() {
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
        }
        let mut html = String::from("<span id=\"");
        push_escaped(&mut html, heading.map_or("", |it| &it.id));
        html.push_str("\"></span>\n");
        made(html)
    }

    fn alert(&self, kind: BlockQuoteKind) -> Event<'a> {
        let at = match kind {
            BlockQuoteKind::Note => 0,
            BlockQuoteKind::Tip => 1,
            BlockQuoteKind::Important => 2,
            BlockQuoteKind::Warning => 3,
            BlockQuoteKind::Caution => 4,
        };
        let mut html = format!("<blockquote class=\"alert {}\">\n<p><strong>", ALERTS[at]);
        push_escaped(&mut html, self.place.words.alerts[at]);
        html.push_str("</strong></p>\n");
        made(html)
    }

    fn note(&mut self, label: CowStr<'a>) -> Note {
        let number = self.notes.len() + 1;
        *self.notes.entry(label).or_insert(Note {
            number,
            referenced: false,
        })
    }

    fn reference(&mut self, label: CowStr<'a>) -> Event<'a> {
        let Note { number, .. } = self.note(label.clone());
        if self.images > 0 {
            return Event::Text(format!("[{number}]").into());
        }
        let mut html = String::from("<sup class=\"noteref\"><a");
        if let Some(note) = self.notes.get_mut(&label).filter(|it| !it.referenced) {
            note.referenced = true;
            html.push_str(&format!(" id=\"fnref:{number}\""));
        }
        html.push_str(&format!(" href=\"#fn:{number}\">{number}</a></sup>"));
        inline(html)
    }

    fn end_of_note(&mut self) -> String {
        match self.defining.pop().filter(|it| it.referenced) {
            Some(note) => format!("<a href=\"#fnref:{}\">↩</a></div>\n", note.number),
            None => "</div>\n".to_owned(),
        }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        Some(match self.source.next()? {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::FootnoteReference(label) => self.reference(label),
            Event::TaskListMarker(done) => task(done),
            Event::Html(html) | Event::InlineHtml(html) if !self.raw_html => Event::Text(html),
            other => other,
        })
    }
}

/// Returns the mark of a task; `finish` says in words what it means.
fn task(done: bool) -> Event<'static> {
    let mark = if done { DONE } else { OPEN };
    inline(format!("<span class=\"task\">{mark}</span> "))
}

/// Returns a block of markup that we made.
fn made(html: String) -> Event<'static> {
    Event::Html(html.into())
}

/// Returns markup inside a sentence that we made.
fn inline(html: String) -> Event<'static> {
    Event::InlineHtml(html.into())
}
