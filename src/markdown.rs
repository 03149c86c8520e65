//! Markdown from pull requests → HTML that is safe to publish, valid, and pleasant to read with any device.
//!
//! [`Renderer::body`] renders a document's body, [`Renderer::inline`] a frontmatter field, [`plain`] the bare words of
//! one. A body takes three steps: `events` says in Markdown's own terms what a page needs (anchors, notes, alerts);
//! `clean` removes what raw HTML must not bring, only where there is raw HTML; `finish` sees every tag on its way out,
//! and is the only place where an address passes into a page.
//!
//! Nothing here knows where pages are: callers answer what a link points at. Whether a link is broken is for rules.

use std::fmt;

use ammonia::Builder;
use pulldown_cmark::{Event, html};
use serde::Serialize;

use crate::syntax::body::{Destination, Outline, parser};
use crate::text::{Span, turns};

mod clean;
mod events;
mod finish;
mod tag;

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod tests;

/// HTML that may stand in a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(String);

impl Html {
    /// Returns `text` as HTML that shows exactly these characters.
    pub fn escaped(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        push_escaped(&mut html, text);
        Self::straight(html)
    }

    /// Returns `html` without what no page may hold: control characters, and those that turn the direction of what
    /// follows, in whatever page that is.
    fn straight(mut html: String) -> Self {
        let is_foreign = |letter: char| {
            letter.is_control() && !matches!(letter, '\n' | '\t' | '\r') || turns(letter)
        };
        // Of the bytes with which such a letter begins, hardly any body has one.
        let may_begin_one = |byte: u8| {
            byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r')
                || matches!(byte, 0x7f | 0xc2 | 0xe2)
        };
        if html.bytes().any(may_begin_one) && html.contains(is_foreign) {
            html.retain(|letter| !is_foreign(letter));
        }
        Self(html)
    }

    /// Returns the markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.0
    }
}

/// Answers where a page finds a [`Destination::Document`] or [`Destination::Asset`]: its address seen from the page, or
/// none when there is nothing to find; then the words stay and the link goes.
pub type Links<'a> = dyn Fn(&Destination<'_>) -> Option<String> + 'a;

/// A document's body, and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Body<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Where the body stands in it.
    pub span: Span,
    /// The body's outline; its headings give the anchors.
    pub outline: &'a Outline,
}

/// Where rendered Markdown will stand.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The document's title. A first heading that only repeats it is left out, and tables above all headings are named
    /// after it.
    pub title: &'a str,
    /// The level of the topmost headings, from 2 to 6. Deeper ones follow without a gap.
    pub top: u8,
    /// Goes before each id, so that several bodies can stand on one page; empty for none.
    pub prefix: &'a str,
    /// The words that a body needs besides its own.
    pub words: &'a Words<'a>,
}

impl<'a> Place<'a> {
    /// Returns the place below the `<h1>` of a page that shows one body.
    pub fn page(title: &'a str) -> Self {
        Self {
            title,
            top: 2,
            prefix: "",
            words: &ENGLISH,
        }
    }
}

/// The words that a body needs besides its own, in the portal's language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// Goes before a heading's words in the name of its permanent link.
    pub link_to_section: &'a str,
    /// Goes before a table's name.
    pub table: &'a str,
    /// Goes before the number of a footnote.
    pub note: &'a str,
    /// Goes before the number of a footnote in the name of the link back to its text.
    pub back_to_note: &'a str,
    /// Says that a task is done.
    pub done: &'a str,
    /// Says that a task is open.
    pub open: &'a str,
    /// The titles of alerts: note, tip, important, warning, caution.
    pub alerts: [&'a str; 5],
}

/// The words in English.
pub const ENGLISH: Words<'static> = Words {
    link_to_section: "Link to this section",
    table: "Table",
    note: "Note",
    back_to_note: "Back to the text of note",
    done: "done",
    open: "open",
    alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
};

/// Renders Markdown. Making one costs more than a page: make it once and share it.
#[derive(Debug)]
pub struct Renderer {
    cleaner: Builder<'static>,
}

impl Default for Renderer {
    fn default() -> Self {
        Self {
            cleaner: clean::cleaner(),
        }
    }
}

impl Renderer {
    /// Returns a body as the HTML that stands at `place`.
    pub fn body(&self, body: Body<'_>, links: &Links<'_>, place: &Place<'_>) -> Html {
        let source = body.text.get(body.span.range()).unwrap_or_default();
        let mut written = String::with_capacity(source.len() * 2);
        html::push_html(
            &mut written,
            events::Events::new(source, body.outline, place),
        );
        if body.outline.has_html {
            written = self.cleaner.clean(&written).to_string();
        }
        Html::straight(finish::finish(&written, links, place))
    }

    /// Returns a frontmatter field as HTML that can stand inside a sentence: emphasis, code and links, no blocks.
    ///
    /// Raw HTML is shown as text, and so is whatever would begin a block: `# 1` stays `# 1`.
    pub fn inline(&self, text: &str, links: &Links<'_>) -> Html {
        let source = one_line(text);
        let mut written = String::with_capacity(source.len() * 2);
        html::push_html(&mut written, inline_events(&source));
        Html::straight(finish::finish(written.trim(), links, &Place::page("")))
    }
}

/// Returns the words of a frontmatter field without markup, for places that cannot show any.
pub fn plain(text: &str) -> String {
    let source = one_line(text);
    let mut words = String::with_capacity(source.len());
    for event in inline_events(&source) {
        if let Event::Text(text) | Event::Code(text) = event {
            words.push_str(&text);
        }
    }
    words.trim().to_owned()
}

/// Returns the words of HTML that this room wrote, and the alternative texts of its images.
pub fn words(html: &str) -> String {
    tag::unescape(&tag::words(html)).into_owned()
}

/// Returns `text` as one line that begins with a space which is none to Markdown, so that no block can begin.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 3);
    line.push('\u{2003}');
    line.extend(
        text.trim()
            .chars()
            .map(|it| if matches!(it, '\n' | '\r') { ' ' } else { it }),
    );
    line
}

/// Returns the inline events of one line, raw HTML as text.
fn inline_events(line: &str) -> impl Iterator<Item = Event<'_>> {
    use pulldown_cmark::{Tag, TagEnd};
    parser(line).filter_map(|event| match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        other => Some(other),
    })
}

/// Appends `text` as it must stand between tags or in a quoted attribute.
fn push_escaped(html: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(html, text);
}

/// Appends `address` as it must stand in a quoted attribute, with what an address cannot hold percent-encoded.
fn push_address(html: &mut String, address: &str) {
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_href(html, address);
}
