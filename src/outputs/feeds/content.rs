//! What entries say: Markdown of the plan as HTML whose links lead somewhere from any reader.

use crate::markdown::{Body, ENGLISH, Html, Place};
use crate::outputs::identity::Identity;
use crate::pages::{Portal, asset_path};
use crate::plan::value::Reference;
use crate::plan::{DocId, LinkTarget};
use crate::syntax::body::Destination;
use crate::time::Day;

/// Writes the HTML of entries.
#[derive(Clone, Copy)]
pub(super) struct Content<'s, 'p> {
    pub(super) portal: &'s Portal<'p>,
    identity: &'s Identity,
    /// The audience for whom it is; none for everyone who has the whole portal.
    pub(super) reader: Option<&'s str>,
}

impl<'s, 'p> Content<'s, 'p> {
    pub(super) fn new(portal: &'s Portal<'p>, identity: &'s Identity) -> Self {
        Self {
            portal,
            identity,
            reader: None,
        }
    }

    /// Returns the same for `audience`: links to what is not for it are left out.
    pub(super) fn read_by(self, audience: &'s str) -> Self {
        Self {
            reader: Some(audience),
            ..self
        }
    }

    /// Returns the page of the document `id`; none when it is not published, or not for the reader.
    fn page_of(&self, id: DocId) -> Option<&'s str> {
        let path = self.portal.path(id)?;
        self.portal.plan.may_read(id, self.reader).then_some(path)
    }

    /// Returns the body of the document `id`; its topmost headings are of the level `top`.
    pub(super) fn body(&self, id: DocId, top: u8) -> String {
        let document = self.portal.plan.document(id);
        let body = Body {
            text: &self.portal.plan.sources.get(document.file).text,
            span: document.body.span,
            outline: &document.body.outline,
        };
        let prefix = format!("{}-", document.short_id());
        let place = Place {
            title: &document.title,
            top,
            prefix: &prefix,
            words: &ENGLISH,
        };
        let links = |destination: &Destination<'_>| self.address(id, destination);
        String::from(self.portal.renderer.body(body, &links, &place))
    }

    /// Returns a field of the document `id` as HTML that can stand inside a sentence.
    pub(super) fn inline(&self, id: DocId, text: &str) -> String {
        let links = |destination: &Destination<'_>| self.address(id, destination);
        String::from(self.portal.renderer.inline(text, &links))
    }

    /// Returns the full address of what `destination` in the document `from` leads to.
    fn address(&self, from: DocId, destination: &Destination<'_>) -> Option<String> {
        match self.portal.plan.link_target(from, destination.clone()) {
            LinkTarget::Asset(path) => self.identity.address(&asset_path(&path)),
            LinkTarget::Document(id, anchor) => {
                let page = self.page_of(id)?;
                let page =
                    anchor.map_or_else(|| page.to_owned(), |anchor| format!("{page}#{anchor}"));
                self.identity.address(&page)
            }
            _ => None,
        }
    }

    /// Returns a link to the document `id` under its title; its words alone when there is nowhere to link to.
    pub(super) fn link(&self, id: DocId) -> String {
        let title = escaped(self.title(id));
        let address = self
            .portal
            .path(id)
            .and_then(|path| self.identity.address(path));
        match address {
            Some(address) => format!("<a href=\"{}\">{title}</a>", escaped(&address)),
            None => title,
        }
    }

    /// Returns the title of the document `id`, or its id when it is not published.
    pub(super) fn title(&self, id: DocId) -> &'p str {
        let document = self.portal.plan.document(id);
        match self.portal.path(id) {
            Some(_) => &document.title,
            None => &document.id,
        }
    }

    /// Returns who `reference` means, as HTML.
    pub(super) fn who(&self, reference: &Reference) -> String {
        match reference.target {
            Some(target) => self.link(target),
            None => escaped(&reference.written),
        }
    }

    /// Returns `day` as words with the day that machines read.
    pub(super) fn day(&self, day: Day) -> String {
        let words = self.portal.dates().day(day.0).text;
        format!("<time datetime=\"{day}\">{}</time>", escaped(&words))
    }
}

/// Returns `text` as HTML that shows exactly these characters.
pub(super) fn escaped(text: &str) -> String {
    String::from(Html::escaped(text))
}
