//! Lanes: what has each environment when, drawn. Every bar is a link, and a table beside the drawing says the same.

use serde::Serialize;

use super::{Bar, Link, Mark, Tick};

/// Lanes on a line of time. Every place on it is a number of days after its start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lanes<'a> {
    /// What they show, in the portal's language.
    pub title: String,
    /// What their marks mean.
    pub legend: Vec<Mark<'a>>,
    /// How many days the line is long.
    #[serde(skip)]
    pub days: i64,
    /// The names along it.
    #[serde(skip)]
    pub ticks: Vec<Tick>,
    /// Where the as-of day is and what it is called, if it lies on it.
    #[serde(skip)]
    pub today: Option<Tick>,
    /// The lanes.
    #[serde(skip)]
    pub lanes: Vec<Strip<'a>>,
    /// The finished drawing; see [`Document::lay`](super::Document::lay).
    pub svg: String,
}

/// The lane of one environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip<'a> {
    /// The environment; none where it is the only one, and the page its own.
    pub link: Option<Link<'a>>,
    /// The freezes that cover it, over its whole height.
    pub freezes: Vec<Bar<'a>>,
    /// Who has it, in rows of bars that do not overlap.
    pub held: Vec<Vec<Bar<'a>>>,
    /// The turnovers to it.
    pub turnovers: Vec<Bar<'a>>,
    /// The windows in which it takes some.
    pub windows: Vec<Openings<'a>>,
}

/// The openings of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Openings<'a> {
    /// The window.
    pub link: Link<'a>,
    /// Where each opening starts, and where it ends, that day not included.
    pub spans: Vec<(i64, i64)>,
}

impl<'a> Strip<'a> {
    /// Adds `bar` to those who have the environment: in the first row in which it overlaps none.
    pub fn hold(&mut self, bar: Bar<'a>) {
        let is_free = |row: &&mut Vec<Bar<'a>>| {
            row.iter()
                .all(|other| bar.to <= other.from || other.to <= bar.from)
        };
        match self.held.iter_mut().find(is_free) {
            Some(row) => row.push(bar),
            None => self.held.push(vec![bar]),
        }
    }
}
