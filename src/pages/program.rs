//! The program board of a train: its applications as lanes, time as columns, what comes when in the cells, and strings
//! from what is needed to what needs it; beside it a table that says the same.

mod board;
mod columns;

use std::fmt::Display;

use super::blocks;
use super::frame::{Below, Layout, Page, shell_below};
use super::listing::pages;
use super::parts::{Block, Document, Empty, Fact, Section, State, Table, Value};
use super::sections::{
    course_state, is_broken, map_link, milestone_state, need_cells, need_state, of_train, planned,
    when_of,
};
use super::{Portal, Route, Subject, View};
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::release::Release;
use crate::plan::{DocId, Kind};
use crate::schedule::Dependency;
use crate::time::Day;

/// How many lines of the table stand on one page: with the board they stay below 1,500 elements.
const ROWS: usize = 34;

/// Something on the board: a release, or a milestone of the train or of a release.
#[derive(Clone, Debug)]
struct Piece<'p> {
    id: DocId,
    /// The application to whose lane it belongs; none for the lane of the train itself.
    lane: Option<DocId>,
    /// The last day on which it can be.
    day: Option<Day>,
    /// What it needs.
    needs: Vec<(Dependency<'p>, State<'p>)>,
}

/// Returns the pages of the board of every published train.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    let view = View::new(portal, super::portal::HOME);
    let trains = portal.published_of(Kind::Train).iter();
    trains.flat_map(move |&id| {
        let count = sheets(&pieces(&view, id)).len().max(1);
        (1..=count).map(move |number| Route {
            path: portal.plan.program_address(id, number),
            subject: Subject::Program(id, number),
        })
    })
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, id: DocId, number: usize) -> Layout<'p> {
    context(&view.of(id), id, number).with("graph.html")
}

/// Returns everything on the board of `train`: its own milestones, then what each application brings, in order of time.
fn pieces<'p>(view: &View<'p>, train: DocId) -> Vec<Piece<'p>> {
    let plan = view.portal.plan;
    let milestones = |of: DocId, lane: Option<DocId>| {
        let own = plan.own_milestones(of).into_iter();
        let shown = own.filter(|of| view.portal.path(of.id).is_some() && !of.skip);
        shown.map(move |of| (of.id, lane)).collect::<Vec<_>>()
    };
    let mut found = milestones(train, None);
    for release in of_train::<Release>(view, train) {
        let lane = release.document.belongs.application;
        found.push((release.id, lane));
        found.extend(milestones(release.id, lane));
    }
    let mut pieces: Vec<Piece<'p>> = Vec::new();
    for (id, lane) in found {
        let piece = |needs: &[(Dependency<'p>, State<'p>)]| Piece {
            id,
            lane,
            day: when_of(view, id).map(|days| days.last),
            needs: needs.to_vec(),
        };
        let needs = needs(view, id);
        match needs.is_empty() {
            true => pieces.push(piece(&[])),
            // What needs more than a page tells stands on several.
            false => pieces.extend(needs.chunks(ROWS).map(piece)),
        }
    }
    let name = |lane: Option<DocId>| lane.map(|lane| &*plan.document(lane).title);
    pieces.sort_by(|one, other| {
        let key = |of: &Piece<'p>| {
            (
                of.lane.is_some(),
                name(of.lane),
                of.lane,
                of.day.is_none(),
                of.day,
                of.id,
            )
        };
        key(one).cmp(&key(other))
    });
    pieces
}

fn needs<'p>(view: &View<'p>, id: DocId) -> Vec<(Dependency<'p>, State<'p>)> {
    let needs = view.portal.schedule.needs_of(id).iter();
    needs.map(|need| (*need, need_state(view, need))).collect()
}

/// Returns `pieces` by pages.
fn sheets<'a, 'p>(pieces: &'a [Piece<'p>]) -> Vec<&'a [Piece<'p>]> {
    let mut sheets = Vec::new();
    let (mut first, mut rows) = (0, 0);
    for (at, piece) in pieces.iter().enumerate() {
        let own = piece.needs.len().max(1);
        if rows > 0 && rows + own > ROWS {
            sheets.push(&pieces[first..at]);
            (first, rows) = (at, 0);
        }
        rows += own;
    }
    if first < pieces.len() {
        sheets.push(&pieces[first..]);
    }
    sheets
}

fn context<'p>(view: &View<'p>, train: DocId, number: usize) -> Page<'p> {
    let locale = view.portal.locale;
    let all = pieces(view, train);
    let sheets = sheets(&all);
    let name = &*view.portal.plan.document(train).title;
    let values: [(&str, &dyn Display); 2] = [("train", &name), ("page", &number)];
    let pattern = match number {
        1 => "{train}: program board",
        _ => "{train}: program board, page {page}",
    };
    let below = Below {
        page_type: "program",
        title: locale.phrase(pattern, &values),
        description: locale.phrase(
            "Who brings what when in {train}, and who needs it, page {page}",
            &values,
        ),
    };
    let shown = sheets.get(number - 1).copied().unwrap_or_default();
    let document = Document {
        facts: facts(view, train, &all),
        sections: sections(view, &all, shown),
        pages: pages(view, number, sheets.len(), |number| {
            view.portal.plan.program_address(train, number)
        }),
        ..Document::default()
    };
    Page {
        shell: shell_below(view, train, below),
        document,
    }
}

fn facts<'p>(view: &View<'p>, train: DocId, all: &[Piece<'p>]) -> Vec<Fact<'p>> {
    let releases = all
        .iter()
        .filter(|piece| view.portal.plan.document(piece.id).kind == Kind::Release);
    let mut releases: Vec<DocId> = releases.map(|piece| piece.id).collect();
    releases.dedup();
    let needs: Vec<_> = all.iter().flat_map(|piece| &piece.needs).collect();
    if releases.is_empty() {
        return Vec::new();
    }
    let broken = needs.iter().filter(|(_, state)| is_broken(state)).count();
    let state = match broken {
        0 => State::new("on-track").worded("Nothing broken"),
        _ => State::new("broken").worded(view.counted("{n} broken", broken)),
    };
    vec![
        Fact::new("State", state),
        Fact::new("Releases", blocks::count(releases.len())),
        Fact::new("Needs", blocks::count(needs.len())),
        Fact::new("Who needs what", map_link(view, &releases)),
        Fact::new("Deployment", planned(view, train)),
    ]
}

fn sections<'p>(view: &View<'p>, all: &[Piece<'p>], shown: &[Piece<'p>]) -> Vec<Section<'p>> {
    let is_empty = !all
        .iter()
        .any(|piece| view.portal.plan.document(piece.id).kind == Kind::Release);
    let empty = is_empty.then(|| {
        let how = view.prose("Add a file below `releases/` in the folder of the train, or name the train in its `train:`.");
        Block::Empty(Empty::new("No application has joined yet", Some(how)))
    });
    let board = (!shown.is_empty()).then(|| Block::Board(board::board(view, all, shown)));
    vec![
        blocks::section("board", "Board", [empty, board]),
        blocks::section("table", "Who needs what by when", [table(view, shown)]),
    ]
    .into_iter()
    .filter(|section| !section.blocks.is_empty())
    .collect()
}

/// Tells what stands on the board, under each lane: what comes when, and what it needs.
fn table<'p>(view: &View<'p>, shown: &[Piece<'p>]) -> Option<Block<'p>> {
    let columns = [
        "What", "When", "Stage", "Needs", "Tie", "There", "Slack", "State",
    ];
    let mut table = Table::new("What comes when, and what it needs of whom", columns);
    let mut lane = None;
    for piece in shown {
        if lane != Some(piece.lane) {
            table.group(
                piece
                    .lane
                    .map_or(Value::word("The train"), |of| view.document(of)),
            );
            lane = Some(piece.lane);
        }
        if piece.needs.is_empty() {
            table.row(
                own_cells(view, piece)
                    .into_iter()
                    .chain(vec![Value::Empty; 5]),
            );
        }
        for (need, state) in &piece.needs {
            let [needs, tie, there, _, lead, state] = need_cells(view, need, state.clone());
            let cells = [needs, tie, there, lead, state];
            table.row(own_cells(view, piece).into_iter().chain(cells));
        }
    }
    blocks::told(table)
}

/// Returns what something is, when it comes and where it stands.
fn own_cells<'p>(view: &View<'p>, piece: &Piece<'p>) -> [Value<'p>; 3] {
    let (plan, own) = (view.portal.plan, view.of(piece.id));
    let state = match plan.get::<Milestone>(piece.id) {
        Some(milestone) => Some(milestone_state(&own, milestone)),
        None => plan
            .course(piece.id)
            .and_then(|course| course_state(&own, course)),
    };
    [
        view.document(piece.id),
        planned(view, piece.id),
        state.into(),
    ]
}
