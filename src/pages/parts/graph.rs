//! Drawings of things that wait for each other: a map in layers, and a board of lanes and columns. A table beside each
//! says the same.

use serde::Serialize;

use super::{Link, Mark, State};

/// Something on a map or a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// Where it leads; none for what has no page.
    pub link: Option<Link<'a>>,
    /// What style sheets call its shape: `release`.
    pub slug: &'static str,
    /// What it is called in a few letters.
    pub name: String,
    /// What stands below the name: a date.
    pub note: String,
    /// Where it stands; none for what has no state.
    pub state: Option<State<'a>>,
    /// All that is said of it, in the portal's language.
    pub label: String,
}

/// That one thing waits for another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The node that is waited for, by its place among all.
    pub from: usize,
    /// The node that waits.
    pub to: usize,
    /// What style sheets call it: `kept`, `over` or `broken`.
    pub slug: &'static str,
    /// How both are tied, in a few letters; empty for the common way.
    pub name: String,
    /// What it means, in the portal's language.
    pub label: String,
}

/// A map in layers: what is waited for stands before what waits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Graph<'a> {
    /// What it shows, in the portal's language.
    pub title: String,
    /// What its marks mean.
    pub legend: Vec<Mark<'a>>,
    /// What is on it.
    #[serde(skip)]
    pub nodes: Vec<Node<'a>>,
    /// What waits for what.
    #[serde(skip)]
    pub edges: Vec<Edge>,
    /// The finished drawing; see [`Document::lay`](super::Document::lay).
    pub svg: String,
}

/// A lane of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track<'a> {
    /// Its name, in the portal's language.
    pub name: String,
    /// Where it leads; none for what has no page.
    pub link: Option<Link<'a>>,
}

/// Something in a cell of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its lane, by its place among all.
    pub lane: usize,
    /// Its column, by its place among all.
    pub column: usize,
    /// What it is.
    pub node: Node<'a>,
}

/// A board: lanes, columns of time, and strings between what stands in the cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Board<'a> {
    /// What it shows, in the portal's language.
    pub title: String,
    /// What its marks mean.
    pub legend: Vec<Mark<'a>>,
    /// The names of the columns, in order of time.
    #[serde(skip)]
    pub columns: Vec<String>,
    /// The column of today, if it has one.
    #[serde(skip)]
    pub today: Option<usize>,
    /// The lanes.
    #[serde(skip)]
    pub lanes: Vec<Track<'a>>,
    /// What stands in the cells.
    #[serde(skip)]
    pub items: Vec<Item<'a>>,
    /// What waits for what among the items.
    #[serde(skip)]
    pub strings: Vec<Edge>,
    /// The finished names of the columns; see [`Document::lay`](super::Document::lay).
    pub head: String,
    /// The finished names of the lanes.
    pub side: String,
    /// The finished cells and strings.
    pub svg: String,
}
