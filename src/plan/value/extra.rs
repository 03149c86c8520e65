//! The team's own keys: whatever starts with `x-` is kept as written and reaches templates unchanged.

use serde::{Serialize, Serializer, ser::SerializeMap, ser::SerializeSeq};

use crate::syntax::tree::{Mapping, Node, Value};

/// The keys of one mapping that start with `x-`, in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Vec<(Box<str>, Own)>);

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
        Self(
            own.map(|entry| (entry.key.value.as_ref().into(), Own::read(&entry.value)))
                .collect(),
        )
    }

    /// Returns the keys and their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Own)> {
        self.0.iter().map(|(key, own)| (key.as_ref(), own))
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
        serialize_mapping(&self.0, serializer)
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
