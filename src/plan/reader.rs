//! The reader: turns the spanned tree of one document into typed fields and reports what does not fit.

use std::ops::Range;

use crate::diagnostic::{Finding, Findings};
use crate::plan::description::{Description, Field, Shape};
use crate::plan::value::FieldValue;
use crate::syntax::tree::{Entry, Mapping, Node, Scalar, Style, Value};
use crate::text::{FileId, Location, Span, nearest};
use crate::time::ValueError;

/// Reads the fields of one document. Every fault becomes a finding at its own place; the rest is still read.
#[derive(Debug)]
pub struct Reader<'f> {
    file: FileId,
    findings: &'f mut Findings,
}

impl<'f> Reader<'f> {
    /// Returns a reader that reports what it meets in `file` to `findings`.
    pub fn new(file: FileId, findings: &'f mut Findings) -> Self {
        Self { file, findings }
    }

    /// Returns the place of `span` in the file that is read.
    pub fn at(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }

    /// Reports `finding`.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Returns the field `name` of `mapping`.
    pub fn field<T: FieldValue>(&mut self, mapping: &Mapping<'_>, name: &str) -> T {
        T::read_field(mapping.get(name), self)
    }

    /// Reports every key of `mapping`, which stands at `place`, that no description in `known` has, and every required
    /// field that it lacks. A field that a key was probably meant to be, but for a mistake, is not missing.
    pub fn check_keys(&mut self, mapping: &Mapping<'_>, known: &[&Description], place: Span) {
        self.reject_unknown(mapping, known);
        let unread = Unread::of(mapping, known);
        for description in known {
            self.require(mapping, description, &unread, place);
        }
    }

    /// Reports every key of `mapping` that no description in `known` has, with the nearest ones that exist.
    fn reject_unknown(&mut self, mapping: &Mapping<'_>, known: &[&Description]) {
        let fields = || known.iter().flat_map(|description| description.fields);
        for entry in &mapping.entries {
            let key = entry.key.value.as_ref();
            if key.starts_with("x-") || fields().any(|field| field.name == key) {
                continue;
            }
            let place = self.at(entry.key.span);
            let finding = Finding::new(
                "document/unknown-key",
                place,
                format!("unknown key `{key}`"),
            );
            self.report(
                match nearest(key, fields().map(|field| field.name)).as_slice() {
                    [] => finding.hint(format!(
                        "known keys: {}; your own start with `x-`",
                        names(fields())
                    )),
                    [best, ..] => finding.hint(format!(
                        "did you mean `{best}`? your own keys start with `x-`"
                    )),
                },
            );
        }
    }

    /// Reports every required field of `description` that `mapping`, which stands at `place`, lacks.
    fn require(
        &mut self,
        mapping: &Mapping<'_>,
        description: &Description,
        unread: &Unread,
        place: Span,
    ) {
        let missing = |field: &&Field| {
            field.required && mapping.get(field.name).is_none() && !unread.has(field.name)
        };
        for field in description.fields.iter().filter(missing) {
            let message = format!("this {} has no `{}`", description.words(), field.name);
            let action = format!("add `{}:`, {}", field.name, clause(field.doc));
            self.report(
                Finding::new("document/missing-field", self.at(place), message).hint(action),
            );
        }
    }

    /// Returns the text of `node` when it is a single value; otherwise reports that `expected` stands there wrongly.
    pub fn scalar<'n, 't>(&mut self, node: &'n Node<'t>, expected: &str) -> Option<&'n Scalar<'t>> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => {
                self.wrong_type(node, expected);
                None
            }
        }
    }

    /// Reports that `node` is not `expected` ("a list of tags").
    /// What could not be read at all has been reported already.
    pub fn wrong_type(&mut self, node: &Node<'_>, expected: &str) {
        if matches!(node.value, Value::Unreadable) {
            return;
        }
        let message = format!("expected {expected}, found {}", node.describe());
        let finding = Finding::new("document/wrong-type", self.at(first_line(node)), message);
        let finding = match &node.value {
            Value::Null => finding.hint("write a value after the colon, or remove the key"),
            _ => finding,
        };
        self.report(finding);
    }

    /// Reports that `entry` holds something else than a list of what `item` describes.
    pub fn not_listed(&mut self, entry: &Entry<'_>, item: &Shape) {
        let (key, node) = (&entry.key.value, &entry.value);
        if matches!(node.value, Value::Unreadable) {
            return;
        }
        let message = format!("`{key}` takes a list, and this is {}", node.describe());
        let finding = Finding::new("document/wrong-type", self.at(first_line(node)), message);
        self.report(match &node.value {
            Value::Scalar(Scalar {
                text,
                style: Style::Plain,
            }) if !matches!(item, Shape::Record(_)) && !text.contains(['[', ']', '{', '}']) => {
                finding.hint(format!("write `{key}: [{text}]`")).fix(
                    "make it a list",
                    node.span,
                    format!("[{text}]"),
                )
            }
            _ => finding.hint(format!(
                "put each item below `{key}:` on its own line, after a dash"
            )),
        });
    }

    /// Reports what a value's own parser says about `node`, at the part of it that is wrong.
    pub fn value_error(&mut self, node: &Node<'_>, error: ValueError) {
        let mut finding = Finding::new(
            error.rule,
            self.at(Self::inside(node, error.range)),
            error.message,
        );
        finding.hint = error.hint;
        if let Some(replacement) = error.replacement {
            // Quotes stay: without them `>=7.1` would be the head of a block.
            let text = match &node.value {
                Value::Scalar(Scalar { text, .. }) => Self::inside(node, 0..text.len()),
                _ => node.span,
            };
            finding = finding.fix(format!("write `{replacement}`"), text, replacement);
        }
        self.report(finding);
    }

    /// Returns where the bytes `range` of the text of `node` stand; all of `node` for an empty range, and where escapes and
    /// line breaks make it unknown.
    pub fn inside(node: &Node<'_>, range: Range<usize>) -> Span {
        if range.is_empty() {
            return node.span;
        }
        let length = node.span.end.saturating_sub(node.span.start) as usize;
        match &node.value {
            Value::Scalar(Scalar {
                style: Style::Plain,
                text,
            }) if text.len() == length => node.span.slice(range),
            Value::Scalar(Scalar {
                style: Style::Quoted,
                text,
            }) if text.len() + 2 == length => node.span.slice(range.start + 1..range.end + 1),
            _ => node.span,
        }
    }
}

/// The fields of a mapping that are not there, but may have been meant to be.
#[derive(Debug, Default)]
pub struct Unread {
    /// The fields that its unknown keys were probably meant to be.
    pub meant: Vec<&'static str>,
    /// Whether it may be any field: a line could not be read, or an unknown key is like none that exists.
    pub any: bool,
}

impl Unread {
    /// Returns those of `mapping`, which may hold what the descriptions in `known` say.
    pub fn of(mapping: &Mapping<'_>, known: &[&Description]) -> Self {
        let fields = || known.iter().flat_map(|description| description.fields);
        let mut unread = Self {
            meant: Vec::new(),
            any: mapping.incomplete,
        };
        let keys = mapping.entries.iter().map(|entry| entry.key.value.as_ref());
        let unknown =
            |key: &&str| !key.starts_with("x-") && !fields().any(|field| field.name == *key);
        for key in keys.filter(unknown) {
            // A blank that is missing after the colon leaves key and value in one: `date:2026-12-12`.
            let word = key.split([':', ' ']).next().unwrap_or(key);
            let near = nearest(word, fields().map(|field| field.name));
            unread.any |= near.is_empty();
            unread.meant.extend(
                near.iter().filter_map(|name| {
                    fields().map(|field| field.name).find(|field| field == name)
                }),
            );
        }
        unread
    }

    /// Returns whether the field `name` may be among them.
    fn has(&self, name: &str) -> bool {
        self.any || self.meant.contains(&name)
    }
}

/// Returns the keys of `fields` as a list for a message.
fn names<'a>(fields: impl Iterator<Item = &'a Field>) -> String {
    let names: Vec<_> = fields.map(|field| format!("`{}`", field.name)).collect();
    names.join(", ")
}

/// Returns the first sentence of a field's documentation as part of a longer one: "the day promised".
fn clause(doc: &str) -> String {
    let doc = doc.trim();
    let first = doc
        .split_once(". ")
        .map_or(doc, |(first, _)| first)
        .trim_end_matches('.');
    let mut letters = first.chars();
    letters
        .next()
        .map(|letter| letter.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Returns where to point at `node`: a mapping or a list begins where its first part does.
fn first_line(node: &Node<'_>) -> Span {
    match &node.value {
        Value::Mapping(mapping) => mapping
            .entries
            .first()
            .map_or(node.span, |entry| entry.key.span),
        Value::List(items) => items.first().map_or(node.span, first_line),
        _ => node.span,
    }
}
