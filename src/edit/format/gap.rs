//! What stands between two keys or items: comments and blank lines, and to which of the two they belong.

use super::Unusual;

/// A line on which nothing is told to a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap<'t> {
    /// Nothing at all.
    Blank,
    /// A comment.
    Comment {
        /// By how many spaces it is indented.
        indent: usize,
        /// The comment from its `#` on.
        text: &'t str,
        /// Offset after its line.
        end: usize,
    },
}

impl Gap<'_> {
    fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }
}

/// Returns the lines of `text` from `start` on that say nothing, up to `end` or to the first one that does, and the offset
/// at which that one starts.
pub(super) fn read(text: &str, start: usize, end: usize) -> (Vec<Gap<'_>>, usize) {
    let mut gaps = Vec::new();
    let mut at = start;
    for line in text
        .get(start..end)
        .unwrap_or_default()
        .split_inclusive('\n')
    {
        let content = line.trim();
        if content.is_empty() {
            gaps.push(Gap::Blank);
        } else if content.starts_with('#') {
            gaps.push(Gap::Comment {
                indent: line.len() - line.trim_start_matches(' ').len(),
                text: content,
                end: at + line.len(),
            });
        } else {
            break;
        }
        at += line.len();
    }
    (gaps, at)
}

/// Returns what stands after a value on its line, from `at` on: a comment with the blanks before it, or nothing; and the
/// offset after the line.
pub(super) fn rest_of_line(text: &str, at: usize) -> Result<(&str, usize), Unusual> {
    let rest = &text[at..];
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    let words = line.trim_end();
    match words.trim_start() {
        "" => Ok(("", at + line.len())),
        comment if comment.starts_with('#') && comment.len() < words.len() => {
            Ok((words, at + line.len()))
        }
        _ => Err(Unusual { at }),
    }
}

/// The lines between the value of one key and the next one, by what they belong to.
#[derive(Debug, Default)]
pub(super) struct Split<'t> {
    /// What is indented deeper than the keys: it belongs to the value before.
    pub(super) inner: Vec<Gap<'t>>,
    /// What follows the value before without a blank line, and is followed by one.
    pub(super) trail: Vec<Gap<'t>>,
    /// What stands above the next key.
    pub(super) lead: Vec<Gap<'t>>,
}

impl<'t> Split<'t> {
    /// Divides `gaps`, which follow a value of a collection in column `column`.
    pub(super) fn of(mut gaps: Vec<Gap<'t>>, column: usize) -> Self {
        let is_outer =
            |gap: &Gap<'_>| matches!(gap, Gap::Comment { indent, .. } if *indent <= column);
        let deep = gaps.iter().position(is_outer).unwrap_or(gaps.len());
        let last = gaps[..deep].iter().rposition(|gap| !gap.is_blank());
        let mut rest = gaps.split_off(last.map_or(0, |last| last + 1));
        let attached = rest.iter().position(Gap::is_blank).unwrap_or(0);
        let lead = rest.split_off(attached);
        Self {
            inner: gaps,
            trail: rest,
            lead,
        }
    }

    /// Returns the offset after the last line that belongs to the value before, or `start` when there is none.
    pub(super) fn inner_end(&self, start: usize) -> usize {
        match self.inner.last() {
            Some(Gap::Comment { end, .. }) => *end,
            Some(Gap::Blank) | None => start,
        }
    }
}

/// Returns how many of `lead`, the lines above the first key, stay at the top: what a blank line sets apart from it.
pub(super) fn top(lead: &[Gap<'_>]) -> usize {
    lead.iter()
        .rposition(Gap::is_blank)
        .map_or(0, |blank| blank + 1)
}
