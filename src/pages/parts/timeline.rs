//! A timeline: bars on a line of time, each of them a link. A table beside it says the same.

use serde::Serialize;

use super::{Link, Mark};

/// A timeline. Every place on it is a number of days after its start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Timeline<'a> {
    /// What it shows, in the portal's language.
    pub title: String,
    /// What its marks mean.
    pub legend: Vec<Mark<'a>>,
    /// How many days it is long.
    #[serde(skip)]
    pub days: i64,
    /// The names along it.
    #[serde(skip)]
    pub ticks: Vec<Tick>,
    /// Where the as-of day is and what it is called, if it lies on it.
    #[serde(skip)]
    pub today: Option<Tick>,
    /// Freezes, which reach over all lanes.
    #[serde(skip)]
    pub bands: Vec<Bar<'a>>,
    /// A lane for each train.
    #[serde(skip)]
    pub lanes: Vec<Lane<'a>>,
    /// The finished drawing; see [`Document::lay`](super::Document::lay).
    pub svg: String,
}

/// A name on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where it stands.
    pub at: i64,
    /// The name.
    pub label: String,
}

/// A stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar<'a> {
    /// Where it starts.
    pub from: i64,
    /// Where it ends, that day not included.
    pub to: i64,
    /// What style sheets call it.
    pub slug: &'a str,
    /// What it is and when, in the portal's language.
    pub label: String,
    /// What stands in it where there is room; empty for nothing.
    pub name: String,
    /// Where it leads by itself; none where its lane does.
    pub link: Option<Link<'a>>,
}

/// What belongs to one train. All of it leads to the train.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane<'a> {
    /// The train.
    pub link: Link<'a>,
    /// Its stages as planned.
    pub planned: Vec<Bar<'a>>,
    /// Its stages as they came.
    pub actual: Vec<Bar<'a>>,
    /// Its milestones.
    pub marks: Vec<Bar<'a>>,
}
