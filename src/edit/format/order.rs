//! In which order the keys of a mapping stand: as its description lists them.

use crate::plan::description::{Description, Shape};
use crate::syntax::tree::{Node, Value};

/// The order of what stands in a list or a mapping.
#[derive(Clone, Debug)]
pub(super) enum Order {
    /// The fields of these descriptions.
    Fields {
        /// What the mapping may hold, the first description's fields first.
        known: Vec<&'static Description>,
        /// Whether its name in a list comes before all else.
        named: bool,
    },
    /// As written; each item or value looks like this.
    Each(Shape),
    /// As written; each is a thing with an id, which looks like this.
    Things(Shape),
    /// As written, all through.
    AsWritten,
}

impl Order {
    /// Returns the order in `node`, which is expected to look like `shape`.
    pub(super) fn of(shape: &Shape, node: &Node<'_>) -> Self {
        match (shape, &node.value) {
            (Shape::Record(description), Value::Mapping(_)) => Self::fields(&[description]),
            (Shape::Both(one, other), Value::Mapping(_)) => Self::fields(&[one, other]),
            (Shape::List(item), Value::List(_)) => Self::Each((**item).clone()),
            (Shape::Map(value), Value::Mapping(_)) => Self::Each((**value).clone()),
            (Shape::Keyed(thing), Value::List(_)) => Self::Things((**thing).clone()),
            (Shape::Keyed(thing), Value::Mapping(_)) => Self::Each((**thing).clone()),
            (Shape::OneOf(shapes), _) => {
                let orders = shapes.iter().map(|shape| Self::of(shape, node));
                let mut known = orders.filter(|order| !matches!(order, Self::AsWritten));
                known.next().unwrap_or(Self::AsWritten)
            }
            _ => Self::AsWritten,
        }
    }

    /// Returns the order of a mapping with the fields of `known`.
    pub(super) fn fields(known: &[&'static Description]) -> Self {
        Self::Fields {
            known: known.to_vec(),
            named: false,
        }
    }

    /// Returns the place of `key` among its siblings; those that nobody knows come last, as written.
    pub(super) fn rank(&self, key: &str) -> usize {
        match self {
            Self::Fields { named: true, .. } if key == "id" => 0,
            Self::Fields { known, .. } => {
                let mut fields = known.iter().flat_map(|description| description.fields);
                fields
                    .position(|field| field.name == key)
                    .map_or(usize::MAX, |at| at + 1)
            }
            Self::Each(_) | Self::Things(_) | Self::AsWritten => 0,
        }
    }

    /// Returns the order inside of `node`, which stands under `key`.
    pub(super) fn under(&self, key: &str, node: &Node<'_>) -> Self {
        match self {
            Self::Fields { known, .. } => {
                let field = known.iter().find_map(|description| description.field(key));
                field.map_or(Self::AsWritten, |field| Self::of(&(field.shape)(), node))
            }
            _ => self.inside(node),
        }
    }

    /// Returns the order inside of `node`, which is an item of a list or stands under a name.
    pub(super) fn inside(&self, node: &Node<'_>) -> Self {
        match self {
            Self::Each(shape) => Self::of(shape, node),
            Self::Things(shape) => match Self::of(shape, node) {
                Self::Fields { known, .. } => Self::Fields { known, named: true },
                other => other,
            },
            Self::Fields { .. } | Self::AsWritten => Self::AsWritten,
        }
    }
}
