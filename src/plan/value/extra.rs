//! The team's own keys: whatever starts with `x-` is kept as written and reaches templates unchanged.

use serde::{Serialize, Serializer, ser::SerializeMap, ser::SerializeSeq};

use crate::syntax::tree::{Mapping, Node, Value};

/// The keys of one mapping that start with `x-`, in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    own: Vec<(Box<str>, Own)>,
    /// Those of the mappings inside, which have an [`Extra`] of their own as well, by their way from here.
    nested: Vec<(Box<str>, Own)>,
}

/// A value of the team's own: text, a list or a mapping. Scalars stay text, so that `1.10` remains `1.10`.
#[derive(Clone, Debug, PartialEq)]
pub enum Own {
    /// Nothing was written.
    Null,
    /// One value.
    Text(Box<str>),
    /// A list.
    List(Vec<Own>),
    /// A mapping.
    Mapping(Vec<(Box<str>, Own)>),
}

impl Extra {
    /// Returns the keys of `mapping` that start with `x-`.
    pub fn read(mapping: &Mapping<'_>) -> Self {
        let own = mapping
            .entries
            .iter()
            .filter(|entry| entry.key.value.starts_with("x-"));
        let own = own.map(|entry| (entry.key.value.as_ref().into(), Own::read(&entry.value)));
        Self {
            own: own.collect(),
            nested: Vec::new(),
        }
    }

    /// Returns the same keys, together with those of the mappings inside `mapping`, from which they were read: a page
    /// tells them all in one place, whatever records a kind has.
    #[must_use]
    pub fn with_nested(mut self, mapping: &Mapping<'_>) -> Self {
        descend(mapping, "", &mut self.nested);
        self
    }

    /// Returns the keys of the mappings inside with their way to them (`gates.scoping.x-board`), and their values.
    pub fn nested(&self) -> impl Iterator<Item = (&str, &Own)> {
        self.nested.iter().map(|(key, own)| (key.as_ref(), own))
    }

    /// Returns the keys and their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Own)> {
        self.own.iter().map(|(key, own)| (key.as_ref(), own))
    }
}

/// Adds the keys below `mapping`, which is found at `way`, that start with `x-`; the team's own values are not entered.
fn descend(mapping: &Mapping<'_>, way: &str, found: &mut Vec<(Box<str>, Own)>) {
    let known = mapping
        .entries
        .iter()
        .filter(|entry| !entry.key.value.starts_with("x-"));
    for entry in known {
        enter(&entry.value, &format!("{way}{}", entry.key.value), found);
    }
}

/// Adds the keys of `node`, which is found at `way`, that start with `x-`. An item of a list goes by its id, else by its
/// place, counted from 1.
fn enter(node: &Node<'_>, way: &str, found: &mut Vec<(Box<str>, Own)>) {
    match &node.value {
        Value::Mapping(mapping) => {
            let own = Extra::read(mapping).own.into_iter();
            found.extend(own.map(|(key, own)| (format!("{way}.{key}").into(), own)));
            descend(mapping, &format!("{way}."), found);
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = named(item).unwrap_or_else(|| (index + 1).to_string());
                enter(item, &format!("{way}.{name}"), found);
            }
        }
        Value::Null | Value::Scalar(_) | Value::Unreadable => {}
    }
}

/// Returns the id of an item of a list.
fn named(item: &Node<'_>) -> Option<String> {
    let Value::Mapping(mapping) = &item.value else {
        return None;
    };
    match &mapping.get("id")?.value.value {
        Value::Scalar(id) => Some(id.text.as_ref().to_owned()),
        _ => None,
    }
}

impl Own {
    fn read(node: &Node<'_>) -> Self {
        match &node.value {
            Value::Null | Value::Unreadable => Self::Null,
            Value::Scalar(scalar) => Self::Text(scalar.text.as_ref().into()),
            Value::List(items) => Self::List(items.iter().map(Self::read).collect()),
            Value::Mapping(mapping) => Self::Mapping(
                mapping
                    .entries
                    .iter()
                    .map(|entry| (entry.key.value.as_ref().into(), Self::read(&entry.value)))
                    .collect(),
            ),
        }
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_mapping(&self.own, serializer)
    }
}

impl Serialize for Own {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Mapping(entries) => serialize_mapping(entries, serializer),
        }
    }
}

fn serialize_mapping<S: Serializer>(
    entries: &[(Box<str>, Own)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(entries.len()))?;
    for (key, value) in entries {
        map.serialize_entry(key, value)?;
    }
    map.end()
}
