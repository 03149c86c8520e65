//! One pass over a body that keeps what can be pointed at.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, RefDefs, Tag, TagEnd};

use super::{Heading, Link, LinkKind, Outline, anchors, parser};
use crate::text::Span;

/// The longest summary, in characters: what search engines show of a description.
const SUMMARY: usize = 200;

/// Returns the outline of the Markdown at `body` in `text`, a whole file.
pub fn outline(text: &str, body: Span) -> Outline {
    let source = text.get(body.range()).unwrap_or_default();
    let mut reading = Reading {
        source,
        base: body.start,
        outline: Outline::default(),
        open_links: Vec::new(),
        prose: Prose::Outside,
        depth: 0,
        images: 0,
        words: String::new(),
    };
    let mut events = parser(source).into_offset_iter();
    while let Some((event, range)) = events.next() {
        reading.read(event, range, events.reference_definitions());
    }
    let mut outline = reading.outline;
    anchors::assign(&mut outline.headings, &outline.anchors);
    outline
}

/// What the words that come next belong to.
#[derive(PartialEq)]
enum Prose {
    Outside,
    Heading,
    Summary,
}

/// A link whose end has not come yet.
struct OpenLink {
    /// Its index among the outline's links.
    at: usize,
    /// Where its last word ended; the destination comes after.
    text_end: usize,
    form: LinkType,
    label: String,
}

struct Reading<'s> {
    source: &'s str,
    base: u32,
    outline: Outline,
    open_links: Vec<OpenLink>,
    prose: Prose,
    /// How many elements are open: a paragraph inside a list is no summary.
    depth: u32,
    /// How many images are open: their alternative text is no part of a heading.
    images: u32,
    words: String,
}

impl<'s> Reading<'s> {
    fn read(&mut self, event: Event<'s>, range: Range<usize>, definitions: &RefDefs<'_>) {
        let end = range.end;
        match event {
            Event::Start(tag) => {
                self.start(tag, &range);
                self.depth += 1;
                return;
            }
            Event::End(tag) => {
                self.depth -= 1;
                self.end(tag, &range, definitions);
            }
            Event::Text(text) | Event::Code(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.outline.has_html = true;
                anchors::collect(&html, &mut self.outline.anchors);
            }
            _ => {}
        }
        if let Some(link) = self.open_links.last_mut() {
            link.text_end = end;
        }
    }

    fn start(&mut self, tag: Tag<'s>, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.begin(Prose::Heading);
                let written = self.source[range.clone()].trim_end().len();
                self.outline.headings.push(Heading {
                    level: level as u8,
                    text: String::new(),
                    id: id.map(String::from).unwrap_or_default(),
                    span: self.span(range.start..range.start + written),
                });
            }
            Tag::Paragraph if self.depth == 0 && self.outline.summary.is_empty() => {
                self.begin(Prose::Summary);
            }
            Tag::Link {
                link_type,
                dest_url,
                id,
                ..
            } => self.open(LinkKind::Link, link_type, &dest_url, &id, range),
            Tag::Image {
                link_type,
                dest_url,
                id,
                ..
            } => {
                self.images += 1;
                self.open(LinkKind::Image, link_type, &dest_url, &id, range);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>, definitions: &RefDefs<'_>) {
        match tag {
            TagEnd::Heading(_) => {
                let words = self.words.trim().to_owned();
                if let Some(heading) = self.outline.headings.last_mut() {
                    heading.text = words;
                }
                self.prose = Prose::Outside;
            }
            TagEnd::Paragraph if self.prose == Prose::Summary => {
                self.outline.summary = shorten(self.words.trim());
                self.prose = Prose::Outside;
            }
            TagEnd::Link => self.close(range, definitions),
            TagEnd::Image => {
                self.images -= 1;
                self.close(range, definitions);
            }
            _ => {}
        }
    }

    fn begin(&mut self, prose: Prose) {
        self.prose = prose;
        self.words.clear();
    }

    fn say(&mut self, words: &str) {
        if self.prose != Prose::Outside && self.images == 0 {
            self.words.push_str(words);
        }
    }

    fn open(
        &mut self,
        kind: LinkKind,
        form: LinkType,
        destination: &str,
        label: &str,
        range: &Range<usize>,
    ) {
        let (kind, destination) = match form {
            LinkType::Autolink => (LinkKind::Autolink, destination.to_owned()),
            LinkType::Email => (LinkKind::Autolink, format!("mailto:{destination}")),
            _ => (kind, destination.to_owned()),
        };
        self.open_links.push(OpenLink {
            at: self.outline.links.len(),
            text_end: range.start,
            form,
            label: label.to_owned(),
        });
        let span = self.span(range.clone());
        self.outline.links.push(Link {
            destination,
            kind,
            span,
            target: span,
        });
    }

    fn close(&mut self, range: &Range<usize>, definitions: &RefDefs<'_>) {
        let Some(link) = self.open_links.pop() else {
            return;
        };
        let target = match link.form {
            LinkType::Inline => target_after(self.source, "](", link.text_end..range.end),
            LinkType::Autolink | LinkType::Email => Some(range.start + 1..range.end - 1),
            _ => definitions
                .get(&link.label)
                .and_then(|definition| target_after(self.source, "]:", definition.span.clone())),
        };
        if let Some(target) = target {
            self.outline.links[link.at].target = self.span(target);
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range).offset(self.base)
    }
}

/// Returns where the destination stands that follows the first `opening` in `range` of `source`.
fn target_after(source: &str, opening: &str, range: Range<usize>) -> Option<Range<usize>> {
    let rest = source.get(range.clone())?;
    let after = rest.find(opening)? + opening.len();
    let start = after + rest[after..].find(|it: char| !it.is_whitespace())?;
    let (start, end) = match rest[start..].strip_prefix('<') {
        Some(inside) => (
            start + 1,
            start + 1 + unescaped_end(inside, |it, _| it == '>'),
        ),
        None => (
            start,
            start
                + unescaped_end(&rest[start..], |it, depth| {
                    it.is_whitespace() || it == ')' && depth == 0
                }),
        ),
    };
    Some(range.start + start..range.start + end)
}

/// Returns where `text` first has a character that `ends` it, given how many parentheses are open; escaped ones do not.
fn unescaped_end(text: &str, ends: impl Fn(char, u32) -> bool) -> usize {
    let mut depth = 0;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if ends(letter, depth) => return at,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// Returns `words` cut after the last whole word that fits into a summary.
fn shorten(words: &str) -> String {
    let Some((limit, _)) = words.char_indices().nth(SUMMARY) else {
        return words.to_owned();
    };
    // One character is kept for the ellipsis; a single word that long is cut inside.
    let room = words[..limit]
        .char_indices()
        .next_back()
        .map_or(limit, |(at, _)| at);
    let end = words[..limit].rfind(char::is_whitespace).unwrap_or(room);
    format!("{}…", words[..end.min(room)].trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::outline;
    use crate::text::Span;

    const FRONT: &str = "---\nkind: page\n---\n";

    /// Compares one line per heading (`level id text`) and link (`kind destination | span | target`) with `expected`.
    fn check(body: &str, expected: &[&str]) {
        let text = format!("{FRONT}{body}");
        let outline = outline(&text, Span::new(FRONT.len()..text.len()));
        let mut lines = Vec::new();
        for heading in &outline.headings {
            let (level, id, words) = (heading.level, &heading.id, &heading.text);
            lines.push(format!(
                "{level} {id} {words} | {}",
                &text[heading.span.range()]
            ));
        }
        for link in &outline.links {
            let (span, target) = (&text[link.span.range()], &text[link.target.range()]);
            lines.push(format!(
                "{:?} {} | {span} | {target}",
                link.kind, link.destination
            ));
        }
        assert_eq!(lines, expected, "{body}");
    }

    #[test]
    fn headings_get_the_anchors_that_forges_give() {
        check(
            "# What's *new* in `4.2`?\n\ntext\n\nRisks\n---\n## Risks\n",
            &[
                "1 whats-new-in-42 What's new in 4.2? | # What's *new* in `4.2`?",
                "2 risks Risks | Risks\n---",
                "2 risks-1 Risks | ## Risks",
            ],
        );
        check(
            "## A {#b}\n## B\n## Über uns\n## !!!\n## ![x](y) z\n",
            &[
                "2 b A | ## A {#b}",
                "2 b-1 B | ## B",
                "2 über-uns Über uns | ## Über uns",
                "2 section !!! | ## !!!",
                "2 z z | ## ![x](y) z",
                "Image y | ![x](y) | y",
            ],
        );
        check(
            "## A {#same}\n## B {#same}\n<a id=\"c\"></a><A NAME=d>\n## C",
            &[
                "2 same A | ## A {#same}",
                "2 b B | ## B {#same}",
                "2 c-1 C | ## C",
            ],
        );
    }

    #[test]
    fn links_know_where_their_destinations_stand() {
        check("é [a](b.md)", &["Link b.md | [a](b.md) | b.md"]);
        check(
            "[a `](x)` \\](y)](<b c.md> \"t](z)\")",
            &["Link b c.md | [a `](x)` \\](y)](<b c.md> \"t](z)\") | b c.md"],
        );
        check(
            "[a]( b(1).md )",
            &["Link b(1).md | [a]( b(1).md ) | b(1).md"],
        );
        check(
            "[](b&amp;c\\_.md)",
            &["Link b&c_.md | [](b&amp;c\\_.md) | b&amp;c\\_.md"],
        );
        check(
            "[![i](j.png)](k.md)",
            &[
                "Link k.md | [![i](j.png)](k.md) | k.md",
                "Image j.png | ![i](j.png) | j.png",
            ],
        );
        check(
            "[a][r] [r] \n\n[r]: <../x.md#y> 'title'\n",
            &[
                "Link ../x.md#y | [a][r] | ../x.md#y",
                "Link ../x.md#y | [r] | ../x.md#y",
            ],
        );
        check(
            "<https://a.b/c> <ana@b.c>",
            &[
                "Autolink https://a.b/c | <https://a.b/c> | https://a.b/c",
                "Autolink mailto:ana@b.c | <ana@b.c> | ana@b.c",
            ],
        );
        check("`[a](b)`\n\n    [a](b)\n", &[]);
    }

    #[test]
    fn the_summary_is_the_first_paragraph() {
        let check = |body: &str, expected: &str| {
            assert_eq!(
                outline(body, Span::new(0..body.len())).summary,
                expected,
                "{body}"
            );
        };
        check(
            "# T\n\n- item\n\n> quote\n\nFirst *line*\nand [more](x).\n\nSecond.",
            "First line and more.",
        );
        check("![picture](x)\n\nWords.", "Words.");
        check("", "");
        let long = outline(&"word ".repeat(60), Span::new(0..300)).summary;
        assert!(
            long.ends_with("word…") && long.chars().count() == 200,
            "{long}"
        );
        assert_eq!(
            outline(&"é".repeat(300), Span::new(0..600))
                .summary
                .chars()
                .count(),
            200
        );
    }

    proptest! {
        #[test]
        fn any_text_has_an_outline_with_spans_inside_it(text in "([\\[\\]()<>!#:^*`\\\\ \n{}=\"'é|-]|a|https://|\\]\\(|\n\\[a\\]: )*") {
            let outline = outline(&text, Span::new(0..text.len()));
            for span in outline.links.iter().flat_map(|it| [it.span, it.target]) {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
