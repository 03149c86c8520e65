//! Links and images: the only way for an address into a page.

use super::super::tag::{Tag, words};
use super::super::{push_address, push_escaped};
use super::Page;
use crate::syntax::body::Destination;

/// An address that may stand in a page.
struct Address {
    url: String,
    lies: Lies,
}

/// Where an address lies.
#[derive(Clone, Copy, PartialEq)]
enum Lies {
    /// In a file of the portal.
    Inside,
    /// On another host.
    Outside,
    /// In no file: a place of the same page, or a person.
    Nowhere,
}

impl<'a> Page<'a> {
    pub(super) fn link(&mut self, tag: &Tag<'a>) {
        let written = tag.get("href");
        let address = written.as_deref().and_then(|written| self.address(written));
        let id = tag
            .attributes()
            .find(|(name, _)| matches!(*name, "id" | "name"))
            .and_then(|(_, id)| self.claim(id));
        let open = address.is_some() || id.is_some();
        self.open_links.push(open);
        if !open {
            return;
        }
        self.out.push_str("<a");
        if let Some(id) = id {
            self.attribute("id", &id);
        }
        if let Some(address) = &address {
            self.href(address);
            self.name_of_note(&address.url);
        }
        if let Some((name, value)) = tag.attributes().find(|(name, _)| *name == "title") {
            self.attribute(name, value);
        }
        self.out.push('>');
        if let Some(written) = written.filter(|_| address.is_some())
            && self.is_wordless()
        {
            // A link must have a name.
            push_escaped(&mut self.out, &written);
        }
    }

    /// Writes a name for the links between a footnote and its text, whose own words are only a number or an arrow.
    fn name_of_note(&mut self, address: &str) {
        let Some(target) = address
            .strip_prefix('#')
            .and_then(|it| it.strip_prefix(self.place.prefix))
        else {
            return;
        };
        let words = self.place.words;
        let named = |start, word| Some((word, target.strip_prefix(start)?));
        if let Some((word, number)) =
            named("fn:", words.note).or_else(|| named("fnref:", words.back_to_note))
        {
            self.out.push_str(" aria-label=\"");
            push_escaped(&mut self.out, word);
            self.out.push(' ');
            push_escaped(&mut self.out, number);
            self.out.push('"');
        }
    }

    fn href(&mut self, address: &Address) {
        self.out.push_str(" href=\"");
        push_address(&mut self.out, &address.url);
        self.out.push('"');
        if address.lies == Lies::Outside {
            self.out.push_str(" rel=\"noopener noreferrer\"");
        }
    }

    pub(super) fn image(&mut self, tag: &Tag<'a>) {
        let alt = tag.get("alt").unwrap_or_default();
        match self.address(&tag.get("src").unwrap_or_default()) {
            Some(address) if address.lies == Lies::Inside => self.picture(tag, &address.url, &alt),
            // Pages load nothing from other hosts: what is elsewhere can be gone to.
            Some(address) if address.lies == Lies::Outside && !self.open_links.contains(&true) => {
                let words = if alt.is_empty() { &address.url } else { &*alt };
                self.out.push_str("<a");
                self.href(&address);
                self.out.push('>');
                push_escaped(&mut self.out, words);
                self.out.push_str("</a>");
            }
            _ => push_escaped(&mut self.out, &alt),
        }
    }

    fn picture(&mut self, tag: &Tag<'a>, url: &str, alt: &str) {
        self.out.push_str("<img src=\"");
        push_address(&mut self.out, url);
        self.out.push_str("\" alt=\"");
        push_escaped(&mut self.out, alt);
        self.out.push('"');
        for (name, value) in tag.attributes() {
            if matches!(name, "title" | "width" | "height") {
                self.attribute(name, value);
            }
        }
        self.out.push_str(" loading=\"lazy\">");
    }

    /// Returns the address that stands in the page for `written`, or none when nothing may or can.
    fn address(&self, written: &str) -> Option<Address> {
        let destination = Destination::of(written);
        let (url, lies) = match &destination {
            Destination::External(url) => (url.to_string(), Lies::Outside),
            Destination::Mail(url) => (url.to_string(), Lies::Nowhere),
            Destination::Anchor(id) if id.is_empty() => return None,
            Destination::Anchor(id) => (format!("#{}{id}", self.place.prefix), Lies::Nowhere),
            Destination::Document { .. } | Destination::Asset(_) => {
                let url = (self.links)(&destination)?;
                match Destination::of(&url) {
                    // A file can be named like a script.
                    Destination::Unsafe(_) => return None,
                    Destination::External(_) => (url, Lies::Outside),
                    _ => (url, Lies::Inside),
                }
            }
            Destination::Unsafe(_) => return None,
        };
        Some(Address { url, lies })
    }

    /// Returns whether the link that has begun would show nothing.
    fn is_wordless(&self) -> bool {
        let inner = self.rest.split("</a>").next().unwrap_or_default();
        inner.is_empty() || inner.starts_with('<') && words(inner).is_empty()
    }
}
