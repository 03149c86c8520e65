//! Other documents on a page: which ones concern it, and their table.
//!
//! Documents of the scoped kinds stand together by train, because their ids begin with it, and references are followed
//! backwards; so only releases, changes and exceptions of a train are looked for among all of their kind.

use std::collections::BTreeSet;

use crate::pages::blocks;
use crate::pages::deployment::days_of;
use crate::pages::listing::referrers;
use crate::pages::parts::{Block, Empty, Link, Section, Table};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::kinds::{change::Change, note::Note, release::Release, turnover::Turnover};
use crate::plan::{Doc, DocId, OfKind};

/// What a section of other documents is called.
#[derive(Clone, Copy, Debug)]
pub(in crate::pages) struct Heading {
    /// The section's anchor.
    pub(in crate::pages) id: &'static str,
    /// Its heading, in English.
    pub(in crate::pages) title: &'static str,
    /// The caption of its table, in English.
    pub(in crate::pages) caption: &'static str,
}

/// Returns a section of `docs` in the columns of their index, without the one that names the train of the page.
pub(in crate::pages) fn listing<'p, T: Show>(
    view: &View<'p>,
    heading: Heading,
    docs: impl IntoIterator<Item = Doc<'p, T>>,
) -> Section<'p> {
    blocks::section(
        heading.id,
        heading.title,
        [blocks::told(rows(view, heading, docs))],
    )
}

/// How many releases of a train stand on its own page; more of them have pages of their own.
pub(in crate::pages) const MOST_PASSENGERS: usize = 50;

/// How many of them stand on its page then.
const FIRST_PASSENGERS: usize = 20;

/// Returns the section of the releases of the train `train`, or how the first one joins it. Where there are too many for
/// one page, those that something stops come first.
pub(in crate::pages) fn passengers<'p>(
    view: &View<'p>,
    train: DocId,
    releases: &[Doc<'p, Release>],
) -> Section<'p> {
    let heading = Heading {
        id: "releases",
        title: "Releases",
        caption: "Application releases of this train",
    };
    let is_long = releases.len() > MOST_PASSENGERS;
    let mut first = releases.to_vec();
    if is_long {
        first.sort_by_key(|of| (view.portal.progress.obstacles(of.id).is_empty(), of.id));
        first.truncate(FIRST_PASSENGERS);
    }
    let all = is_long.then(|| {
        let path = view.portal.plan.releases_address(train, 1);
        let count = releases.len();
        let words = view.counted("All {n} releases", count);
        Block::More(Link::new(view.href(&path), words))
    });
    let table = blocks::told(rows(view, heading, first));
    let how = view.prose("Add a file below `releases/` in the folder of the train, or name the train in its `train:`.");
    let empty = Empty::new("No application has joined yet", Some(how));
    let table = table.unwrap_or(Block::Empty(empty));
    blocks::section(heading.id, heading.title, [Some(table), all])
}

fn rows<'p, T: Show>(
    view: &View<'p>,
    heading: Heading,
    docs: impl IntoIterator<Item = Doc<'p, T>>,
) -> Table<'p> {
    let mut table = Table::new(heading.caption, T::COLUMNS.iter().copied());
    for doc in docs {
        table.row(T::row(&view.of(doc.id), doc));
    }
    without(table, "Train")
}

/// Returns `table` without the column labelled `label`.
fn without<'p>(mut table: Table<'p>, label: &str) -> Table<'p> {
    if let Some(at) = table
        .columns
        .iter()
        .position(|column| column.label == label)
    {
        table.columns.remove(at);
        for row in table.groups.iter_mut().flat_map(|group| &mut group.rows) {
            row.cells.remove(at);
        }
    }
    table
}

/// Returns the published documents of the kind `T` among `ids`.
fn published<'p, T: OfKind>(
    view: &View<'p>,
    ids: impl IntoIterator<Item = DocId>,
) -> Vec<Doc<'p, T>> {
    let shown = ids.into_iter().filter(|&id| view.portal.path(id).is_some());
    shown
        .filter_map(|id| view.portal.plan.get::<T>(id))
        .collect()
}

/// Returns the published documents of the kind `T` that belong to the train `train`, by id.
pub(in crate::pages) fn of_train<'p, T: OfKind>(view: &View<'p>, train: DocId) -> Vec<Doc<'p, T>> {
    let plan = view.portal.plan;
    let mut near = view.portal.published_of(T::KIND);
    if T::KIND.is_scoped() {
        let scope = format!("{}/", plan.document(train).id);
        let start = near.partition_point(|&id| *plan.document(id).id < *scope);
        let len = near[start..].partition_point(|&id| plan.document(id).id.starts_with(&scope));
        near = &near[start..start + len];
    }
    let members = near
        .iter()
        .copied()
        .filter(|&id| plan.document(id).belongs.train == Some(train));
    members.filter_map(|id| plan.get(id)).collect()
}

/// Returns the notes and fragments about `release`: those of its train, or, without a train, those that name it.
pub(in crate::pages) fn notes_of<'p>(
    view: &View<'p>,
    release: Doc<'p, Release>,
) -> Vec<Doc<'p, Note>> {
    let mut near = match release.document.belongs.train {
        Some(train) => of_train(view, train),
        None => referrers(view, release.id, "release").collect(),
    };
    near.retain(|note: &Doc<'p, Note>| note.document.belongs.release == Some(release.id));
    near
}

/// Returns the turnovers that deploy `release`: those that name it, and those that deploy its whole train.
pub(in crate::pages) fn deploying<'p>(
    view: &View<'p>,
    release: Doc<'p, Release>,
) -> Vec<Doc<'p, Turnover>> {
    let whole = |turnover: &Doc<'p, Turnover>| {
        let belongs = turnover.document.belongs.release;
        turnover.fields.contents.is_empty() && belongs.is_none_or(|of| of == release.id)
    };
    let of_train = release
        .document
        .belongs
        .train
        .map_or_else(Vec::new, |train| of_train::<Turnover>(view, train));
    let naming =
        ["contents", "release"].map(|field| referrers::<Turnover>(view, release.id, field));
    let mut ids: BTreeSet<DocId> = naming
        .into_iter()
        .flatten()
        .map(|turnover| turnover.id)
        .collect();
    ids.extend(
        of_train
            .iter()
            .filter(|turnover| whole(turnover))
            .map(|turnover| turnover.id),
    );
    in_order(published(view, ids))
}

/// Returns `turnovers` in the order in which they took place or are planned; those without a date come last.
pub(in crate::pages) fn in_order(mut turnovers: Vec<Doc<'_, Turnover>>) -> Vec<Doc<'_, Turnover>> {
    turnovers.sort_by_key(|turnover| {
        let first = days_of(turnover.fields).map(|days| days.first);
        (first.is_none(), first)
    });
    turnovers
}

/// Returns the changes that `releases` belong to, together with `more`.
pub(in crate::pages) fn changes_of<'p>(
    view: &View<'p>,
    releases: &[Doc<'p, Release>],
    more: &[Doc<'p, Change>],
) -> Vec<Doc<'p, Change>> {
    let mut ids: BTreeSet<DocId> = more.iter().map(|change| change.id).collect();
    for release in releases {
        let of_items = release
            .fields
            .items
            .iter()
            .filter_map(|item| item.change.as_ref());
        ids.extend(
            release
                .fields
                .changes
                .iter()
                .chain(of_items)
                .filter_map(|change| change.target),
        );
        ids.extend(referrers::<Change>(view, release.id, "releases").map(|change| change.id));
    }
    published(view, ids)
}
