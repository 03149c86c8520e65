//! The place at which the parser stopped, what is around it, and how reading can go on behind it.

use std::ops::Range;

use super::super::line::{Line, closing_quote, lines};
use super::invalid;
use crate::diagnostic::Finding;
use crate::text::{FileId, Span};

/// The place at which the parser stopped and what is around it. All offsets are those of the file.
pub(super) struct Scene<'a> {
    /// The file.
    pub(super) file: FileId,
    /// Its text.
    pub(super) text: &'a str,
    /// Its text as the parser sees it: earlier faults are masked.
    pub(super) masked: &'a str,
    /// The part that was being read.
    pub(super) range: Range<usize>,
    /// Where the parser stopped.
    pub(super) at: usize,
    /// The line that closes the frontmatter, when the part is the last before it.
    pub(super) fence: Option<Span>,
}

/// A fault in words, and how to read on.
pub(super) struct Fault {
    pub(super) finding: Finding,
    pub(super) remedy: Remedy,
}

/// How reading goes on behind a fault.
pub(super) enum Remedy {
    /// The bytes are masked, and the part is read again.
    Mask(Cover, Range<usize>),
    /// What starts at this line stands on its own.
    Split(usize),
    /// Nothing of the part can be read.
    Part,
}

/// What masked bytes are taken for.
pub(super) enum Cover {
    /// A plain text.
    Text,
    /// A value that cannot be read.
    Value,
    /// A blank.
    Blank,
    /// A line that is left out; a mapping may be missing its key.
    Line,
}

impl Scene<'_> {
    /// Returns the line of the part in which `span` starts.
    pub(super) fn line_of(&self, span: Span) -> Line<'_> {
        Line::at(self.masked, span.range().start)
    }

    /// Returns whether the fault is that a line stands where it does, right below one of the `faulty` lines, given by
    /// their offsets: then it is an effect of the fault there.
    pub(super) fn is_effect(&self, fault: &Fault, faulty: &[usize]) -> bool {
        let at = fault.finding.at.span.range().start;
        let line = Line::at(self.masked, at);
        let head = line.pair().map_or(line.span().start, |pair| pair.key.start);
        let before = lines(self.text, self.range.start..line.start);
        let above = before.filter(|line| !line.is_skipped()).last();
        at <= head && above.is_some_and(|above| faulty.contains(&above.start))
    }

    /// Returns the line at which the parser stopped; at the part's end, the last one with something on it.
    pub(super) fn line(&self) -> Line<'_> {
        let line = Line::at(self.masked, self.at);
        if self.at < self.range.end && !line.is_blank() {
            return line;
        }
        let before = self.range.start..self.at.min(self.range.end);
        let last = lines(self.masked, before)
            .filter(|line| !line.is_blank())
            .last();
        last.unwrap_or(line)
    }

    /// Returns the lines of the part before the one at which the parser stopped, nearest first.
    pub(super) fn lines_above(&self) -> impl Iterator<Item = Line<'_>> {
        let start = self.line().start;
        let mut above: Vec<Line> =
            lines(self.masked, self.range.start..start.max(self.range.start))
                .filter(|line| !line.is_skipped())
                .collect();
        above.reverse();
        above.into_iter()
    }

    /// Returns the value that stands on `line`.
    pub(super) fn value(&self, line: Line<'_>) -> Range<usize> {
        line.pair().map_or_else(
            || {
                let inner = line.content().trim_start_matches(['-', ' ']);
                line.end() - inner.len()..line.end()
            },
            |pair| pair.value,
        )
    }

    /// Returns the first value at or above the place whose quote is not closed on its line.
    pub(super) fn unclosed_value(&self) -> Option<Range<usize>> {
        let open = |line: Line<'_>| {
            let value = self.value(line);
            let text = &self.masked[value.clone()];
            let quote = text
                .chars()
                .next()
                .filter(|first| matches!(first, '"' | '\''))?;
            closing_quote(text, quote).is_none().then_some(value)
        };
        let above: Vec<Line> = self.lines_above().collect();
        let down = above.into_iter().rev().chain([self.line()]);
        down.filter_map(open).next()
    }

    /// Returns whether the line after `line` hangs on it: a mapping or list below it, or the rest of its value.
    pub(super) fn has_more(&self, line: Line<'_>) -> bool {
        self.next_indent(line)
            .is_some_and(|next| next > line.indent())
    }

    /// Returns whether the value that stands on `line` goes on in the next one.
    pub(super) fn goes_on(&self, line: Line<'_>) -> bool {
        let column = line
            .pair()
            .map_or(line.indent(), |pair| pair.key.start - line.start);
        self.next_indent(line).is_some_and(|next| next > column)
    }

    /// Returns where the lines that hang on the key or the item of `line` end.
    pub(super) fn end_below(&self, line: Line<'_>) -> usize {
        let column = line
            .pair()
            .map_or(line.indent(), |pair| pair.key.start - line.start);
        lines(self.masked, line.start..self.range.end)
            .skip(1)
            .take_while(|next| next.is_skipped() || next.indent() > column)
            .filter(|next| !next.is_blank())
            .last()
            .map_or(line.end(), |last| last.end())
    }

    /// Returns the indentation of the next line with something on it.
    pub(super) fn next_indent(&self, line: Line<'_>) -> Option<usize> {
        lines(self.masked, line.start..self.range.end)
            .skip(1)
            .find(|next| !next.is_skipped())
            .map(|next| next.indent())
    }

    pub(super) fn letter(&self) -> char {
        self.text[self.at..].chars().next().unwrap_or(' ')
    }

    pub(super) fn spot(&self, range: Range<usize>, message: impl Into<String>) -> Finding {
        invalid(self.file, Span::new(range), message)
    }

    /// Returns a finding about the character at which the parser stopped.
    pub(super) fn here(&self, message: impl Into<String>) -> Finding {
        let at = self.at.min(self.range.end);
        let length = self.text[at..self.range.end]
            .chars()
            .next()
            .filter(|letter| !letter.is_whitespace())
            .map_or(0, char::len_utf8);
        self.spot(at..at + length, message)
    }

    /// Returns the fault whose value on this line cannot be read.
    pub(super) fn unreadable(&self, finding: Finding) -> Fault {
        let line = self.line();
        let value = self.value(line);
        let text = &self.masked[value.clone()];
        // A bracket that a line closes for one above cannot be masked without opening the one above.
        let balanced = depth(text) >= 0;
        let alone = balanced && value.start <= self.at && !value.is_empty() && !self.goes_on(line);
        let remedy = if alone {
            Remedy::Mask(Cover::Value, value)
        } else {
            Remedy::Part
        };
        Fault { finding, remedy }
    }

    /// Returns the fault whose value on this line was meant as text: quotes mend it.
    pub(super) fn quotable(&self, finding: Finding) -> Fault {
        let line = self.line();
        let value = self.value(line);
        if value.is_empty() || self.at < value.start || self.at > value.end {
            let finding = finding.hint("quote the value if it is text");
            let remedy = Remedy::Part;
            return Fault { finding, remedy };
        }
        let quoted = quote(&self.text[value.clone()]);
        let finding = finding.hint(format!("quote the value: {quoted}"));
        if self.goes_on(line) {
            let remedy = Remedy::Part;
            return Fault { finding, remedy };
        }
        Fault {
            finding: finding.fix("quote the value", Span::new(value.clone()), quoted),
            remedy: Remedy::Mask(Cover::Text, value),
        }
    }

    /// Returns the fault of a line that is left out, unless others hang on it.
    pub(super) fn without(&self, line: Line<'_>, finding: Finding) -> Fault {
        let remedy = if self.has_more(line) || line.start == self.range.start {
            Remedy::Part
        } else {
            Remedy::Mask(Cover::Line, line.span())
        };
        Fault { finding, remedy }
    }
}

/// Returns `text` in quotes that need no escapes if there are such.
pub(super) fn quote(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Returns how many more brackets `text` opens than it closes.
fn depth(text: &str) -> isize {
    text.chars()
        .map(|letter| match letter {
            '[' | '{' => 1,
            ']' | '}' => -1,
            _ => 0,
        })
        .sum()
}
