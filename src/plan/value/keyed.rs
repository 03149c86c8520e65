//! Things with names: lists whose items have an `id`, and mappings from names to values.

use std::ops::Deref;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{FieldValue, Record, Value, Visitor, place_of};
use crate::diagnostic::Finding;
use crate::plan::common::Common;
use crate::plan::description::{Description, Scalar, Shape};
use crate::plan::reader::Reader;
use crate::syntax::tree::{Entry, Mapping, Node, Value as Tree};
use crate::text::{Span, Spanned};

/// What a [`Keyed`] list can hold: a mapping that is read together with its `id`.
pub trait Named: Sized {
    /// Returns how the mapping looks.
    fn shape() -> Shape;

    /// Returns what `mapping` may hold beside its `id`.
    fn descriptions() -> Vec<&'static Description>;

    /// Returns the thing that `mapping` describes.
    fn read(mapping: &Mapping<'_>, reader: &mut Reader<'_>) -> Self;

    /// Shows the references and dates inside to `visitor`.
    fn visit(&mut self, visitor: &mut dyn Visitor);
}

impl<T: Record> Named for T {
    fn shape() -> Shape {
        Shape::Record(T::DESCRIPTION)
    }

    fn descriptions() -> Vec<&'static Description> {
        vec![T::DESCRIPTION]
    }

    fn read(mapping: &Mapping<'_>, reader: &mut Reader<'_>) -> Self {
        T::read_fields(mapping, reader)
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.visit_fields(visitor);
    }
}

/// A document of its own written inside another one: it has the fields that every kind has, and those of its kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Inline<T> {
    /// The fields that every kind has.
    #[serde(flatten)]
    pub common: Common,
    /// The fields of its kind.
    #[serde(flatten)]
    pub detail: T,
    /// The bytes from its first key to the end of its last value; empty when it has none.
    #[serde(skip)]
    pub extent: Span,
}

impl<T: Record> Named for Inline<T> {
    fn shape() -> Shape {
        Shape::Both(Common::DESCRIPTION, T::DESCRIPTION)
    }

    fn descriptions() -> Vec<&'static Description> {
        vec![Common::DESCRIPTION, T::DESCRIPTION]
    }

    fn read(mapping: &Mapping<'_>, reader: &mut Reader<'_>) -> Self {
        // The list keeps the id; told twice, the data of the plan would have one key twice.
        let common = Common {
            id: None,
            ..Common::read_fields(mapping, reader)
        };
        Self {
            common,
            detail: T::read_fields(mapping, reader),
            extent: mapping
                .entries
                .iter()
                .map(|entry| entry.key.span.to(entry.value.span))
                .reduce(Span::to)
                .unwrap_or_default(),
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.common.visit_fields(visitor);
        self.detail.visit_fields(visitor);
    }
}

/// A thing with its id.
#[derive(Clone, Debug)]
pub struct Item<T> {
    /// Its id, unique in its list.
    pub id: Spanned<Box<str>>,
    /// Where it begins: its first key.
    pub span: Span,
    /// The thing.
    pub value: T,
}

impl<T> Deref for Item<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Item<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flat<'a, T> {
            id: &'a str,
            #[serde(flatten)]
            value: &'a T,
        }
        Flat {
            id: &self.id.value,
            value: &self.value,
        }
        .serialize(serializer)
    }
}

/// Things with ids, in the order in which they were written.
///
/// Three notations mean the same: `- id: a` with more keys, `a:` with more keys below it, and a bare `- a`.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Keyed<T> {
    /// The things.
    pub items: Vec<Item<T>>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T> Keyed<T> {
    /// Returns the thing named `id`.
    pub fn get(&self, id: &str) -> Option<&Item<T>> {
        self.items.iter().find(|item| *item.id.value == *id)
    }
}

impl<'a, T> IntoIterator for &'a Keyed<T> {
    type Item = &'a Item<T>;
    type IntoIter = std::slice::Iter<'a, Item<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T> Deref for Keyed<T> {
    type Target = [Item<T>];

    fn deref(&self) -> &[Item<T>] {
        &self.items
    }
}

impl<T: Named> FieldValue for Keyed<T> {
    fn shape() -> Shape {
        Shape::Keyed(Box::new(T::shape()))
    }

    fn read_field(entry: Option<&Entry<'_>>, reader: &mut Reader<'_>) -> Self {
        let Some(entry) = entry else {
            return Self::default();
        };
        let items: Vec<Item<T>> = match &entry.value.value {
            Tree::List(nodes) => nodes
                .iter()
                .filter_map(|node| read_listed(node, reader))
                .collect(),
            Tree::Mapping(mapping) => mapping
                .entries
                .iter()
                .filter_map(|entry| read_mapped(entry, reader))
                .collect(),
            Tree::Null => Vec::new(),
            Tree::Scalar(_) | Tree::Unreadable => {
                reader.not_listed(entry, &Shape::Scalar(Scalar::Text));
                Vec::new()
            }
        };
        Self {
            items: reject_repeated(items, reader),
        }
    }

    fn absent(&self) -> bool {
        self.items.is_empty()
    }

    fn visit_field(&mut self, visitor: &mut dyn Visitor) {
        for item in &mut self.items {
            item.value.visit(visitor);
        }
    }
}

/// Returns an item of a list: `- id: a` with more keys, or a bare `- a`.
fn read_listed<T: Named>(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Item<T>> {
    let mapping = match &node.value {
        Tree::Mapping(mapping) => mapping,
        Tree::Scalar(scalar) => {
            let id = Spanned::new(scalar.text.as_ref().into(), node.span);
            return Some(read_named(id, &Mapping::default(), node.span, reader));
        }
        Tree::List(_) | Tree::Null | Tree::Unreadable => {
            reader.wrong_type(node, "a mapping with `id`");
            return None;
        }
    };
    let place = place_of(node);
    let Some(entry) = mapping.get("id") else {
        if mapping.incomplete {
            return None;
        }
        let finding = Finding::new(
            "document/missing-field",
            reader.at(place),
            "`id` is missing",
        );
        reader.report(finding.hint("add `id:`, a short name that is unique in this list"));
        return None;
    };
    let id = reader.scalar(&entry.value, "a short name")?;
    let id = Spanned::new(id.text.as_ref().into(), entry.value.span);
    Some(read_named(id, mapping, place, reader))
}

/// Returns an entry of a mapping from ids: `a:` with more keys below it.
fn read_mapped<T: Named>(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<Item<T>> {
    let id = Spanned::new(entry.key.value.as_ref().into(), entry.key.span);
    match &entry.value.value {
        Tree::Mapping(mapping) => Some(read_named(id, mapping, entry.key.span, reader)),
        Tree::Null => Some(read_named(id, &Mapping::default(), entry.key.span, reader)),
        Tree::List(_) | Tree::Scalar(_) | Tree::Unreadable => {
            reader.wrong_type(
                &entry.value,
                &format!("a mapping under `{}`", entry.key.value),
            );
            None
        }
    }
}

fn read_named<T: Named>(
    id: Spanned<Box<str>>,
    mapping: &Mapping<'_>,
    place: Span,
    reader: &mut Reader<'_>,
) -> Item<T> {
    let mut known = T::descriptions();
    known.push(&ONLY_ID);
    reader.check_keys(mapping, &known, place);
    Item {
        id,
        span: place,
        value: T::read(mapping, reader),
    }
}

/// The one key that every item of a list has; that it is there is looked at before the others are.
static ONLY_ID: Description = Description {
    name: "Item",
    doc: "",
    fields: &[crate::plan::description::Field {
        name: "id",
        doc: "A short name, unique in its list.",
        required: false,
        shape: || Shape::Scalar(Scalar::Text),
    }],
};

/// Returns `items` without those whose id came before, which are reported.
fn reject_repeated<T>(items: Vec<Item<T>>, reader: &mut Reader<'_>) -> Vec<Item<T>> {
    let mut kept: Vec<Item<T>> = Vec::with_capacity(items.len());
    for item in items {
        let Some(first) = kept
            .iter()
            .find(|earlier| earlier.id.value == item.id.value)
        else {
            kept.push(item);
            continue;
        };
        let message = format!("`{}` is in this list twice", item.id.value);
        let finding = Finding::new("document/duplicate-id", reader.at(item.id.span), message);
        reader.report(
            finding
                .also(reader.at(first.id.span), "first here")
                .hint("give each its own id"),
        );
    }
    kept
}

/// A mapping from names to values, in the order in which it was written.
#[derive(Clone, Debug)]
pub struct Map<T> {
    /// The entries.
    pub entries: Vec<(Spanned<Box<str>>, T)>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
        }
    }
}

impl<T> Map<T> {
    /// Returns the value named `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.entries
            .iter()
            .find(|(key, _)| *key.value == *name)
            .map(|(_, value)| value)
    }

    /// Returns the entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Spanned<Box<str>>, &T)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl<T: Value> FieldValue for Map<T> {
    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }

    fn read_field(entry: Option<&Entry<'_>>, reader: &mut Reader<'_>) -> Self {
        let Some(entry) = entry else {
            return Self::default();
        };
        let Tree::Mapping(mapping) = &entry.value.value else {
            if !matches!(entry.value.value, Tree::Null) {
                reader.wrong_type(
                    &entry.value,
                    &format!("a mapping under `{}`", entry.key.value),
                );
            }
            return Self::default();
        };
        let read = |entry: &Entry<'_>| {
            let key = Spanned::new(entry.key.value.as_ref().into(), entry.key.span);
            Some((key, T::read(&entry.value, reader)?))
        };
        Self {
            entries: mapping.entries.iter().filter_map(read).collect(),
        }
    }

    fn absent(&self) -> bool {
        self.entries.is_empty()
    }

    fn visit_field(&mut self, visitor: &mut dyn Visitor) {
        for (_, value) in &mut self.entries {
            value.visit(visitor);
        }
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for (key, value) in &self.entries {
            map.serialize_entry(&key.value, value)?;
        }
        map.end()
    }
}
