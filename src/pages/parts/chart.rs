//! A chart of counts over time, in steps. A table beside it says the same.

use serde::Serialize;

use super::{Mark, Tick};

/// A chart. Every place along it is a number of days after its start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Chart<'a> {
    /// What it shows, in the portal's language.
    pub title: String,
    /// What its lines mean.
    pub legend: Vec<Mark<'a>>,
    /// How many days it is long.
    #[serde(skip)]
    pub days: i64,
    /// The greatest count on it.
    #[serde(skip)]
    pub most: usize,
    /// The names along it.
    #[serde(skip)]
    pub ticks: Vec<Tick>,
    /// The lines.
    #[serde(skip)]
    pub lines: Vec<Steps<'a>>,
    /// Days that matter: today, the next gate, the deployment.
    #[serde(skip)]
    pub marks: Vec<Milepost<'a>>,
    /// The finished drawing; see [`Document::lay`](super::Document::lay).
    pub svg: String,
}

/// A count that holds from one day until it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps<'a> {
    /// What style sheets call it.
    pub slug: &'a str,
    /// Where the count changes, and to how many; in order.
    pub points: Vec<(i64, usize)>,
    /// Where the line ends.
    pub end: i64,
    /// Whether the ground below it is filled.
    pub is_filled: bool,
}

/// A day that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milepost<'a> {
    /// What style sheets call it.
    pub slug: &'a str,
    /// Where it stands, and what it is called.
    pub tick: Tick,
}
