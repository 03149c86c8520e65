//! Documents listed on the page of another one: who refers to it, the nearest in time first, and no more than are read.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::blocks;
use super::parts::{Block, Link, Pages, Table, Value};
use super::show::Show;
use super::view::View;
use crate::plan::kinds::train::Train;
use crate::plan::{Doc, DocId, OfKind};
use crate::time::{Day, DayRange};

/// How many rows stand on the page of a document to which many others refer.
pub(super) const MOST_ROWS: usize = 25;

/// Returns the published documents of the kind `T` that refer to `to` under the key `field`, by id.
pub(super) fn referrers<'p, T: OfKind + 'p>(
    view: &View<'p>,
    to: DocId,
    field: &'static str,
) -> impl Iterator<Item = Doc<'p, T>> + use<'p, T> {
    let portal = view.portal;
    let mut last = None;
    // The links of one document follow each other.
    let from = portal.plan.links_to(to).filter(move |link| {
        let fits = link.field.top == field && portal.path(link.from).is_some();
        fits && last.replace(link.from) != Some(link.from)
    });
    from.filter_map(move |link| portal.plan.get(link.from))
}

/// Where something stands among others when what is to come is told first, soonest first, and then what is over,
/// latest first. What has no date yet comes between the two.
pub(super) type Nearness = (bool, i64);

/// Returns how near `days` are as seen on `today`.
pub(super) fn nearness(today: Day, days: Option<DayRange>) -> Nearness {
    match days {
        Some(days) if days.last < today => (true, days.last.until(today)),
        Some(days) => (false, today.until(days.first)),
        None => (false, i64::MAX),
    }
}

/// Returns where something of `days` stands among others when the newest is told first; what has no date comes before.
pub(super) fn newest(days: Option<DayRange>) -> Reverse<(bool, Option<Day>)> {
    Reverse((days.is_none(), days.map(|days| days.first)))
}

/// Returns where the documents of `train` stand among those of all trains: the newest train first, and last what
/// travels with none.
pub(super) fn by_train(view: &View<'_>, train: Option<DocId>) -> Nearness {
    let Some(train) = train.and_then(|train| view.portal.plan.get::<Train>(train)) else {
        return (true, 0);
    };
    let planned = train
        .fields
        .schedule
        .iter()
        .filter_map(|(_, period)| period.days());
    let entered = train
        .fields
        .history
        .iter()
        .filter_map(|entry| entry.value.date.as_ref()?.days());
    let begun = planned.chain(entered).map(|days| days.first).min();
    (false, begun.map_or(i64::MIN, |day| day.until(view.as_of())))
}

/// Returns the heading of the documents of `train` in an index.
pub(super) fn train_heading<'p>(view: &View<'p>, train: Option<DocId>) -> Value<'p> {
    train.map_or(Value::word("Without a train"), |train| view.document(train))
}

/// Returns a table of the first of `docs` in the columns of their own index, without the column `known`, which would
/// say the same in each row, and where the rest is when there are more than are read.
pub(super) fn listed<'p, T: Show>(
    view: &View<'p>,
    caption: &'static str,
    known: &str,
    docs: &[Doc<'p, T>],
) -> [Option<Block<'p>>; 2] {
    let stays = |at: &usize| T::COLUMNS.get(*at) != Some(&known);
    let columns = T::COLUMNS.iter().enumerate().filter(|(at, _)| stays(at));
    let mut table = Table::new(caption, columns.map(|(_, column)| *column));
    for doc in docs.iter().take(MOST_ROWS) {
        let cells = T::row(&view.of(doc.id), *doc).into_iter().enumerate();
        table.row(cells.filter(|(at, _)| stays(at)).map(|(_, cell)| cell));
    }
    capped(view, table, docs.len())
}

/// Returns `table`, which holds the first [`MOST_ROWS`] of `all` rows, and where the rest is when there are more.
pub(super) fn capped<'p>(view: &View<'p>, table: Table<'p>, all: usize) -> [Option<Block<'p>>; 2] {
    let rest = (all > MOST_ROWS).then(|| {
        let locale = view.portal.locale;
        let all = locale.phrase("All {n}, among the links to this page", &[("n", &all)]);
        Block::List(vec![Link::new("#backlinks", all).into()])
    });
    [blocks::told(table), rest]
}

/// Returns the links to all `count` pages of a long list, each at its `address`; none when one page holds it.
pub(super) fn pages<'p>(
    view: &View<'p>,
    current: usize,
    count: usize,
    address: impl Fn(usize) -> String,
) -> Option<Pages<'p>> {
    let link = |number: usize| Link::new(view.href(&address(number)), number.to_string());
    (count > 1).then(|| Pages {
        current,
        links: (1..=count).map(link).collect(),
    })
}

/// Returns a link to what stands at `anchor` on the page of `document`; to the document where that stands inside of a
/// page itself, and `text` alone when it is not published.
pub(super) fn thing<'p>(
    view: &View<'p>,
    document: DocId,
    anchor: &str,
    text: impl Into<Cow<'p, str>>,
) -> Value<'p> {
    match view.portal.path(document) {
        None => text.into().into(),
        Some(path) if anchor.is_empty() || path.contains('#') => {
            Link::new(view.href(path), text).into()
        }
        Some(path) => Link::new(view.href(&format!("{path}#{anchor}")), text).into(),
    }
}

/// Returns a link to the document `id`, if there is one.
pub(super) fn document<'p>(view: &View<'p>, id: Option<DocId>) -> Value<'p> {
    id.map_or(Value::Empty, |id| view.document(id))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn what_is_to_come_stands_before_what_is_over() {
        let day = |text| Day::parse(text).unwrap();
        let days = |first, last| Some(DayRange::new(day(first), day(last)));
        let mut ranges = [
            ("long over", days("2024-12-16", "2025-01-03")),
            ("to come", days("2026-12-18", "2027-01-04")),
            ("open", None),
            ("now", days("2026-11-20", "2026-11-30")),
            ("just over", days("2026-11-13", "2026-11-16")),
        ];
        ranges.sort_by_key(|(_, days)| nearness(day("2026-11-21"), *days));
        let order = ranges.map(|(name, _)| name);
        assert_eq!(order, ["now", "to come", "open", "just over", "long over"]);
        ranges.sort_by_key(|(_, days)| newest(*days));
        let order = ranges.map(|(name, _)| name);
        assert_eq!(order, ["open", "to come", "now", "just over", "long over"]);
    }
}
