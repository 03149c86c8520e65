//! One file → the same file with its frontmatter in canonical order and layout.
//!
//! Keys stand in the order of their description, unknown ones after them; a key takes the comments along that stand
//! directly above it, behind it, or indented below it. The first lines keep their place when a blank line follows them,
//! and so does what stands after the last key. Nested mappings are indented by two, lists as well; values keep their text
//! and their quotes. Line ends are LF, a byte order mark goes, and the body is the same but for its line ends.
//!
//! The new text is read again before it is given out: it says the same, and no letter of it is lost.

mod gap;
mod layout;
mod order;

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::diagnostic::{Finding, Findings};
use crate::load::{CONFIG, kind_of_path};
use crate::plan::Kind;
use crate::plan::common::Common;
use crate::plan::config::Config;
use crate::plan::value::Record as _;
use crate::syntax::tree::{Mapping, Node, Value};
use crate::syntax::{parse, parse_yaml};
use crate::text::{FileId, Location, Span};

use layout::{Layout, Line};
use order::Order;

/// A file in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text of the whole file.
    pub text: String,
    /// Whether its lines ended as Windows ends them; they end with LF now, those of the body as well.
    pub had_crlf: bool,
}

/// Why a file is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read without doubt.
    Faulty(Findings),
    /// It is written in a way that is read, but not written anew, such as `? key`.
    Unusual(Location),
    /// What was written anew would say something else. This is a defect of the formatter.
    Unlike,
}

/// A place at which something stands that is not written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unusual {
    at: usize,
}

/// What was read of a file.
struct Whole<'t> {
    mapping: Mapping<'t>,
    /// Where the lines of the keys start and end.
    keys: (usize, usize),
    /// Where the lines before them start; those and the line after them are written by themselves.
    start: usize,
    /// Where the body starts.
    body: usize,
}

/// Returns the `text` of the file at `path`, relative to its plan, in canonical form; it may be the same.
///
/// # Errors
/// When it cannot be read without doubt, or not be written anew without saying something else. Places are those in `text`
/// with LF at the end of its lines, in the file `file`.
pub fn format(file: FileId, path: &str, text: &str) -> Result<Formatted, Refusal> {
    let had_crlf = text.contains("\r\n");
    let unix = match had_crlf {
        true => Cow::Owned(text.replace("\r\n", "\n")),
        false => Cow::Borrowed(text),
    };
    let whole = read(file, path, &unix)?;
    let order = order_of(path, &whole.mapping);
    let layout = Layout { text: &unix };
    let lines = layout.document(&whole.mapping, &order, whole.keys);
    let lines = lines.map_err(|unusual| {
        let at = Span::at(unusual.at.min(unix.len()));
        Refusal::Unusual(Location::new(file, at))
    })?;
    let new = written(&unix, &whole, &lines);
    match says_the_same((&unix, &whole), (path, &new)) {
        true => Ok(Formatted {
            text: new,
            had_crlf,
        }),
        false => Err(Refusal::Unlike),
    }
}

/// Returns what can be read of `text` if all of it can.
fn read<'t>(file: FileId, path: &str, text: &'t str) -> Result<Whole<'t>, Refusal> {
    let mut findings = Findings::new();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let (mapping, keys, body) = if path == CONFIG {
        let mapping = parse_yaml(file, text, &mut findings);
        let span = mapping.as_ref().map(|mapping| mapping.span.range());
        let keys = span.map_or((start, text.len()), |span| (span.start, span.end));
        (mapping, keys, text.len())
    } else {
        let parsed = parse(file, text, &mut findings);
        let span = parsed.frontmatter.as_ref().map(|whole| whole.span.range());
        let fences = span.unwrap_or(start..start);
        let inside = &text[fences.clone()];
        let first = inside.find('\n').map_or(inside.len(), |end| end + 1);
        let last = inside.rfind('\n').map_or(first, |end| end + 1);
        let keys = (fences.start + first, fences.start + last.max(first));
        (parsed.frontmatter, keys, parsed.body.range().start)
    };
    match mapping {
        Some(mapping) if findings.is_empty() => Ok(Whole {
            mapping: mapping.value,
            keys,
            start,
            body,
        }),
        None if findings.is_empty() => {
            let at = Location::new(file, Span::at(start));
            let nothing = Finding::new("document/invalid-yaml", at, "there is nothing to read");
            Err(Refusal::Faulty(vec![nothing]))
        }
        _ => Err(Refusal::Faulty(findings)),
    }
}

/// Returns the order of the keys of the file at `path`, which holds `mapping`.
fn order_of(path: &str, mapping: &Mapping<'_>) -> Order {
    if path == CONFIG {
        return Order::fields(&[Config::DESCRIPTION]);
    }
    let named = mapping
        .get("kind")
        .and_then(|entry| match &entry.value.value {
            Value::Scalar(word) => Kind::named(&word.text),
            _ => None,
        });
    match named.or_else(|| kind_of_path(path)) {
        Some(kind) => Order::fields(&kind.descriptions()),
        None => Order::fields(&[Common::DESCRIPTION]),
    }
}

/// Returns the file's text with the `lines` of its keys.
fn written(text: &str, whole: &Whole<'_>, lines: &[Line]) -> String {
    let (start, end) = whole.keys;
    let mut new = String::with_capacity(text.len());
    let outside = |range: std::ops::Range<usize>, new: &mut String| {
        for line in text.get(range).unwrap_or_default().lines() {
            new.push_str(line.trim_end());
            new.push('\n');
        }
    };
    outside(whole.start..start, &mut new);
    for line in lines {
        if let Line::Text(line) | Line::Open(line) = line {
            new.push_str(line);
        }
        new.push('\n');
    }
    outside(end..whole.body, &mut new);
    new.push_str(text.get(whole.body..).unwrap_or_default());
    new
}

/// Returns whether the `new` text of the file at `path` says what the `old` one does, and has every letter of it.
fn says_the_same((old, read_before): (&str, &Whole<'_>), (path, new): (&str, &str)) -> bool {
    let Ok(after) = read(FileId::default(), path, new) else {
        return false;
    };
    is_alike(&read_before.mapping, &after.mapping)
        && letters(&old[read_before.start..]) == letters(new)
        && old.get(read_before.body..) == new.get(after.body..)
}

/// Returns how often each byte that is no blank stands in `text`.
fn letters(text: &str) -> [usize; 256] {
    let mut counts = [0; 256];
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        counts[usize::from(byte)] += 1;
    }
    counts
}

/// Returns whether two mappings say the same, whatever the order of their keys.
fn is_alike(one: &Mapping<'_>, other: &Mapping<'_>) -> bool {
    one.entries.len() == other.entries.len()
        && one.entries.iter().all(|entry| {
            let same = other.get(&entry.key.value);
            same.is_some_and(|same| is_same(&entry.value, &same.value))
        })
}

fn is_same(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.value, &other.value) {
        (Value::Mapping(one), Value::Mapping(other)) => is_alike(one, other),
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (one, other) => one == other,
    }
}
