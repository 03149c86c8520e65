//! What stands in a document's body: headings, links and anchors, each with its place in the file.
//!
//! [`outline`] reads a body once, without rendering it, so that links can be checked and pages can have tables of
//! contents. [`parser`] is the one place that says which Markdown is trainboard's Markdown; whoever renders a body uses
//! it too. [`Destination`] says what a link points at, [`resolve`] which file that is, [`prose`]
//! returns the words that readers see, and [`dates`] the days that they name.
//!
//! Nothing here knows the plan: whether a link's target exists is for the floors above to say.

use pulldown_cmark::{Options, Parser};

use crate::text::Span;

mod anchors;
pub mod dates;
mod destination;
mod outline;
mod prose;

pub use destination::{Destination, relative, resolve};
pub use outline::outline;
pub use prose::{Passage, prose};

/// What stands in one body. All spans are offsets into the whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The links and images, in order of their starts.
    pub links: Vec<Link>,
    /// The ids that raw HTML gives (`<a id="…">`, `<a name="…">`), in order.
    pub anchors: Vec<String>,
    /// Whether the body holds raw HTML, which costs a cleaning when it is rendered.
    pub has_html: bool,
    /// The first paragraph as plain text, cut at a word to at most 200 characters; empty when there is none.
    pub summary: String,
}

impl Outline {
    /// Returns the first heading of level 1, whose text can stand for the document's title.
    pub fn title(&self) -> Option<&Heading> {
        self.headings.iter().find(|heading| heading.level == 1)
    }

    /// Returns whether a link to `#id` finds something in this body.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == id)
            || self.anchors.iter().any(|it| it == id)
    }
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Level as written, from 1 to 6.
    pub level: u8,
    /// Its words, without markup.
    pub text: String,
    /// Its anchor, unique in the body: `{#id}` where written, else made of the words as forges make it.
    pub id: String,
    /// The whole heading, without the line's end.
    pub span: Span,
}

/// A link or an image of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The destination, with escapes and entities resolved.
    pub destination: String,
    /// How it was written.
    pub kind: LinkKind,
    /// All of it, from the opening bracket to the closing one.
    pub span: Span,
    /// The destination alone, where a reader would mend it: for a reference link inside the definition that it names.
    pub target: Span,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`, or one of its reference forms.
    Link,
    /// `![text](destination)`, or one of its reference forms.
    Image,
    /// `<https://…>` or `<ana@example.org>`.
    Autolink,
}

/// Returns a parser of `text` as trainboard's Markdown: CommonMark with tables, footnotes, strikethrough, task lists,
/// `{#id}` after headings, and alerts. Punctuation stays as it was written.
pub fn parser(text: &str) -> Parser<'_> {
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    Parser::new_ext(text, extensions)
}
