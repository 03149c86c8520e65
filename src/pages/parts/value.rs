//! Values: what stands beside a fact's label or in a table's cell.

use std::borrow::Cow;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};

use super::{Lapse, Link, Period, State, When};

/// Safe HTML that was made from Markdown; the only part that is laid out unescaped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Prose<'a>(pub Cow<'a, str>);

impl<'a> Prose<'a> {
    /// Returns `html`, which the `markdown` room has made safe, as prose.
    pub fn new(html: impl Into<Cow<'a, str>>) -> Self {
        Self(html.into())
    }
}

/// Somebody who owns, decides or acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person<'a> {
    /// The name; a team's title for a team.
    pub name: Cow<'a, str>,
    /// The page of the person or team, when the plan has one.
    pub href: Option<Cow<'a, str>>,
    /// In which role, if that is worth saying: `release manager`.
    pub role: Option<Cow<'a, str>>,
}

/// So many out of so many: `7 of 9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many are done, met or open: what the label says.
    pub count: usize,
    /// Out of how many.
    pub of: usize,
}

/// One value of a fact or a cell. Templates see it laid out, as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing is known or nothing applies; a cell stays empty.
    Empty,
    /// Plain text, as the plan has it.
    Text(Cow<'a, str>),
    /// A word of the portal's own, in English; translated when laid out.
    Word(Cow<'a, str>),
    /// Inline Markdown of the plan.
    Prose(Prose<'a>),
    /// A link.
    Link(Link<'a>),
    /// A point in time.
    When(When),
    /// A stretch of time.
    Period(Period),
    /// A length of time.
    Lapse(Lapse),
    /// A state.
    State(State<'a>),
    /// A state, as a link to where it is told: the element is one, so that a board of them stays small.
    Told(State<'a>, Cow<'a, str>),
    /// Somebody.
    Person(Person<'a>),
    /// A literal: an id, a rule, a digest, a path.
    Code(Cow<'a, str>),
    /// A number that is counted or measured.
    Number(i64),
    /// A share of a whole.
    Tally(Tally),
    /// Several values, one after the other.
    List(Vec<Self>),
    /// The value as finished HTML; see [`Document::lay`](super::Document::lay).
    Laid(String),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Laid(html) => serializer.serialize_str(html),
            _ => Err(S::Error::custom(
                "a value that was not laid out before its page",
            )),
        }
    }
}

impl<'a> Value<'a> {
    /// Returns the values as one; none is [`Value::Empty`] and one stands alone.
    pub fn list<V: Into<Self>>(values: impl IntoIterator<Item = V>) -> Self {
        let mut values: Vec<Self> = values.into_iter().map(Into::into).collect();
        match values.len() {
            0 => Self::Empty,
            1 => values.remove(0),
            _ => Self::List(values),
        }
    }

    /// Returns the value with dates that do not tell how far away they are.
    #[must_use]
    pub fn bare(self) -> Self {
        match self {
            Self::When(when) => Self::When(when.bare()),
            Self::Period(period) => Self::Period(Period {
                from: period.from.bare(),
                ..period
            }),
            Self::List(values) => Self::List(values.into_iter().map(Self::bare).collect()),
            other => other,
        }
    }

    /// Returns a literal.
    pub fn code(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Code(text.into())
    }

    /// Returns a word of the portal's own.
    pub fn word(english: impl Into<Cow<'a, str>>) -> Self {
        Self::Word(english.into())
    }
}

/// Turns each part into the value of the same name.
macro_rules! value_from {
    ($($part:ty => $variant:ident),+ $(,)?) => {$(
        impl<'a> From<$part> for Value<'a> {
            fn from(part: $part) -> Self {
                Self::$variant(part.into())
            }
        }
    )+};
}

value_from! {
    &'a str => Text,
    String => Text,
    Cow<'a, str> => Text,
    Prose<'a> => Prose,
    Link<'a> => Link,
    When => When,
    Period => Period,
    Lapse => Lapse,
    State<'a> => State,
    Person<'a> => Person,
    Tally => Tally,
    i64 => Number,
}

impl<'a, V: Into<Self>> From<Option<V>> for Value<'a> {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A label and its value, one line of a definition list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact<'a> {
    /// The label, in English.
    pub label: Cow<'a, str>,
    /// The value.
    pub value: Value<'a>,
}

impl<'a> Fact<'a> {
    /// Returns the fact that `label` is `value`.
    pub fn new(label: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
        }
    }
}
