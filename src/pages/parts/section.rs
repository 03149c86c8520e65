//! Sections: the titled parts of a page and the blocks that they are made of.

use std::borrow::Cow;

use serde::Serialize;

use super::{
    Bars, Board, Chart, Fact, Graph, Lanes, Link, Months, Prose, State, Table, Timeline, Value,
    When,
};

/// What stands where there is nothing yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Empty<'a> {
    /// The fact, in English: `No application has joined yet`.
    pub fact: Cow<'a, str>,
    /// How to add the first one.
    pub how: Option<Prose<'a>>,
}

impl<'a> Empty<'a> {
    /// Returns an empty state that says `fact` and how to change it.
    pub fn new(fact: impl Into<Cow<'a, str>>, how: Option<Prose<'a>>) -> Self {
        Self {
            fact: fact.into(),
            how,
        }
    }
}

/// One stage of a track: where a train stands, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage<'a> {
    /// The stage's name, in English where trainboard knows it.
    pub title: Cow<'a, str>,
    /// `done`, `running` or `planned`.
    pub state: State<'a>,
    /// When it was or will be reached.
    pub when: Option<When>,
}

/// One block of a section, laid out by the component `block`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "lowercase")]
pub enum Block<'a> {
    /// A definition list.
    Facts(Vec<Fact<'a>>),
    /// A table.
    Table(Table<'a>),
    /// Prose of the plan.
    Prose(Prose<'a>),
    /// A list.
    List(Vec<Value<'a>>),
    /// The stages of a train or release in a line.
    Track(Vec<Stage<'a>>),
    /// Months as tables.
    Months(Months<'a>),
    /// Trains on a line of time, drawn.
    Timeline(Timeline<'a>),
    /// What has each environment when, drawn.
    Lanes(Lanes<'a>),
    /// Counts over time, drawn.
    Chart(Chart<'a>),
    /// Things that wait for each other, drawn in layers.
    Graph(Graph<'a>),
    /// Things in lanes and columns of time, drawn with what waits for what.
    Board(Board<'a>),
    /// Bars, drawn.
    Bars(Bars<'a>),
    /// Where everything is of which the section shows the first.
    More(Link<'a>),
    /// Nothing yet.
    Empty(Empty<'a>),
}

/// A titled part of a page, with a permanent anchor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section<'a> {
    /// The anchor, unique on the page.
    pub id: Cow<'a, str>,
    /// The heading, in English where it is the portal's own.
    pub title: Cow<'a, str>,
    /// The state of what the section is about: a gate's result.
    pub state: Option<State<'a>>,
    /// What it says.
    pub blocks: Vec<Block<'a>>,
    /// Its parts, one heading level below.
    pub sections: Vec<Self>,
}

impl<'a> Section<'a> {
    /// Returns an empty section.
    pub fn new(id: impl Into<Cow<'a, str>>, title: impl Into<Cow<'a, str>>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            state: None,
            blocks: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// Returns a link to the section from its own page.
    pub fn link(&self) -> Link<'a> {
        Link::new(format!("#{}", self.id), self.title.clone())
    }

    /// Returns the section with a state beside its heading.
    #[must_use]
    pub fn state(mut self, state: State<'a>) -> Self {
        self.state = Some(state);
        self
    }

    /// Returns the section with one more block.
    #[must_use]
    pub fn block(mut self, block: Block<'a>) -> Self {
        self.blocks.push(block);
        self
    }

    /// Returns the section with a link to where everything is, if there is one.
    #[must_use]
    pub fn more(self, link: Option<Link<'a>>) -> Self {
        match link {
            Some(link) => self.block(Block::More(link)),
            None => self,
        }
    }

    /// Returns the section with a table, or with `empty` when the table has no row.
    #[must_use]
    pub fn table(self, table: Table<'a>, empty: Empty<'a>) -> Self {
        let block = if table.is_empty() {
            Block::Empty(empty)
        } else {
            Block::Table(table)
        };
        self.block(block)
    }

    /// Returns the section with one more part.
    #[must_use]
    pub fn section(mut self, section: Self) -> Self {
        self.sections.push(section);
        self
    }
}

/// Returns a table of contents of `links`; empty for a page that is short enough without one.
pub fn contents(links: Vec<Link<'_>>) -> Vec<Link<'_>> {
    const WORTH_IT: usize = 4;
    if links.len() < WORTH_IT {
        Vec::new()
    } else {
        links
    }
}
