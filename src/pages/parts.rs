//! The vocabulary of the portal: the typed parts that every page's context is made of.
//!
//! A page fills a [`Shell`] (the frame) and a [`Document`] (answers, facts, sections, neighbours), and adds fields of
//! its own only for what no other page shows. Parts hold finished words and finished links: each part has one template
//! component of the same name that lays it out, and nothing is left for a template to compute.
//!
//! Labels, captions, titles and states are written here in English and are translated by the theme's `words/` when
//! they are laid out, so a page need not know the portal's language; [`Locale::phrase`] is for sentences with values
//! in them.

mod bars;
mod chart;
mod document;
mod graph;
mod lanes;
mod link;
mod locale;
mod markup;
mod month;
mod notice;
mod section;
mod shell;
mod state;
mod table;
mod timeline;
mod value;
mod when;

pub use bars::{Bars, Post};
pub use chart::{Chart, Milepost, Steps};
pub use document::{Answer, Backlinks, Document, Pager, Pages};
pub use graph::{Board, Edge, Graph, Item, Node, Track};
pub use lanes::{Lanes, Openings, Strip};
pub use link::{Link, relative, root};
pub use locale::{Direction, Locale, WordsError};
pub use month::{Cell, Mark, Month, Months, Week};
pub use notice::Notice;
pub use section::{Block, Empty, Section, Stage, contents};
pub use shell::{Alternate, Entry, Shell, Site, Source};
pub use state::{State, Tone};
pub use table::{Align, Column, Group, Row, Shape, Table};
pub use timeline::{Bar, Lane, Tick, Timeline};
pub use value::{Fact, Person, Prose, Tally, Value};
pub use when::{Dates, Lapse, Period, When};
