//! The lines of a frontmatter, written anew: keys in order, indented by two for each level, comments where they belong.
//!
//! Only blanks and the order of keys change. What a value is written as stays: a scalar or a bracketed list that spans
//! several lines moves as a whole, and only a bracketed mapping on one line has its keys put in order as well.

use std::ops::Range;

use super::Unusual;
use super::gap::{Gap, Split, read, rest_of_line, top};
use super::order::Order;
use crate::syntax::tree::{Entry, Mapping, Node, Style, Value};

/// A line that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A blank one that only sets others apart.
    Blank,
    /// One with its indentation; an empty one is a part of a value.
    Text(String),
    /// The last one of a block of text that takes every blank line after it for its own.
    Open(String),
}

/// Writes the lines of one text anew.
pub(super) struct Layout<'t> {
    /// The text of the file, with line ends of one byte.
    pub(super) text: &'t str,
}

/// What a list or a mapping is made of.
#[derive(Clone, Copy)]
enum Children<'n, 't> {
    Entries(&'n [Entry<'t>]),
    Items(&'n [Node<'t>]),
}

/// One key or item with its value, and the lines that go where it goes.
struct Part<'t> {
    rank: usize,
    lead: Vec<Gap<'t>>,
    lines: Vec<Line>,
    trail: Vec<Gap<'t>>,
}

/// One key or item where it was met.
struct Child<'n, 't> {
    node: &'n Node<'t>,
    /// What comes before its value: the key with its colon, or a dash.
    head: String,
    /// Offset after that.
    after: usize,
    rank: usize,
    order: Order,
}

impl<'t> Layout<'t> {
    /// Returns the lines of the outermost `mapping`, whose text lies between `start` and `end`.
    pub(super) fn document(
        &self,
        mapping: &Mapping<'t>,
        order: &Order,
        (start, end): (usize, usize),
    ) -> Result<Vec<Line>, Unusual> {
        self.collection(Children::Entries(&mapping.entries), order, (start, end), 0)
    }

    /// Returns the lines of a list or a mapping in blocks, indented by `column`. Its text lies between `start`, where its
    /// first line or, in a list's item, its first key starts, and `end`.
    fn collection(
        &self,
        children: Children<'_, 't>,
        order: &Order,
        (start, end): (usize, usize),
        column: usize,
    ) -> Result<Vec<Line>, Unusual> {
        let (lead, mut at) = read(self.text, start, end);
        let kept = top(&lead);
        let (above, mut lead) = (lead[..kept].to_vec(), lead[kept..].to_vec());
        let mut parts = Vec::with_capacity(children.count());
        let mut old = None;
        for index in 0..children.count() {
            let (first, here) = self.content_of_line(at);
            let old = *old.get_or_insert(here);
            let child = self.child(children, index, order, first)?;
            if here != old || first >= end {
                return Err(Unusual { at: first });
            }
            let done = self.end_of(child.node, child.after)?;
            let (comment, next_line) = rest_of_line(self.text, done)?;
            let (gaps, next) = read(self.text, next_line, end);
            let split = Split::of(gaps, old);
            let inside = (child.after, split.inner_end(next_line));
            let shift = Shift::between(old, column);
            let lines = if is_block(self.text, child.node) {
                self.nested(&child, inside, column)?
            } else {
                let mut lines = self.leaf(&child, (done, comment), shift, column);
                // As deep as a block of text, a comment would be a line of it.
                let depth = if is_text_block(child.node) { 1 } else { 2 };
                lines.extend(split.inner.iter().map(|gap| gap.line(column + depth)));
                lines
            };
            parts.push(Part {
                rank: child.rank,
                lead: std::mem::replace(&mut lead, split.lead),
                lines,
                trail: split.trail,
            });
            at = next;
        }
        if at < end {
            return Err(Unusual { at });
        }
        // Below the last one there is no next: what stands there is the end's.
        if let Some(last) = parts.last_mut() {
            lead.splice(0..0, std::mem::take(&mut last.trail));
        }
        Ok(join(&above, parts, &lead, column))
    }

    /// Returns the child `index`, which is the first thing at offset `first`.
    fn child<'n>(
        &self,
        children: Children<'n, 't>,
        index: usize,
        order: &Order,
        first: usize,
    ) -> Result<Child<'n, 't>, Unusual> {
        let unusual = Unusual { at: first };
        match children {
            Children::Entries(entries) => {
                let entry = entries.get(index).ok_or(unusual)?;
                let key = entry.key.span.range();
                if key.start != first {
                    return Err(unusual);
                }
                let after = self.after_colon(entry)?;
                Ok(Child {
                    node: &entry.value,
                    head: format!("{}:", &self.text[key]),
                    after,
                    rank: order.rank(&entry.key.value),
                    order: order.under(&entry.key.value, &entry.value),
                })
            }
            Children::Items(items) => {
                let node = items.get(index).ok_or(unusual)?;
                let is_dash =
                    self.text[first..].starts_with("- ") || self.text[first..].starts_with("-\n");
                let is_nothing = node.span.start == node.span.end;
                if !is_dash || is_nothing {
                    return Err(unusual);
                }
                Ok(Child {
                    node,
                    head: "-".to_owned(),
                    after: first + 1,
                    rank: 0,
                    order: order.inside(node),
                })
            }
        }
    }

    /// Returns the lines of `child`, whose value is a list or a mapping in blocks and lies in `inside`.
    fn nested(
        &self,
        child: &Child<'_, 't>,
        (after, end): (usize, usize),
        column: usize,
    ) -> Result<Vec<Line>, Unusual> {
        let children = Children::of(child.node).ok_or(Unusual { at: after })?;
        let is_item = child.head == "-";
        let begun = self.skip_blanks(after);
        let same_line = !self.text[begun..].starts_with(['\n', '#']);
        let (comment, start) = match (same_line, is_item) {
            (true, true) => ("", begun),
            (true, false) => return Err(Unusual { at: after }),
            (false, _) => rest_of_line(self.text, after)?,
        };
        let mut lines = self.collection(children, &child.order, (start, end), column + 2)?;
        if is_item && comment.is_empty() {
            hang(&mut lines, column);
        } else {
            let head = format!("{}{}{comment}", blanks(column), child.head);
            lines.insert(0, Line::Text(head));
        }
        Ok(lines)
    }

    /// Returns the lines of `child`, whose value is one piece that ends at `done`; `comment` follows it.
    fn leaf(
        &self,
        child: &Child<'_, 't>,
        (done, comment): (usize, &str),
        shift: Shift,
        column: usize,
    ) -> Vec<Line> {
        let head = format!("{}{}", blanks(column), child.head);
        let written = &self.text[child.after..done];
        if !written.contains('\n') {
            let value = match (written.trim(), &child.node.value) {
                ("", _) => String::new(),
                (_, Value::Mapping(_) | Value::List(_)) => {
                    format!(" {}", self.on_one_line(child.node, &child.order))
                }
                (value, _) => format!(" {value}"),
            };
            return vec![Line::Text(format!("{head}{value}{comment}"))];
        }
        let is_block = is_text_block(child.node);
        // The blank lines at the head of a block of text are a part of it.
        let start = match is_block {
            true => child.after,
            false => child.node.span.range().start.max(child.after),
        };
        let mut lines = Vec::new();
        let mut at = child.after;
        for (index, line) in written.split('\n').enumerate() {
            let end = at + line.len();
            let text = match index {
                0 if line.trim().is_empty() => Some(head.clone()),
                0 if line.trim_start().starts_with('#') => {
                    Some(format!("{head}{}", line.trim_end()))
                }
                0 => Some(format!("{head} {}", line.trim_start())),
                // Between the key and a value on a later line: blank lines say nothing there.
                _ if end < start && line.trim().is_empty() => None,
                _ if end < start => Some(format!("{}{}", blanks(column + 2), line.trim())),
                _ => Some(shift.apply(line, is_block)),
            };
            lines.extend(text.map(Line::Text));
            at = end + 1;
        }
        if let Some(Line::Text(last)) = lines.last_mut() {
            last.push_str(comment);
        }
        let is_open = is_block && written.lines().next().is_some_and(keeps_blanks);
        if let (true, Some(Line::Text(last))) = (is_open, lines.last_mut()) {
            let last = std::mem::take(last);
            lines.pop();
            lines.push(Line::Open(last));
        }
        lines
    }

    /// Returns `node`, which stands on one line, with the keys of bracketed mappings in order.
    fn on_one_line(&self, node: &Node<'t>, order: &Order) -> String {
        let whole = node.span.range();
        let as_written = || self.text[whole.clone()].to_owned();
        let pieces: Option<Vec<_>> = match &node.value {
            Value::Mapping(mapping) => mapping
                .entries
                .iter()
                .map(|entry| {
                    let value = &entry.value;
                    let inside = order.under(&entry.key.value, value);
                    let (start, key) = (entry.key.span.range().start, &entry.key.value);
                    let head = self.text.get(start..value.span.range().start)?;
                    let text = format!("{head}{}", self.on_one_line(value, &inside));
                    let is_there = value.span.start < value.span.end;
                    is_there.then_some((order.rank(key), start..value.span.range().end, text))
                })
                .collect(),
            Value::List(items) => items
                .iter()
                .map(|item| {
                    let text = self.on_one_line(item, &order.inside(item));
                    let is_there = item.span.start < item.span.end;
                    is_there.then_some((0, item.span.range(), text))
                })
                .collect(),
            Value::Null | Value::Scalar(_) | Value::Unreadable => None,
        };
        let Some(pieces) = pieces else {
            return as_written();
        };
        let mut sorted: Vec<_> = pieces.iter().collect();
        sorted.sort_by_key(|(rank, ..)| *rank);
        let (mut text, mut done) = (String::new(), whole.start);
        for ((_, place, _), (_, _, piece)) in pieces.iter().zip(sorted) {
            text.push_str(self.text.get(done..place.start).unwrap_or_default());
            text.push_str(piece);
            done = place.end;
        }
        text.push_str(self.text.get(done..whole.end).unwrap_or_default());
        text
    }

    /// Returns the offset after the last byte of `node`, whose key or dash ends at `after`.
    fn end_of(&self, node: &Node<'t>, after: usize) -> Result<usize, Unusual> {
        if is_block(self.text, node) {
            return match &node.value {
                Value::Mapping(Mapping { entries, .. }) => match entries.last() {
                    Some(entry) => self.end_of(&entry.value, self.after_colon(entry)?),
                    None => Ok(after),
                },
                Value::List(items) => match items.last() {
                    Some(item) => self.end_of(item, item.span.range().start),
                    None => Ok(after),
                },
                _ => Err(Unusual { at: after }),
            };
        }
        match &node.value {
            Value::Unreadable => Err(Unusual { at: after }),
            Value::Scalar(scalar) if scalar.style == Style::Block => {
                Ok(self.end_of_block(node.span.range(), after))
            }
            // What is not there stands nowhere: its place is that of its colon.
            Value::Null if node.span.start == node.span.end => Ok(after),
            _ => Ok(node.span.range().end.max(after)),
        }
    }

    /// Returns the offset after the last line of the block of text whose content stands in `content`, without its line end:
    /// blanks at the end of a line, and some blank lines, belong to it.
    fn end_of_block(&self, content: Range<usize>, after: usize) -> usize {
        let text = self.text;
        let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
        if content.is_empty() {
            return line_end(after);
        }
        let start = text[..content.start].rfind('\n').map_or(0, |end| end + 1);
        let indent = content.start - start;
        let header = text[..start].trim_end().rsplit('\n').next();
        let keeps = header.is_some_and(keeps_blanks);
        let mut end = line_end(content.end);
        let mut at = end;
        while at < text.len() {
            let next = line_end(at + 1);
            let line = &text[at + 1..next];
            if !line.trim_matches(' ').is_empty() || next == text.len() {
                break;
            }
            if keeps || line.len() > indent {
                end = next;
            }
            at = next;
        }
        end
    }

    fn after_colon(&self, entry: &Entry<'t>) -> Result<usize, Unusual> {
        let at = self.skip_blanks(entry.key.span.range().end);
        match self.text[at..].starts_with(':') {
            true => Ok(at + 1),
            false => Err(Unusual { at }),
        }
    }

    fn skip_blanks(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.len() - rest.trim_start_matches([' ', '\t']).len()
    }

    /// Returns the offset of the first letter of the line that goes on at `at`, and its column.
    fn content_of_line(&self, at: usize) -> (usize, usize) {
        let first = self.skip_blanks(at);
        let start = self.text[..first].rfind('\n').map_or(0, |end| end + 1);
        (first, first - start)
    }
}

impl<'n, 't> Children<'n, 't> {
    fn of(node: &'n Node<'t>) -> Option<Self> {
        match &node.value {
            Value::Mapping(mapping) => Some(Self::Entries(&mapping.entries)),
            Value::List(items) => Some(Self::Items(items)),
            _ => None,
        }
    }

    fn count(self) -> usize {
        match self {
            Self::Entries(entries) => entries.len(),
            Self::Items(items) => items.len(),
        }
    }
}

impl Gap<'_> {
    fn line(&self, column: usize) -> Line {
        match self {
            Self::Blank => Line::Blank,
            Self::Comment { text, .. } => Line::Text(format!("{}{text}", blanks(column))),
        }
    }
}

/// By how much the lines of a value move.
#[derive(Clone, Copy)]
enum Shift {
    Right(usize),
    Left(usize),
}

impl Shift {
    fn between(old: usize, new: usize) -> Self {
        match new.checked_sub(old) {
            Some(right) => Self::Right(right),
            None => Self::Left(old - new),
        }
    }

    /// Returns `line` moved; in a block of text, blanks alone are text as well.
    fn apply(self, line: &str, is_block: bool) -> String {
        let is_empty = line.is_empty() || !is_block && line.trim().is_empty();
        match self {
            _ if is_empty => String::new(),
            Self::Right(count) => format!("{}{line}", blanks(count)),
            Self::Left(count) => {
                let indent = line.len() - line.trim_start_matches(' ').len();
                line[count.min(indent)..].to_owned()
            }
        }
    }
}

/// Returns the lines of a whole list or mapping: its parts in order, with what belongs to each.
fn join(
    above: &[Gap<'_>],
    mut parts: Vec<Part<'_>>,
    below: &[Gap<'_>],
    column: usize,
) -> Vec<Line> {
    parts.sort_by_key(|part| part.rank);
    let mut lines: Vec<Line> = Vec::new();
    let add = |gaps: &[Gap<'_>], lines: &mut Vec<Line>| {
        for gap in gaps {
            let line = gap.line(column);
            let is_double = lines
                .last()
                .is_none_or(|last| !matches!(last, Line::Text(_)));
            if line != Line::Blank || !is_double {
                lines.push(line);
            }
        }
    };
    add(above, &mut lines);
    let mut is_apart = true;
    for part in parts {
        if !is_apart && part.lead.first() != Some(&Gap::Blank) {
            lines.push(Line::Blank);
        }
        add(&part.lead, &mut lines);
        lines.extend(part.lines);
        add(&part.trail, &mut lines);
        // Right above another key, what trails this one would belong to that.
        is_apart = part.trail.is_empty();
    }
    if !is_apart && !below.is_empty() && below.first() != Some(&Gap::Blank) {
        lines.push(Line::Blank);
    }
    add(below, &mut lines);
    while lines.last() == Some(&Line::Blank) {
        lines.pop();
    }
    lines
}

/// Puts the dash of a list's item in `column` before the first of its `lines` that is no comment; those above it go above
/// the dash.
fn hang(lines: &mut [Line], column: usize) {
    for line in lines {
        let Line::Text(text) = line else {
            continue;
        };
        let content = text.trim_start();
        if content.starts_with('#') {
            *text = format!("{}{content}", blanks(column));
            continue;
        }
        *text = format!("{}- {content}", blanks(column));
        return;
    }
}

/// Returns whether `node` is a list or a mapping that is laid out by indentation.
fn is_block(text: &str, node: &Node<'_>) -> bool {
    let is_collection = matches!(node.value, Value::List(_) | Value::Mapping(_));
    let start = node.span.range().start;
    let bracket = text[start..].starts_with(['[', '{']);
    let is_empty = Children::of(node).is_none_or(|children| children.count() == 0);
    is_collection && !(bracket && (is_empty || first_of(node) > start))
}

/// Returns the offset of the first key or item in `node`.
fn first_of(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Mapping(mapping) => mapping.entries.first().map(|entry| entry.key.span),
        Value::List(items) => items.first().map(|item| item.span),
        _ => None,
    }
    .unwrap_or(node.span)
    .range()
    .start
}

/// Returns whether `node` is a block of text after `|` or `>`.
fn is_text_block(node: &Node<'_>) -> bool {
    matches!(&node.value, Value::Scalar(scalar) if scalar.style == Style::Block)
}

/// Returns whether the block of text that starts with the line `header` takes every blank line after it for its own.
fn keeps_blanks(header: &str) -> bool {
    let header = header.split(" #").next().unwrap_or_default();
    let sign = header.split_whitespace().next_back();
    sign.is_some_and(|sign| sign.contains('+'))
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}
