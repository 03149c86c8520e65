//! The releases of a train that has more of them than its own page shows, spread over pages.

use std::fmt::Display;

use super::frame::{Below, Layout, Page, shell_below};
use super::listing::pages;
use super::parts::{Document, Pages, Section};
use super::sections::{Heading, MOST_PASSENGERS, listing, of_train};
use super::{Portal, Route, Subject, View};
use crate::plan::kinds::release::Release;
use crate::plan::{DocId, Kind};

/// Returns the pages of every published train that has too many releases for its own.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    let view = View::new(portal, super::portal::HOME);
    let trains = portal.published_of(Kind::Train).iter();
    trains.flat_map(move |&id| {
        let many = of_train::<Release>(&view, id).len();
        let pages = match many > MOST_PASSENGERS {
            true => many.div_ceil(Pages::ROWS),
            false => 0,
        };
        (1..=pages).map(move |number| Route {
            path: portal.plan.releases_address(id, number),
            subject: Subject::Releases(id, number),
        })
    })
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, id: DocId, number: usize) -> Layout<'p> {
    context(&view.of(id), id, number).with("index.html")
}

fn context<'p>(view: &View<'p>, train: DocId, number: usize) -> Page<'p> {
    let releases = of_train::<Release>(view, train);
    let heading = Heading {
        id: "releases",
        title: "Releases",
        caption: "Application releases of this train",
    };
    let shown = releases
        .chunks(Pages::ROWS)
        .nth(number - 1)
        .unwrap_or_default();
    let section: Section<'p> = listing(view, heading, shown.iter().copied());
    let count = releases.len().div_ceil(Pages::ROWS);
    let name = &*view.portal.plan.document(train).title;
    let pattern = match number {
        1 => "{train}: all releases",
        _ => "{train}: all releases, page {page}",
    };
    let values: [(&str, &dyn Display); 2] = [("train", &name), ("page", &number)];
    let below = Below {
        page_type: "train-releases",
        title: view.portal.locale.phrase(pattern, &values),
        description: format!("The application releases of {name}, page {number} of {count}"),
    };
    let document = Document {
        sections: vec![section],
        pages: pages(view, number, count, |number| {
            view.portal.plan.releases_address(train, number)
        }),
        ..Document::default()
    };
    Page {
        shell: shell_below(view, train, below),
        document,
    }
}
