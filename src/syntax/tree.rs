//! The spanned tree of a document's frontmatter: what was written, and where.
//!
//! Scalars stay text. Only the kind that a value is read as says whether `2026-12-12` is a day and `1.10` a version, so
//! nothing is lost on the way (an untyped reader would turn the latter into 1.1).

use std::borrow::Cow;

use crate::text::{Span, Spanned};

/// A value of the frontmatter and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// The bytes of the whole value, quotes included.
    pub span: Span,
    /// What it is.
    pub value: Value<'t>,
}

/// What a node can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// One value, as text.
    Scalar(Scalar<'t>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A mapping.
    Mapping(Mapping<'t>),
    /// Something that could not be read. The fault has been reported, so whoever meets this says nothing more: the
    /// value is neither missing nor of the wrong type.
    Unreadable,
}

/// One value as text.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar<'t> {
    /// The text with quotes and escapes resolved.
    pub text: Cow<'t, str>,
    /// How it was written.
    pub style: Style,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Bare. Other YAML readers may take it for a number, a boolean or a date.
    Plain,
    /// In single or double quotes. Offsets inside the text are those of the file, moved by the quote, when the
    /// quoted text has no escapes.
    Quoted,
    /// A block after `|` or `>`.
    Block,
}

/// A mapping in the order in which it was written. Keys are unique: a second one has been reported and dropped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping<'t> {
    /// The entries.
    pub entries: Vec<Entry<'t>>,
    /// Whether a line of it could not be read. The fault has been reported, and a key that seems to be missing may
    /// stand in that line, so nobody reports it as missing.
    pub incomplete: bool,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    /// The key.
    pub key: Spanned<Cow<'t, str>>,
    /// Its value.
    pub value: Node<'t>,
}

impl<'t> Mapping<'t> {
    /// Returns the entry under `key`.
    pub fn get(&self, key: &str) -> Option<&Entry<'t>> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }
}

impl Node<'_> {
    /// Returns what the value is, in words for a message: "a list", "text".
    pub fn describe(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Unreadable => "something unreadable",
        }
    }
}
