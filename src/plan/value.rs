//! How values are read: one type for each thing that a field can hold.
//!
//! [`Value`] is anything that stands after a colon or a dash; [`FieldValue`] adds what it means when the key is
//! absent. A type says how it looks ([`Shape`]), how it is read, and which references and dates are inside.

mod choice;
mod dated;
mod extra;
mod keyed;
mod reference;
mod scalar;

use serde::Serialize;

use super::description::{Description, Shape};
use super::reader::Reader;
use crate::syntax::tree::{Entry, Mapping, Node, Value as Tree};
use crate::text::{Span, Spanned};

pub use choice::Choices;
pub(in crate::plan) use choice::read_choice;
pub use dated::{Period, When};
pub use extra::{Extra, Own};
pub use keyed::{Inline, Item, Keyed, Map, Named};
pub use reference::{Ref, Reference, Refers};
pub use scalar::{Cadence, Digest, Lag, Text, Url, VersionText};

/// Something that can be written in the frontmatter.
pub trait Value: Sized {
    /// Returns how it looks.
    fn shape() -> Shape;

    /// Returns the value that `node` holds, or reports why it holds none.
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Shows the references and dates inside to `visitor`.
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        let _ = visitor;
    }
}

/// A value as a field of a mapping, where it may be absent.
pub trait FieldValue: Sized {
    /// Returns how it looks.
    fn shape() -> Shape;

    /// Returns the field's value from its `entry`, if it was written.
    fn read_field(entry: Option<&Entry<'_>>, reader: &mut Reader<'_>) -> Self;

    /// Returns whether nothing was written.
    fn absent(&self) -> bool;

    /// Shows the references and dates inside to `visitor`.
    fn visit_field(&mut self, visitor: &mut dyn Visitor);
}

/// A mapping with known keys, written by the `record!` macro.
pub trait Record: Sized {
    /// What the mapping may hold.
    const DESCRIPTION: &'static Description;

    /// Returns the record with the fields of `mapping`; unknown keys are not looked at.
    fn read_fields(mapping: &Mapping<'_>, reader: &mut Reader<'_>) -> Self;

    /// Shows the references and dates inside to `visitor`.
    fn visit_fields(&mut self, visitor: &mut dyn Visitor);
}

/// Something that walks over what a document refers to. Resolution is one; it fills in what the values point at.
pub trait Visitor {
    /// Called before what stands under the key or item `name`.
    fn enter(&mut self, _name: &'static str) {}

    /// Called after what stood under the last key entered.
    fn leave(&mut self) {}

    /// Called for each reference; `kinds` are those that it may point at, the preferred one first.
    fn reference(&mut self, _reference: &mut Reference, _kinds: &'static [super::Kind]) {}

    /// Called for each date.
    fn when(&mut self, _when: &mut When) {}

    /// Called for each interval.
    fn period(&mut self, _period: &mut Period) {}
}

/// Returns whether nothing was written for a field; what serialisation skips.
pub fn is_absent<T: FieldValue>(value: &T) -> bool {
    value.absent()
}

/// Returns the record that `node` holds, or reports that it is no mapping.
pub(super) fn read_record<T: Record>(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let Tree::Mapping(mapping) = &node.value else {
        reader.wrong_type(node, &expected_keys(T::DESCRIPTION));
        return None;
    };
    reader.check_keys(mapping, &[T::DESCRIPTION], place_of(node));
    Some(T::read_fields(mapping, reader))
}

/// Returns what to say when something else stands where the mapping `description` should.
fn expected_keys(description: &Description) -> String {
    let names: Vec<_> = description
        .fields
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    format!("a mapping with {}", names.join(", "))
}

impl<T: Value> Value for Spanned<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self::new(T::read(node, reader)?, node.span))
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.value.visit(visitor);
    }
}

impl<T: Value> Value for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(Self::new)
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        T::visit(self, visitor);
    }
}

impl<T: Value> FieldValue for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read_field(entry: Option<&Entry<'_>>, reader: &mut Reader<'_>) -> Self {
        T::read(&entry?.value, reader)
    }

    fn absent(&self) -> bool {
        self.is_none()
    }

    fn visit_field(&mut self, visitor: &mut dyn Visitor) {
        if let Some(value) = self {
            value.visit(visitor);
        }
    }
}

impl<T: Value> FieldValue for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn read_field(entry: Option<&Entry<'_>>, reader: &mut Reader<'_>) -> Self {
        let Some(entry) = entry else {
            return Self::new();
        };
        match &entry.value.value {
            Tree::List(items) => items
                .iter()
                .filter_map(|item| T::read(item, reader))
                .collect(),
            Tree::Null => Self::new(),
            Tree::Scalar(_) | Tree::Mapping(_) | Tree::Unreadable => {
                reader.not_listed(entry, &T::shape());
                Self::new()
            }
        }
    }

    fn absent(&self) -> bool {
        self.is_empty()
    }

    fn visit_field(&mut self, visitor: &mut dyn Visitor) {
        for value in self {
            value.visit(visitor);
        }
    }
}

/// A thing and where the whole of it was written: an item of a list.
pub type Listed<T> = Vec<Spanned<T>>;

/// Returns the span of `node` without what follows its last character.
pub(super) fn place_of(node: &Node<'_>) -> Span {
    match &node.value {
        Tree::Mapping(mapping) => mapping
            .entries
            .first()
            .map_or(node.span, |entry| entry.key.span),
        _ => node.span,
    }
}

/// Returns `value` as text that serialises as itself; the common way of writing a parsed value.
pub(super) fn as_text<S: serde::Serializer, T: ToString>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.to_string().serialize(serializer)
}
