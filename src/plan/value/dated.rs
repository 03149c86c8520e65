//! Dates and intervals as fields: what was written, where, and what it came to.

use serde::{Serialize, Serializer};

use super::{Value, Visitor, as_text, place_of};
use crate::plan::description::{Description, Field, Scalar, Shape};
use crate::plan::reader::Reader;
use crate::syntax::tree::{Mapping, Node, Scalar as Text, Value as Tree};
use crate::text::Span;
use crate::time::{Calendar, Date, DayRange, Interval};

/// A date of the plan.
///
/// `written` may be relative to another date; `resolved` is what it came to once the plan was whole, and is relative
/// still only where nothing says what it is relative to (in a model, for one). It serialises as resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// The date as written.
    pub written: Date,
    /// The date that it stands for.
    pub resolved: Date,
    /// Where it is written.
    pub span: Span,
}

impl When {
    /// Returns the days that it can mean, or none while it is open.
    pub fn days(&self) -> Option<DayRange> {
        self.resolved.days()
    }
}

impl Value for When {
    fn shape() -> Shape {
        Shape::Scalar(Scalar::Date)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let scalar = reader.scalar(node, "a date such as 2026-12-12")?;
        match Date::parse(&scalar.text) {
            Ok(date) => Some(Self {
                written: date.clone(),
                resolved: date,
                span: node.span,
            }),
            Err(error) => {
                reader.value_error(node, error);
                None
            }
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.when(self);
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_text(&self.resolved, serializer)
    }
}

/// An interval of the plan, written `A/B`, `A/6h` or as a mapping with `from` and `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// The interval as written.
    pub written: Interval,
    /// The interval that it stands for.
    pub resolved: Interval,
    /// Where it is written.
    pub span: Span,
    /// Where its start is written.
    pub from: Span,
    /// Where its end is written.
    pub to: Span,
}

impl Period {
    /// Returns the days that it can touch, or none while an end is open.
    pub fn days(&self) -> Option<DayRange> {
        self.resolved.days(&Calendar::default())
    }
}

impl Value for Period {
    fn shape() -> Shape {
        Shape::Scalar(Scalar::Interval)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Tree::Scalar(scalar) => Self::read_text(node, scalar, reader),
            Tree::Mapping(mapping) => Self::read_ends(node, mapping, reader),
            Tree::List(_) | Tree::Null | Tree::Unreadable => {
                reader.wrong_type(node, "an interval such as 2026-12-18/2027-01-04");
                None
            }
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.period(self);
    }
}

impl Period {
    /// Reads `A/B` or `A/6h`.
    fn read_text(node: &Node<'_>, scalar: &Text<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let interval = Interval::parse(&scalar.text)
            .map_err(|error| reader.value_error(node, error))
            .ok()?;
        let slash = scalar.text.find('/').unwrap_or(scalar.text.len());
        let (from, to) = (0..slash, slash + 1..scalar.text.len());
        let (from, to) = (Reader::inside(node, from), Reader::inside(node, to));
        Some(Self {
            written: interval.clone(),
            resolved: interval,
            span: node.span,
            from,
            to,
        })
    }

    /// Reads a mapping with `from` and `to`.
    fn read_ends(node: &Node<'_>, mapping: &Mapping<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.check_keys(mapping, &[&ENDS], place_of(node));
        let mut end = |name| {
            let date = When::read(&mapping.get(name)?.value, reader)?;
            Some((date.written, date.span))
        };
        let (from, to) = (end("from"), end("to"));
        let ((start, from), (until, to)) = (from?, to?);
        let late = &mapping.get("to")?.value;
        let interval = Interval::new(start, until)
            .map_err(|error| reader.value_error(late, error))
            .ok()?;
        Some(Self {
            written: interval.clone(),
            resolved: interval,
            span: node.span,
            from,
            to,
        })
    }
}

/// The keys of an interval that is written as a mapping.
static ENDS: Description = Description {
    name: "Interval",
    doc: "The time between two dates.",
    fields: &[
        Field {
            name: "from",
            doc: "The day or the moment at which it starts.",
            required: true,
            shape: <When as Value>::shape,
        },
        Field {
            name: "to",
            doc: "The last day, or the moment at which it ends.",
            required: true,
            shape: <When as Value>::shape,
        },
    ],
};

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_text(&self.resolved, serializer)
    }
}
