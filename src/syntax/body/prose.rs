//! The words of a body as a reader sees them, without code, addresses and markup.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parser;
use crate::text::Span;

/// What stands for words that are not prose: code and raw HTML. It joins no words and is part of none.
const GAP: char = '\u{fffc}';

/// The words of one paragraph, heading, item or cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The words; a line break in the source is a space here.
    pub words: String,
    /// Where each run of the words begins in `words`, and where it stands in the file.
    runs: Vec<(usize, Span)>,
}

impl Passage {
    /// Returns where the words at `range` stand in the file, markup between them included.
    pub fn span(&self, range: Range<usize>) -> Span {
        let place = |at: usize| {
            let run = self.runs.partition_point(|(start, _)| *start <= at).max(1) - 1;
            self.runs.get(run).map_or(Span::at(0), |(start, span)| {
                span.slice(at - start..at - start + 1)
            })
        };
        place(range.start).to(place(range.end.saturating_sub(1).max(range.start)))
    }

    fn add(&mut self, words: &str, span: Span) {
        self.runs.push((self.words.len(), span));
        self.words.push_str(words);
    }
}

/// Returns the passages of the Markdown at `body` in `text`, a whole file, in order.
pub fn prose(text: &str, body: Span) -> Vec<Passage> {
    let source = text.get(body.range()).unwrap_or_default();
    let (mut passages, mut current) = (Vec::new(), Passage::default());
    let mut in_code = false;
    for (event, range) in parser(source).into_offset_iter() {
        let span = Span::new(range).offset(body.start);
        match event {
            Event::Text(words) if !in_code => current.add(&words, span),
            Event::SoftBreak | Event::HardBreak => current.add(" ", span),
            Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) => {
                current.add(GAP.encode_utf8(&mut [0; 4]), span);
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(tag) if is_block(&tag.to_end()) => {
                passages.push(std::mem::take(&mut current));
            }
            Event::End(tag) if is_block(&tag) => passages.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    passages.push(current);
    passages.retain(|passage| !passage.words.is_empty());
    passages
}

/// Returns whether the words before and after the beginning or end of `tag` belong to different passages.
fn is_block(tag: &TagEnd) -> bool {
    let inline = matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    );
    !inline
}

#[cfg(test)]
mod tests {
    use super::prose;
    use crate::text::Span;

    /// Compares each passage, and the source of its last word, with `expected`.
    fn check(body: &str, expected: &[(&str, &str)]) {
        let text = format!("---\n---\n{body}");
        let passages = prose(&text, Span::new(8..text.len()));
        let found: Vec<(&str, &str)> = passages
            .iter()
            .map(|passage| {
                let last = passage.words.rfind(' ').map_or(0, |at| at + 1);
                (
                    passage.words.as_str(),
                    &text[passage.span(last..passage.words.len()).range()],
                )
            })
            .collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn words_are_read_without_markup_and_keep_their_places() {
        check(
            "on *Friday*\n22 **Dec**ember",
            &[("on Friday 22 December", "Dec**ember")],
        );
        check(
            "# A b\n\n- c [d](2026-12-22.md)\n- e\n",
            &[("A b", "b"), ("c d", "d"), ("e", "e")],
        );
        check(
            "| a | b |\n|---|---|\n| c | d |\n",
            &[("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")],
        );
        check(
            "é `x` <b>y</b> z",
            &[("é \u{fffc} \u{fffc}y\u{fffc} z", "z")],
        );
        check("    code\n\n```\ncode\n```\n", &[]);
        check("", &[]);
    }
}
