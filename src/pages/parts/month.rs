//! Months as tables: a row for each week, and in each day what takes place then, told by word and shape.

use std::borrow::Cow;

use serde::Serialize;

use super::{Link, Value};

/// Months with the legend of their marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Months<'a> {
    /// What the marks mean.
    pub legend: Vec<Mark<'a>>,
    /// The weekdays, from the first of a week: short and in full, in the portal's language.
    #[serde(skip)]
    pub weekdays: Vec<(String, String)>,
    /// The months.
    #[serde(skip)]
    pub months: Vec<Month<'a>>,
    /// Whether they are many and small, so that marks are shapes whose words only a reader's software tells.
    pub is_small: bool,
    /// Each month's table as finished HTML; see [`Document::lay`](super::Document::lay).
    pub body: String,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month<'a> {
    /// Which.
    pub caption: Value<'a>,
    /// Its weeks.
    pub weeks: Vec<Week<'a>>,
}

/// A week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week<'a> {
    /// Its ISO year and number: the week in which its Thursday lies.
    pub number: (i16, i8),
    /// Its days; none outside of the month.
    pub days: Vec<Option<Cell<'a>>>,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The day for machines: `2026-11-21`.
    pub datetime: String,
    /// Its number.
    pub number: i8,
    /// Whether it is the as-of day.
    pub is_today: bool,
    /// What takes place.
    pub marks: Vec<Mark<'a>>,
    /// How much takes place besides.
    pub rest: Option<String>,
}

/// Something that takes place on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark<'a> {
    /// What sort of thing it is, for its shape: `hard`.
    pub slug: &'a str,
    /// The word for that, in English: `Hard freeze`.
    pub word: Cow<'a, str>,
    /// What it is; none where that was said on a day before.
    pub link: Option<Link<'a>>,
}
