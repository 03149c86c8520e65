//! The last step: every tag passes here on its way into a page.
//!
//! Addresses are told apart and answered, headings get levels without gaps and permanent links, tables a name and a
//! place to scroll, days a `<time>`. Ids get the place's prefix and are unique.

use rustc_hash::{FxHashMap, FxHashSet};

use super::events::DONE;
use super::tag::{Tag, unescape, words};
use super::{Links, Place, push_address, push_escaped};
use crate::syntax::body::dates::dates;

mod links;
mod tables;

/// Returns canonical HTML, from the Markdown writer or the cleaner, as it may stand at `place`.
pub(super) fn finish(html: &str, links: &Links<'_>, place: &Place<'_>) -> String {
    let mut page = Page {
        out: String::with_capacity(html.len() + html.len() / 2),
        rest: html,
        links,
        place,
        levels: Vec::new(),
        headings: Vec::new(),
        section: String::new(),
        open_links: Vec::new(),
        ids: FxHashSet::default(),
        tables: FxHashMap::default(),
        verbatim: 0,
    };
    page.run();
    page.out
}

struct Page<'a> {
    out: String,
    /// What has not been read yet.
    rest: &'a str,
    links: &'a Links<'a>,
    place: &'a Place<'a>,
    /// The levels, as written, of the headings that the next one may stand under.
    levels: Vec<u8>,
    /// The headings that are open; none for one that loses its tags.
    headings: Vec<Option<Heading>>,
    /// The words of the last heading, escaped.
    section: String,
    /// For each open link, whether it was let through.
    open_links: Vec<bool>,
    ids: FxHashSet<String>,
    /// How many tables have each name so far: two regions of a page must not share one.
    tables: FxHashMap<String, u32>,
    /// How many elements are open whose words are not prose.
    verbatim: u32,
}

/// An open heading.
struct Heading {
    level: u8,
    /// Its id as it must stand in an attribute; none when nothing can link to it.
    id: Option<String>,
}

impl<'a> Page<'a> {
    fn run(&mut self) {
        // The next tag is near: a plain loop finds it sooner than a search that sets itself up for long texts.
        while let Some(at) = self.rest.bytes().position(|it| it == b'<') {
            let (text, rest) = self.rest.split_at(at);
            self.text(text);
            match Tag::parse(rest) {
                Some(tag) => {
                    self.rest = &rest[tag.length..];
                    self.tag(&tag);
                }
                None => {
                    self.out.push_str("&lt;");
                    self.rest = &rest[1..];
                }
            }
        }
        self.text(self.rest);
    }

    /// Writes text, which is escaped already, with its days marked up.
    fn text(&mut self, text: &str) {
        let mut written = 0;
        if self.verbatim == 0 {
            for found in dates(text) {
                self.out.push_str(&text[written..found.range.start]);
                let words = &text[found.range.clone()];
                match found.date {
                    Some(date) => self
                        .out
                        .push_str(&format!("<time datetime=\"{date}\">{words}</time>")),
                    None => self
                        .out
                        .push_str(&format!("<span data-verbatim>{words}</span>")),
                }
                written = found.range.end;
            }
        }
        self.out.push_str(&text[written..]);
    }

    fn tag(&mut self, tag: &Tag<'a>) {
        // Bytes are matched one by one, strings would be compared whole again and again.
        match (tag.name.as_bytes(), tag.closing) {
            ([b'h', b'1'..=b'6'], false) => self.heading(tag),
            ([b'h', b'1'..=b'6'], true) => self.end_of_heading(),
            (b"a", false) => self.link(tag),
            (b"a", true) => {
                if self.open_links.pop() == Some(true) {
                    self.out.push_str("</a>");
                }
            }
            (b"img", _) => self.image(tag),
            (b"table", false) => self.table(),
            (b"table", true) => self.out.push_str("</table></div>"),
            (b"th", false) => self.header_cell(tag),
            (b"span", false) if tag.get("class").as_deref() == Some("task") => self.task(tag),
            (b"pre" | b"code" | b"time", true) => {
                self.verbatim = self.verbatim.saturating_sub(1);
                self.close(tag.name);
            }
            (b"pre", false) => {
                self.verbatim += 1;
                self.open(tag, " tabindex=\"0\"");
            }
            (b"code" | b"time", false) => {
                self.verbatim += 1;
                self.open(tag, "");
            }
            (_, false) => self.open(tag, ""),
            (_, true) => self.close(tag.name),
        }
    }

    /// Writes a tag that begins an element, with attributes of our own.
    fn open(&mut self, tag: &Tag<'a>, own: &str) {
        self.out.push('<');
        self.out.push_str(tag.name);
        for (name, value) in tag.attributes() {
            match name {
                "id" => self.id(value),
                // An inline style is forbidden by the pages' own policy; only alignment comes this way.
                "style" => self.attribute("class", value.trim_start_matches("text-align: ")),
                _ => self.attribute(name, value),
            }
        }
        self.out.push_str(own);
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes an attribute whose value is escaped already.
    fn attribute(&mut self, name: &str, escaped: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.push_str(escaped);
        self.out.push('"');
    }

    /// Writes an id, unless something before has it.
    fn id(&mut self, escaped: &str) {
        if let Some(id) = self.claim(escaped) {
            self.attribute("id", &id);
        }
    }

    /// Returns the id with the place's prefix, or none when something before has it.
    fn claim(&mut self, escaped: &str) -> Option<String> {
        let id = format!("{}{escaped}", self.place.prefix);
        self.ids.insert(id.clone()).then_some(id)
    }

    fn heading(&mut self, tag: &Tag<'a>) {
        let end = format!("</{}>", tag.name);
        let inner = self
            .rest
            .split(&end)
            .next()
            .filter(|_| self.headings.is_empty());
        let section = words(inner.unwrap_or_default());
        if section.is_empty() {
            // A heading without words, or inside another one, is a stop without a name for those who go from heading
            // to heading.
            self.headings.push(None);
            return;
        }
        self.section = section;
        let level = self.level(tag.name.as_bytes()[1] - b'0');
        let id = tag
            .attributes()
            .find(|(name, _)| *name == "id")
            .and_then(|(_, id)| self.claim(id));
        match &id {
            Some(id) => self
                .out
                .push_str(&format!("<div class=\"heading\"><h{level} id=\"{id}\">")),
            None => self.out.push_str(&format!("<h{level}>")),
        }
        self.headings.push(Some(Heading { level, id }));
    }

    /// Returns the level of a heading written with `level`: one below the last heading that was written above it.
    fn level(&mut self, level: u8) -> u8 {
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
        }
        let depth = u8::try_from(self.levels.len()).unwrap_or(u8::MAX);
        self.levels.push(level);
        self.place.top.saturating_add(depth).clamp(2, 6)
    }

    fn end_of_heading(&mut self) {
        let Some(heading) = self.headings.pop().flatten() else {
            return;
        };
        self.close(&format!("h{}", heading.level));
        if let Some(id) = heading.id {
            // Beside the heading, not inside: the heading's name stays its own words.
            self.out.push_str("<a class=\"anchor\" href=\"#");
            push_address(&mut self.out, &unescape(&id));
            self.out.push_str("\" aria-label=\"");
            push_escaped(&mut self.out, self.place.words.link_to_section);
            self.out.push_str(": ");
            self.push_quoted(&self.section.clone());
            self.out.push_str("\">#</a></div>");
        }
    }

    /// Appends escaped text as it must stand in a quoted attribute.
    fn push_quoted(&mut self, escaped: &str) {
        self.out.push_str(&escaped.replace('"', "&quot;"));
    }

    /// Writes the mark of a task with the word for it.
    fn task(&mut self, tag: &Tag<'a>) {
        let words = self.place.words;
        let word = if self.rest.starts_with(DONE) {
            words.done
        } else {
            words.open
        };
        let mut own = String::from(" role=\"img\" aria-label=\"");
        push_escaped(&mut own, word);
        own.push('"');
        self.open(tag, &own);
    }
}
