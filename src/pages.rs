//! The portal's pages: what each one says, as a typed context, and the theme that lays it out.
//!
//! A page is one file here, `pages/<page>.rs`, with its routes and the context that it fills from the plan, and one
//! template, `themes/default/templates/<page>.html`. [`routes`] lists every page of a portal; [`Route::layout`] returns
//! one, and [`Layout::render`] writes it. Contexts are made of [`parts`], the portal's vocabulary, and are laid out by a
//! [`Theme`]. Nothing here writes a file or reads a clock: `outputs` asks for bytes.

pub mod parts;
mod portal;
pub mod theme;
mod view;

mod frame;
mod links;
mod names;
mod sections;
mod show;

pub mod channels;

mod agenda;
mod axis;
mod blocks;
mod decisions;
mod deployment;
mod lanes;
mod listing;

mod about;
mod attention;
mod board;
mod calendar;
mod dependencies;
mod environments;
mod forward;
mod freezing;
mod history;
mod home;
mod index;
mod kinds;
pub mod menu;
mod not_found;
pub mod notes;
mod passengers;
mod program;
mod readiness;
mod reference;
mod registers;
mod reports;
mod search;
mod slips;
mod story;
mod timeline;

use rayon::prelude::*;

use crate::plan::{DocId, Kind};
use crate::registers::Register;

pub use dependencies::Ties;
pub use deployment::scope_in_words;
pub use frame::{Layout, Page};
pub use history::{WEEK, sentences};
pub use links::{asset_path, assets};
pub use portal::Portal;
pub use reference::Topic;
pub use reports::{lines as report_lines, tables as report_tables};
pub use search::index as search_index;
pub use story::{Line, Seen, Story, anchor};
pub use theme::Theme;
pub use view::{Revised, View};

use notes::Selection;

/// One page of a portal: where it is, and what it is about.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its path from the portal's root: `trains/2026-q4/index.html`.
    pub path: String,
    /// What it is about.
    pub subject: Subject,
}

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The whole plan.
    Plan,
    /// An address at which there is nothing.
    NotFound,
    /// One document.
    Document(DocId),
    /// The documents of one kind: the numbered page of their index, counted from 1.
    Index(Kind, usize),
    /// Whether a train may go.
    Readiness(DocId),
    /// The releases of a train: the numbered page of them, counted from 1.
    Releases(DocId, usize),
    /// How the gates of a train and its releases stand: the numbered page of them, counted from 1.
    Gates(DocId, usize),
    /// When the releases of a train come and what they need of each other: the numbered page of it, counted from 1.
    Program(DocId, usize),
    /// What needs what: the numbered page of it, counted from 1.
    Dependencies(Ties, usize),
    /// What takes place in a year.
    Year(i16),
    /// What takes place in a month, counted from 1, of a year.
    Month(i16, i8),
    /// Where the trains are: around today, in a year, or in a quarter of it, counted from 1.
    Schedule(Option<i16>, Option<i8>),
    /// What is late and due soon: the numbered page of it, counted from 1.
    Attention(usize),
    /// What is planned for the next months: the numbered page of it, counted from 1.
    ForwardSchedule(usize),
    /// What has the environments in a quarter, counted from 1, of a year.
    Lanes(i16, i8),
    /// What version is where: the numbered page of it, counted from 1.
    Versions(usize),
    /// A register, none for the list of them, and its numbered page, counted from 1.
    Register(Option<Register>, usize),
    /// A report by its name, none for the list of them.
    Report(Option<&'static str>),
    /// What the portal was made from, and how it is read.
    About,
    /// What moved in the plan: the numbered page of it, counted from 1.
    History(usize),
    /// Which dates are not where they were first: the numbered page of them, counted from 1.
    Slips(usize),
    /// Release notes: which ones, and the numbered page of them, counted from 1.
    Notes(Selection, usize),
    /// A page of the format or of the rule book.
    Reference(Topic),
    /// Where readers look for a word.
    Search,
}

impl Route {
    /// Returns the page, with what it offers to subscribe to and to download; none when there is nothing at its address.
    pub fn layout<'p>(&'p self, portal: &'p Portal<'p>) -> Option<Layout<'p>> {
        self.seen(portal, View::new(portal, &self.path))
    }

    /// Returns the page as [`Route::layout`] does, with the body `revised` for the one of its document.
    pub fn revised<'p>(
        &'p self,
        portal: &'p Portal<'p>,
        revised: &'p Revised,
    ) -> Option<Layout<'p>> {
        self.seen(portal, View::new(portal, &self.path).revised(revised))
    }

    fn seen<'p>(&'p self, portal: &'p Portal<'p>, view: View<'p>) -> Option<Layout<'p>> {
        let mut layout = self.made(&view)?;
        let offered = channels::offered(portal, self);
        layout.page.shell.alternates.extend(offered);
        Some(layout)
    }

    fn made<'p>(&self, view: &View<'p>) -> Option<Layout<'p>> {
        let layout = match self.subject {
            Subject::Plan => home::layout(view),
            Subject::NotFound => not_found::layout(view),
            Subject::Index(Kind::Environment, 1) => environments::layout(view),
            Subject::Index(kind, number) => index::layout(view, kind, number),
            Subject::Document(id) => kinds::layout(view, id)?,
            Subject::Readiness(id) => readiness::layout(view, id)?,
            Subject::Releases(id, number) => passengers::layout(view, id, number),
            Subject::Gates(id, number) => board::layout(view, id, number)?,
            Subject::Program(id, number) => program::layout(view, id, number),
            Subject::Dependencies(ties, number) => dependencies::layout(view, ties, number),
            Subject::Year(year) => calendar::layout(view, year, None)?,
            Subject::Month(year, month) => calendar::layout(view, year, Some(month))?,
            Subject::Schedule(year, quarter) => timeline::layout(view, year, quarter)?,
            Subject::Attention(number) => attention::layout(view, number),
            Subject::ForwardSchedule(number) => forward::layout(view, number),
            Subject::Lanes(year, quarter) => environments::lanes_layout(view, year, quarter)?,
            Subject::Versions(number) => environments::versions_layout(view, number),
            Subject::Register(register, number) => registers::layout(view, register, number),
            Subject::Report(name) => reports::layout(view, name),
            Subject::About => about::layout(view),
            Subject::History(number) => history::layout(view, number),
            Subject::Slips(number) => slips::layout(view, number),
            Subject::Notes(some, number) => notes::layout(view, some, number),
            Subject::Reference(topic) => reference::layout(view, topic)?,
            Subject::Search => search::layout(view),
        };
        Some(layout)
    }
}

/// Lists some of the pages of a portal.
type Routes = fn(&Portal<'_>) -> Vec<Route>;

/// Every page, in the order in which they are made.
const ROUTES: &[Routes] = &[
    |_| vec![home::route(), not_found::route(), search::route()],
    |portal| index::routes(portal).collect(),
    |portal| kinds::routes(portal).collect(),
    notes::routes,
    |portal| readiness::routes(portal).collect(),
    |portal| passengers::routes(portal).collect(),
    |portal| board::routes(portal).collect(),
    |portal| program::routes(portal).collect(),
    dependencies::routes,
    calendar::routes,
    timeline::routes,
    |portal| attention::routes(portal).collect(),
    |portal| forward::routes(portal).collect(),
    environments::routes,
    registers::routes,
    |_| reports::routes().collect(),
    |_| vec![about::route()],
    |portal| history::routes(portal).collect(),
    |portal| slips::routes(portal).collect(),
    |portal| reference::routes(portal).collect(),
];

/// Returns every page of `portal`, in a fixed order.
pub fn routes(portal: &Portal<'_>) -> Vec<Route> {
    let parts: Vec<_> = ROUTES.par_iter().map(|routes| routes(portal)).collect();
    parts.concat()
}

#[cfg(test)]
mod tests;
