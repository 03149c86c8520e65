//! Tables: a name, headers that say what they head, and a place to scroll that a keyboard reaches.

use super::super::tag::{Tag, words};
use super::super::{Html, push_escaped};
use super::Page;

impl<'a> Page<'a> {
    pub(super) fn table(&mut self) {
        let inner = until_table(self.rest);
        let caption = inner
            .trim_start()
            .strip_prefix("<caption>")
            .and_then(|it| it.split_once("</caption>"));
        let name = self.table_name(caption.map(|(caption, _)| words(caption)));
        self.out
            .push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        push_escaped(&mut self.out, self.place.words.table);
        self.out.push_str(": ");
        self.push_quoted(&name);
        self.out.push_str("\"><table");
        if !has_headers(inner) {
            // Without headers the cells are laid out, not related.
            self.out.push_str(" role=\"presentation\">");
        } else if caption.is_none() {
            self.out.push_str("><caption>");
            self.out.push_str(&name);
            self.out.push_str("</caption>");
        } else {
            self.out.push('>');
        }
    }

    /// Returns a name, escaped, that no table before has: the caption, else the section's words, else the title.
    fn table_name(&mut self, caption: Option<String>) -> String {
        let mut name = caption.unwrap_or_else(|| self.section.clone());
        if name.is_empty() || !self.place.prefix.is_empty() {
            let mut titled = Html::escaped(self.place.title).0;
            if !name.is_empty() {
                titled.push_str(", ");
                titled.push_str(&name);
            }
            name = titled;
        }
        let repeat = self.tables.entry(name.clone()).or_default();
        *repeat += 1;
        match *repeat {
            1 => name,
            repeat => format!("{name} ({repeat})"),
        }
    }

    pub(super) fn header_cell(&mut self, tag: &Tag<'a>) {
        if let Some(rest) = self.rest.strip_prefix("</th>") {
            // An empty header heads nothing.
            self.rest = rest;
            self.out.push_str("<td></td>");
        } else if tag.get("scope").is_some() {
            self.open(tag, "");
        } else {
            self.open(tag, " scope=\"col\"");
        }
    }
}

/// Returns what comes before the next tag that begins or ends a table.
fn until_table(html: &str) -> &str {
    let after_tag = |at: usize| at > 0 && matches!(html.as_bytes()[at - 1], b'<' | b'/');
    let next = html.match_indices("table").find(|(at, _)| after_tag(*at));
    next.map_or(html, |(at, _)| &html[..at])
}

/// Returns whether a table has a header cell with something in it.
fn has_headers(table: &str) -> bool {
    table.match_indices("<th").any(|(at, _)| {
        Tag::parse(&table[at..])
            .is_some_and(|tag| tag.name == "th" && !table[at + tag.length..].starts_with("</th>"))
    })
}
