//! A few lines of a file, safe and cheap to draw: long lines are cut to a window, and what would act on a terminal is
//! replaced.

use std::ops::{Range, RangeInclusive};

use crate::report::plain::pictured;
use crate::text::{Source, Span};

/// How many bytes of one line an excerpt shows at most; the renderer trims what remains to the terminal's width.
const WINDOW: usize = 240;

/// How many bytes stay before a fault far into a long line.
const BEFORE: usize = 60;

/// Plain dots, which every terminal has, whatever the lines are drawn with.
const CUT: &str = "...";

/// Some consecutive lines of one file, with the places in them.
pub(super) struct Excerpt<'a> {
    source: &'a Source,
    /// The number of the first line, from 1.
    pub(super) first: u32,
    /// The lines as drawn, each ended by a line feed: the renderer finds no place on a last line that is empty.
    pub(super) text: String,
    lines: Vec<Line>,
}

/// One line of an excerpt: what of the file it shows, and where.
struct Line {
    /// The bytes of the file that are the line, without what ends it.
    whole: Range<usize>,
    /// The bytes of them that are shown.
    window: Range<usize>,
    /// Where they start in the excerpt's text.
    at: usize,
}

impl<'a> Excerpt<'a> {
    /// Returns the excerpt of `lines`, 1-based; where a line is long, around the first of `spans` that starts in it.
    pub(super) fn new(source: &'a Source, lines: RangeInclusive<u32>, spans: &[Span]) -> Self {
        let mut excerpt = Self {
            source,
            first: *lines.start(),
            text: String::new(),
            lines: Vec::new(),
        };
        for line in lines {
            excerpt.push(line_range(source, line), spans);
        }
        excerpt
    }

    fn push(&mut self, whole: Range<usize>, spans: &[Span]) {
        let file: &'a str = &self.source.text;
        let window = window(file, &whole, spans);
        if window.start > whole.start {
            self.text.push_str(CUT);
        }
        let at = self.text.len();
        self.text.extend(file[window.clone()].chars().map(pictured));
        if window.end < whole.end {
            self.text.push_str(CUT);
        }
        self.text.push('\n');
        self.lines.push(Line { whole, window, at });
    }

    /// Returns whether every line is shown whole.
    pub(super) fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| line.window == line.whole)
    }

    /// Returns where in the excerpt's text the byte at `offset` of the file is drawn; what is not shown, at the nearest
    /// place that is.
    pub(super) fn offset(&self, offset: u32) -> usize {
        self.line_at(offset).map_or(0, |line| {
            let file = &self.source.text;
            let end = (offset as usize).clamp(line.window.start, line.window.end);
            let shown = &file[line.window.start..file.floor_char_boundary(end)];
            line.at + shown.chars().map(|c| pictured(c).len_utf8()).sum::<usize>()
        })
    }

    /// Returns where in the excerpt's text `span` is drawn; of a span over several lines, its part on the first.
    pub(super) fn mark(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start);
        let line_end = self.line_at(span.start).map_or(0, |line| line.whole.end);
        let end = (span.end as usize).min(line_end);
        start..self.offset(Span::at(end).start).max(start)
    }

    /// Returns the line that the byte at `offset` of the file is in, or the nearest.
    fn line_at(&self, offset: u32) -> Option<&Line> {
        let after = self
            .lines
            .partition_point(|line| line.whole.start <= offset as usize);
        self.lines.get(after.saturating_sub(1))
    }

    /// Returns the 1-based line and column at which the renderer will say that the place at `offset` of the excerpt's
    /// text stands.
    pub(super) fn drawn_at(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.first as usize + before.matches('\n').count();
        (line, before[line_start..].chars().count() + 1)
    }
}

/// Returns the bytes of the 1-based `line`, without what ends it.
fn line_range(source: &Source, line: u32) -> Range<usize> {
    let text = &source.text;
    let start = source.lines().start_of(text, line);
    let end = source.lines().start_of(text, line.saturating_add(1));
    let content = &text[start..end];
    let content = content.strip_suffix('\n').unwrap_or(content);
    let content = content.strip_suffix('\r').unwrap_or(content);
    start..start + content.len()
}

fn window(text: &str, line: &Range<usize>, spans: &[Span]) -> Range<usize> {
    if line.len() <= WINDOW {
        return line.clone();
    }
    let fault = spans
        .iter()
        .map(|span| span.start as usize)
        .find(|start| (line.start..=line.end).contains(start))
        .unwrap_or(line.start);
    let latest = line.end - WINDOW;
    let start = fault.saturating_sub(BEFORE).clamp(line.start, latest);
    text.floor_char_boundary(start)..text.ceil_char_boundary(start + WINDOW)
}
