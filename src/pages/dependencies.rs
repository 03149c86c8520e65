//! The map of dependencies: what is broken first, then who needs what, as a drawing in layers and as a table, and what
//! is hit when something slips. A plan of some size has a map for each train; the first page then leads to them.

mod broken;
mod sheet;
mod trains;

use std::fmt::Display;

use super::frame::{Layout, Page, shell_of_list};
use super::listing::pages;
use super::parts::{Block, Document, Empty, Link, Section};
use super::{Portal, Route, Subject, View};
use crate::plan::address::{DEPENDENCIES, page_address};
use crate::plan::{DocId, Kind};
use crate::schedule::Dependency;

/// How many needs the map on the first page shows: a plan with more of them has its maps by train.
const MOST_TOGETHER: usize = 36;

/// Whose needs a page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Those of the whole plan.
    Plan,
    /// Those of the releases of a train.
    Train(DocId),
    /// Those of the releases that travel with no train.
    Others,
}

impl Ties {
    fn train(self) -> Option<DocId> {
        match self {
            Self::Train(train) => Some(train),
            Self::Plan | Self::Others => None,
        }
    }
}

/// Returns the first page with the list of the trains, and the sheets of every train whose releases need something.
pub(super) fn routes(portal: &Portal<'_>) -> Vec<Route> {
    let view = View::new(portal, super::portal::HOME);
    let route = |path, ties, number| Route {
        path,
        subject: Subject::Dependencies(ties, number),
    };
    let parts = parts(&view);
    let count = trains::count(parts.len());
    let first = (1..=count).map(|at| route(page_address(DEPENDENCIES, at), Ties::Plan, at));
    let mut routes: Vec<Route> = first.collect();
    for (ties, needs) in &parts {
        let count = sheet::sheets(&view, needs).len();
        let path = |number| portal.plan.needs_address(ties.train(), number);
        routes.extend((1..=count).map(|number| route(path(number), *ties, number)));
    }
    routes
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, ties: Ties, number: usize) -> Layout<'p> {
    let context = match ties {
        Ties::Plan => overview(view, number),
        Ties::Train(_) | Ties::Others => part(view, ties, number),
    };
    context.with("graph.html")
}

/// Returns the needs of the published releases that travel with a train, or with none.
fn needs_in<'p>(view: &View<'p>, ties: Ties) -> Vec<Dependency<'p>> {
    let all = view.portal.schedule.dependencies().iter();
    let fits = |need: &&Dependency<'p>| {
        let train = need.release.document.belongs.train;
        let is_here = match ties {
            Ties::Plan => true,
            Ties::Train(of) => train == Some(of),
            Ties::Others => train.is_none(),
        };
        is_here && view.portal.path(need.release.id).is_some()
    };
    all.filter(fits).copied().collect()
}

/// Returns the needs of each train that has any, in the order of the trains, and last those without a train.
fn parts<'p>(view: &View<'p>) -> Vec<(Ties, Vec<Dependency<'p>>)> {
    let trains = view.portal.index_of(Kind::Train).iter();
    let parts = trains
        .map(|&train| Ties::Train(train))
        .chain([Ties::Others]);
    let all = needs_in(view, Ties::Plan);
    let with_needs = parts.map(|ties| {
        let of = all.iter().filter(|need| match ties {
            Ties::Train(of) => need.release.document.belongs.train == Some(of),
            _ => need.release.document.belongs.train.is_none(),
        });
        (ties, of.copied().collect::<Vec<_>>())
    });
    with_needs.filter(|(_, needs)| !needs.is_empty()).collect()
}

/// What is wrong in the whole plan, and the map of it or the list of the maps.
fn overview<'p>(view: &View<'p>, number: usize) -> Page<'p> {
    let about =
        "Which release needs what, what is broken or planned too late, and what a delay hits";
    let shell = shell_of_list(view, "dependencies", "Dependencies", about, number);
    let all = needs_in(view, Ties::Plan);
    let parts = parts(view);
    let mut document = Document {
        pages: pages(view, number, trains::count(parts.len()), |number| {
            page_address(DEPENDENCIES, number)
        }),
        ..Document::default()
    };
    if all.is_empty() {
        document.sections = vec![nothing(view)];
        return Page { shell, document };
    }
    if number == 1 {
        document.answers = broken::answers(view, &all);
        document.sections.extend(broken::sections(view, &all));
        match all.len() <= MOST_TOGETHER {
            true => {
                let order = sheet::sheets(view, &all)
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>();
                document.sections.extend(sheet::sections(view, &order));
            }
            false => document.sections.extend(trains::between(view, &parts)),
        }
    }
    document.sections.push(trains::list(view, &parts, number));
    Page { shell, document }
}

/// What stands where no release needs anything.
fn nothing<'p>(view: &View<'p>) -> Section<'p> {
    let how = "Add it to the release that waits: `needs: [{release: ledger-7.1}]`. A milestone, a train, a version of an \
               application or something outside of the plan can be needed as well.";
    let empty = Empty::new("None declared", Some(view.prose(how)));
    Section::new("all", "Needs").block(Block::Empty(empty))
}

/// The sheet `number` of the needs of one train.
fn part<'p>(view: &View<'p>, ties: Ties, number: usize) -> Page<'p> {
    let locale = view.portal.locale;
    let needs = needs_in(view, ties);
    let sheets = sheet::sheets(view, &needs);
    let name = match ties.train() {
        Some(train) => &*view.portal.plan.document(train).title,
        None => locale.word("Releases without a train"),
    };
    let values: [(&str, &dyn Display); 1] = [("train", &name)];
    let title = locale.phrase("Dependencies of {train}", &values);
    let about = locale.phrase("What the releases of {train} need, and of whom", &values);
    let mut shell = shell_of_list(view, "dependencies", title, &about, number);
    // The id sets it apart where two trains have one title.
    if let Some(train) = ties.train() {
        let id = &view.portal.plan.document(train).id;
        shell.window_title = format!("{} · {id}", shell.window_title).into();
        shell.description = format!("{} ({id})", shell.description).into();
    }
    let all = Link::new(view.href(&page_address(DEPENDENCIES, 1)), "Dependencies");
    shell.crumbs.push(all);
    let shown = sheets.get(number - 1).map_or(&[][..], Vec::as_slice);
    let mut document = Document {
        facts: trains::facts(view, ties, &needs),
        pages: pages(view, number, sheets.len(), |number| {
            view.portal.plan.needs_address(ties.train(), number)
        }),
        ..Document::default()
    };
    document.sections = sheet::sections(view, shown);
    Page { shell, document }
}
