//! One line of a document, looked at as text: what a YAML reader's author would see at a glance.
//!
//! Nothing here decides whether YAML is valid; the parser does. Lines are consulted to find the frontmatter's end, to
//! say in plain words what is wrong where the parser stopped, and to find where reading can go on.

use std::ops::Range;

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Offset of its first byte in the text.
    pub(super) start: usize,
    /// The line without its end and without blanks before the end.
    pub(super) text: &'t str,
}

/// A line that reads `key: value`. All ranges are bytes of the text.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// The key, quotes included.
    pub(super) key: Range<usize>,
    /// Offset of the colon.
    pub(super) colon: usize,
    /// The value without a comment; empty when nothing follows on the line.
    pub(super) value: Range<usize>,
}

/// Returns the lines of `text[range]`; their offsets are those of `text`.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Line<'_>> {
    let mut start = range.start;
    text.get(range)
        .unwrap_or_default()
        .split_inclusive('\n')
        .map(move |whole| {
            let line = Line {
                start,
                text: whole.trim_end(),
            };
            start += whole.len();
            line
        })
}

impl<'t> Line<'t> {
    /// Returns the line of `text` that has the byte at `offset`.
    pub(super) fn at(text: &'t str, offset: usize) -> Self {
        let offset = text.floor_char_boundary(offset);
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let whole = text[start..].split('\n').next().unwrap_or_default();
        Self {
            start,
            text: whole.trim_end(),
        }
    }

    /// Returns the offset after the last byte that is no blank.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Returns by how many spaces it is indented.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Returns the line without its indentation.
    pub(super) fn content(&self) -> &'t str {
        self.text.trim_start()
    }

    /// Returns where the content stands in the text.
    pub(super) fn span(&self) -> Range<usize> {
        self.end() - self.content().len()..self.end()
    }

    /// Returns where the line stands, its indentation included.
    pub(super) fn whole(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Returns whether nothing is on the line.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns whether a YAML reader skips the line: it is blank or a comment.
    pub(super) fn is_skipped(&self) -> bool {
        self.content().is_empty() || self.content().starts_with('#')
    }

    /// Returns whether it is a list's item.
    pub(super) fn is_item(&self) -> bool {
        self.content() == "-" || self.content().starts_with("- ")
    }

    /// Returns whether it is `---`, which opens and closes the frontmatter.
    pub(super) fn is_fence(&self) -> bool {
        self.text == "---"
    }

    /// Returns whether it was probably meant to be `---`: too many or too few dashes, typographic dashes, indented
    /// dashes, `...` or `+++`.
    pub(super) fn is_almost_fence(&self) -> bool {
        let content = self.content();
        let dashes = content
            .chars()
            .all(|letter| matches!(letter, '-' | '–' | '—'));
        !self.is_fence() && (dashes && content.len() >= 2 || matches!(content, "..." | "+++"))
    }

    /// Returns its key and value, when it reads `key: value`, `key:` or `- key: value`.
    pub(super) fn pair(&self) -> Option<Pair> {
        let mut start = self.span().start;
        let mut rest = self.content();
        while let Some(inner) = rest.strip_prefix("- ").or_else(|| rest.strip_prefix("? ")) {
            let inner = inner.trim_start_matches(' ');
            start += rest.len() - inner.len();
            rest = inner;
        }
        let colon = key_colon(rest)?;
        let key = rest[..colon].trim_end();
        let after = &rest[colon + 1..];
        let value = without_comment(after.trim_start());
        let value_start = start + rest.len() - after.trim_start().len();
        Some(Pair {
            key: start..start + key.len(),
            colon: start + colon,
            value: value_start..value_start + value.len(),
        })
    }

    /// Returns the range of the key and the offset of the colon, when it reads `key:value`: a blank is missing.
    pub(super) fn tight_pair(&self) -> Option<(Range<usize>, usize)> {
        let content = self.content();
        let length = match content.chars().next()? {
            quote @ ('"' | '\'') => closing_quote(content, quote)?,
            _ => content.find(|letter: char| {
                !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | '.')
            })?,
        };
        let after = content[length..].strip_prefix(':')?;
        let start = self.span().start;
        (length > 0 && !after.is_empty() && !after.starts_with(['/', ' ', ':']))
            .then_some((start..start + length, start + length))
    }
}

/// Returns the offset of the colon that ends the key which `text` starts with.
fn key_colon(text: &str) -> Option<usize> {
    if let Some(quote) = text
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))
    {
        let close = closing_quote(text, quote)?;
        let blanks = text[close..].len() - text[close..].trim_start_matches(' ').len();
        return ends_key(&text[close + blanks..]).then_some(close + blanks);
    }
    let end = text.find(" #").unwrap_or(text.len());
    let colon = text[..end]
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|&at| ends_key(&text[at..]))?;
    (colon > 0 && !text.starts_with(['[', '{', '#', '|', '>'])).then_some(colon)
}

fn ends_key(text: &str) -> bool {
    text == ":" || text.starts_with(": ") || text.starts_with(":\t")
}

/// Returns the offset after the quote that closes the quoted value which `text` starts with.
pub(super) fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let doubled = quote == '\'' && letters.peek().is_some_and(|&(_, next)| next == '\'');
        if letter == '\\' && quote == '"' || letter == quote && doubled {
            letters.next();
        } else if letter == quote {
            return Some(at + 1);
        }
    }
    None
}

/// Returns `value` without the comment after it.
fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    let quoted = value.starts_with(['"', '\'']);
    let from = value.rfind(['"', '\'']).filter(|_| quoted).unwrap_or(0);
    let end = value[from..].find(" #").map_or(value.len(), |at| from + at);
    value[..end].trim_end()
}

#[cfg(test)]
mod tests {
    use super::Line;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let pair = Line { start: 0, text }.pair();
        let found = pair.map(|pair| (&text[pair.key], &text[pair.value]));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_pair_is_told_from_other_lines() {
        check("title: Foo", Some(("title", "Foo")));
        check("  - title: Foo # why", Some(("title", "Foo")));
        check("title:", Some(("title", "")));
        check("title: # why", Some(("title", "")));
        check("a: b: c", Some(("a", "b: c")));
        check("\"a: b\" : 'c # d' # e", Some(("\"a: b\"", "'c # d'")));
        check("title:Foo", None);
        check("https://example.com", None);
        check("# a: b", None);
        check("see # a: b", None);
        check("[a: b]", None);
        check("- - ", None);
    }
}
