//! The board itself, as a drawing.

use std::collections::BTreeMap;

use super::Piece;
use super::columns::Columns;
use crate::pages::parts::{Board, Item, Node, Track};
use crate::pages::sections::{Provider, arc, legend, node, when_of};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::plan::kinds::release::Release;
use crate::time::Day;

/// What the shapes and lines of a board mean.
const MARKS: &[(&str, &str)] = &[
    ("release", "Release"),
    ("milestone", "Milestone"),
    ("application", "Application"),
    ("outside", "Outside of the plan"),
    ("kept", "Needed by"),
    ("broken", "Broken"),
];

/// Returns the board with the pieces `shown` among `all` of the train. What they need and is not among them stands in a
/// lane of its own.
pub(super) fn board<'p>(view: &View<'p>, all: &[Piece<'p>], shown: &[Piece<'p>]) -> Board<'p> {
    let locale = view.portal.locale;
    let mut board = Board {
        title: locale
            .word("Applications in lanes, time in columns, strings from what is needed")
            .to_owned(),
        legend: legend(MARKS),
        ..Board::default()
    };
    let elsewhere = elsewhere(view, shown);
    let days: Vec<Day> = all.iter().filter_map(|piece| piece.day).collect();
    let is_open = all.iter().any(|piece| piece.day.is_none())
        || elsewhere.iter().any(|(_, (day, _))| day.is_none());
    let columns = Columns::of(view, &days, is_open.then_some("No date"));
    board.today = columns.today(view);
    let mut places: BTreeMap<Provider<'p>, usize> = BTreeMap::new();
    let mut lane = None;
    for piece in shown {
        if lane != Some(piece.lane) {
            board.lanes.push(track(view, piece.lane));
            lane = Some(piece.lane);
        }
        places.insert(Provider::Document(piece.id), board.items.len());
        board.items.push(Item {
            lane: board.lanes.len() - 1,
            column: columns.at(piece.day),
            node: short(view, piece.id),
        });
    }
    if !elsewhere.is_empty() {
        board.lanes.push(Track {
            name: locale.word("Elsewhere").to_owned(),
            link: None,
        });
    }
    for (needs, (day, node)) in elsewhere {
        places.insert(needs, board.items.len());
        board.items.push(Item {
            lane: board.lanes.len() - 1,
            column: columns.at(day),
            node,
        });
    }
    for piece in shown {
        for (need, state) in &piece.needs {
            let from = Provider::of(view, need).and_then(|of| places.get(&of).copied());
            let to = places.get(&Provider::Document(piece.id)).copied();
            board
                .strings
                .extend(from.zip(to).map(|ends| arc(view, need, state, ends)));
        }
    }
    board.columns = columns.names;
    board
}

/// Returns what the pieces `shown` need and is not among them.
fn elsewhere<'p>(
    view: &View<'p>,
    shown: &[Piece<'p>],
) -> BTreeMap<Provider<'p>, (Option<Day>, Node<'p>)> {
    let mut found = BTreeMap::new();
    for (need, _) in shown.iter().flat_map(|piece| &piece.needs) {
        let Some(needs) = Provider::of(view, need) else {
            continue;
        };
        let day = match needs {
            Provider::Document(id) if shown.iter().any(|piece| piece.id == id) => continue,
            // Of what is not published, no date is told.
            Provider::Document(id) if view.portal.path(id).is_none() => None,
            Provider::Document(id) => when_of(view, id).map(|days| days.last),
            Provider::Outside(_) => None,
        };
        found.insert(needs, (day, needs.node(view)));
    }
    found
}

fn track<'p>(view: &View<'p>, lane: Option<DocId>) -> Track<'p> {
    let link = lane.and_then(|lane| view.link(lane));
    let name = match (lane, &link) {
        (None, _) => view.portal.locale.word("The train").to_owned(),
        (Some(_), Some(link)) => link.text.to_string(),
        (Some(lane), None) => view.portal.plan.document(lane).short_id().to_owned(),
    };
    Track { name, link }
}

/// Returns something in its own lane: a release by its version, since the lane says of what.
fn short<'p>(view: &View<'p>, id: DocId) -> Node<'p> {
    let release = view.portal.plan.get::<Release>(id);
    let version = release.and_then(|release| release.fields.version.as_ref());
    let own = node(view, id);
    match version {
        Some(version) => Node {
            name: version.value.0.to_string(),
            ..own
        },
        None => own,
    }
}
