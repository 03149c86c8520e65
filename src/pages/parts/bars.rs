//! Bars: one bar beside the other, each with its number. A table beside it says the same.

use serde::Serialize;

use super::Mark;

/// Bars in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bars<'a> {
    /// What it shows, in the portal's language.
    pub title: String,
    /// What its two grounds mean; empty where there is only one.
    pub legend: Vec<Mark<'a>>,
    /// Its bars, in order.
    #[serde(skip)]
    pub posts: Vec<Post>,
    /// The finished drawing; see [`Document::lay`](super::Document::lay).
    pub svg: String,
}

/// One of the bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What stands below it, in the portal's language.
    pub name: String,
    /// How high it is.
    pub height: usize,
    /// How much of it has the other ground.
    pub part: usize,
    /// What stands above it, in the portal's language; empty for nothing.
    pub number: String,
}

impl Bars<'_> {
    /// Returns whether no bar has a height: such a drawing shows nothing.
    pub fn is_flat(&self) -> bool {
        self.posts.iter().all(|post| post.height == 0)
    }
}
