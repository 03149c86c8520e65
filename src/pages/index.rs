//! The index of a kind: every document of it, in a table made for the kind, spread over pages where it is long.

use super::blocks;
use super::frame::{Layout, Page, capitalised};
use super::kinds;
use super::listing::pages;
use super::parts::{Block, Document, Empty, Link, Pages, Section, Shell, Table, Value};
use super::portal::HOME;
use super::sections;
use super::{Portal, Route, Subject, View};
use crate::plan::address::index_address;
use crate::plan::{DocId, Kind};

/// Returns the pages of the index of every kind but notes, which have pages of their own.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Note);
    kinds.flat_map(move |&kind| {
        let count = portal.published_of(kind).len().div_ceil(Pages::ROWS).max(1);
        (1..=count).map(move |number| Route {
            path: index_address(kind, number),
            subject: Subject::Index(kind, number),
        })
    })
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, kind: Kind, number: usize) -> Layout<'p> {
    context(view, kind, number).with("index.html")
}

fn context<'p>(view: &View<'p>, kind: Kind, number: usize) -> Page<'p> {
    let all = view.portal.index_of(kind);
    let title = capitalised(kind.many());
    let mut shell = Shell::new("index", view.path, title.clone());
    let place = if number == 1 {
        String::new()
    } else {
        format!(" – page {number}")
    };
    shell.window_title = format!("{title}{place}").into();
    shell.description = format!("{title} of the plan: {} in all{place}", all.len()).into();
    shell.crumbs = vec![Link::new(view.href(HOME), "Home")];
    shell.place = super::menu::place(kind);
    let shown = all.chunks(Pages::ROWS).nth(number - 1).unwrap_or_default();
    let section = Section::new("all", title);
    let board = (number == 1 && kind == Kind::Train).then(|| stage_board(view, shown));
    let section = board.flatten().into_iter().fold(section, Section::block);
    let section = section.table(table(view, kind, shown), empty(view, kind));
    let document = Document {
        sections: vec![section],
        pages: pages(view, number, all.len().div_ceil(Pages::ROWS), |number| {
            index_address(kind, number)
        }),
        ..Document::default()
    };
    Page { shell, document }
}

/// How many trains stand on the stage board.
const MOST_TRAINS: usize = 20;

/// Returns the stages of those of `trains` that are on their way.
fn stage_board<'p>(view: &View<'p>, trains: &[DocId]) -> Option<Block<'p>> {
    let plan = view.portal.plan;
    let under_way = trains.iter().filter(|&&id| plan.is_under_way(id));
    let courses: Vec<_> = under_way
        .filter_map(|&id| plan.course(id))
        .take(MOST_TRAINS)
        .collect();
    blocks::told(sections::stage_board(view, &courses))
}

/// Returns the table of the documents `shown`, all of `kind`, with a heading wherever the group changes and without the
/// column that the headings make needless.
fn table<'p>(view: &View<'p>, kind: Kind, shown: &[DocId]) -> Table<'p> {
    let columns = kinds::columns(kind).iter().copied();
    let needless = columns
        .clone()
        .position(|column| column == kinds::grouped_by(kind));
    let is_kept = |at: &usize| Some(*at) != needless;
    let kept = columns
        .enumerate()
        .filter(|(at, _)| is_kept(at))
        .map(|(_, column)| column);
    let mut table = Table::new(capitalised(kind.many()), kept);
    let mut current = None;
    for &id in shown {
        let (group, cells) = kinds::row(&view.of(id), id);
        if group != Value::Empty && current.as_ref() != Some(&group) {
            table.group(group.clone());
            current = Some(group);
        }
        table.row(
            cells
                .into_iter()
                .enumerate()
                .filter(|(at, _)| is_kept(at))
                .map(|(_, cell)| cell),
        );
    }
    table
}

/// Returns what stands in an index without documents: how to add the first one.
fn empty<'p>(view: &View<'p>, kind: Kind) -> Empty<'p> {
    let fact = format!("There is no {} yet", kind.one());
    let how = format!(
        "Add a Markdown file below `{}/`, or any file with `kind: {}`.",
        kind.folder(),
        kind.word()
    );
    Empty::new(fact, Some(view.prose(&how)))
}
