//! Descriptions: what each mapping of the format may hold, stated once.
//!
//! A [`Description`] is written by the `record!` macro from the very fields that it reads. Unknown-key hints, the
//! reference page, the JSON Schema, completion, hover and `new` are all made from it.

use super::kinds::Kind;

/// One mapping of the format: a kind's own fields, or a smaller mapping inside one.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// The type's name, such as `Train`.
    pub name: &'static str,
    /// What it is, as Markdown.
    pub doc: &'static str,
    /// Its fields in reading order.
    pub fields: &'static [Field],
}

/// One field of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key as written.
    pub name: &'static str,
    /// What it means, as Markdown.
    pub doc: &'static str,
    /// Whether a mapping without it is at fault.
    pub required: bool,
    /// What it accepts. A function, because mappings may nest in themselves.
    pub shape: fn() -> Shape,
}

/// What a value of the format looks like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// One value, written as text.
    Scalar(Scalar),
    /// One of a fixed set of words.
    Choice(&'static [Choice]),
    /// The id of another document of one of these kinds.
    Reference(&'static [Kind]),
    /// A list of values.
    List(Box<Shape>),
    /// A mapping from names to values.
    Map(Box<Shape>),
    /// A list of things with an `id`, or a mapping from ids to them.
    Keyed(Box<Shape>),
    /// A mapping with these fields.
    Record(&'static Description),
    /// A mapping with the fields of both.
    Both(&'static Description, &'static Description),
    /// Any of these.
    OneOf(Vec<Shape>),
    /// Anything: the team's own.
    Any,
}

/// The values of section 2 of the format that are written as one piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "each is described by the type in `time` that has its name"
)]
pub enum Scalar {
    Text,
    Url,
    Boolean,
    Count,
    Date,
    Interval,
    Duration,
    Recurrence,
    Version,
    VersionScheme,
    VersionConstraint,
    Zone,
    Digest,
    Cadence,
    Lag,
}

/// One word of a fixed set.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The word as written.
    pub word: &'static str,
    /// What it means.
    pub doc: &'static str,
}

impl Description {
    /// Returns the name as people say it: `RequiredApproval` is a "required approval".
    pub fn words(&self) -> String {
        let mut words = String::new();
        for letter in self.name.chars() {
            if letter.is_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.extend(letter.to_lowercase());
        }
        words
    }

    /// Returns the field named `name`.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    /// Returns `name`, a Rust identifier, as the key that the format uses: `r#type` is written `type`.
    pub const fn key(name: &'static str) -> &'static str {
        let bytes = name.as_bytes();
        if bytes.len() > 2 && bytes[0] == b'r' && bytes[1] == b'#' {
            name.split_at(2).1
        } else {
            name
        }
    }
}
