//! All notes, the newest first, and the ways to those of one train, application or audience.

use super::{Entry, Marks, Selection, audience_title};
use crate::pages::blocks;
use crate::pages::parts::{Block, Link, Section, Table, Value};
use crate::pages::view::View;
use crate::plan::kinds::note::Note;

/// How many notes stand on one page: with the ways to the others it stays below 1,500 elements.
const ROWS: usize = 60;

/// How many applications are led to; more are led to from their own pages.
const MOST: usize = 150;

/// Returns the notes page by page.
pub(super) fn chunks(entries: &[Entry]) -> Vec<&[Entry]> {
    entries.chunks(ROWS).collect()
}

/// Returns the sections of the page `number`, which lists `shown`.
pub(super) fn sections<'p>(view: &View<'p>, shown: &[Entry], number: usize) -> Vec<Section<'p>> {
    let mut sections = vec![newest(view, shown)];
    if number == 1 {
        sections.extend(ways(view));
    }
    sections
}

fn newest<'p>(view: &View<'p>, shown: &[Entry]) -> Section<'p> {
    let columns = [
        "Note", "Date", "Marked", "About", "Version", "Category", "Changes",
    ];
    let mut table = Table::new("Release notes, newest first", columns);
    let plan = view.portal.plan;
    for entry in shown {
        let Some(note) = plan.get::<Note>(entry.note) else {
            continue;
        };
        let marks = Marks::of(plan, entry.documents());
        let belongs = note.document.belongs;
        let about = belongs.release.or(belongs.train).or(belongs.application);
        table.row([
            view.document(entry.note),
            entry.published.map_or(Value::Empty, |day| view.day(day)),
            Value::list(marks.states()),
            about.map_or(Value::Empty, |id| view.document(id)),
            view.version(note.fields.version.as_ref()),
            view.choice(note.fields.fragment.as_ref()),
            match entry.fragments.len() {
                0 => Value::Empty,
                many => blocks::count(many),
            },
        ]);
    }
    blocks::section("newest", "Newest first", [blocks::told(table)])
}

/// Returns the ways to the notes by train, by application and by audience.
fn ways<'p>(view: &View<'p>) -> [Section<'p>; 3] {
    let all = super::selections(view.portal);
    let of = |is_it: fn(&Selection) -> bool| {
        let some = all.iter().copied().filter(is_it);
        let links = some.filter_map(|some| way(view, some));
        blocks::list(links.take(MOST))
    };
    let section = |id, title, ways: Option<Block<'p>>| blocks::section(id, title, [ways]);
    [
        section(
            "by-audience",
            "By audience",
            of(|some| matches!(some, Selection::Audience(_))),
        ),
        section(
            "by-train",
            "By train",
            of(|some| matches!(some, Selection::Train(_))),
        ),
        section(
            "by-application",
            "By application",
            of(|some| matches!(some, Selection::Application(_))),
        ),
    ]
}

/// Returns a link to `some` of the notes that says how many there are.
fn way<'p>(view: &View<'p>, some: Selection) -> Option<Value<'p>> {
    let portal = view.portal;
    let title = match some {
        Selection::All => return None,
        Selection::Train(id) | Selection::Application(id) => &*portal.plan.document(id).title,
        Selection::Audience(at) => audience_title(portal.plan.config.audiences.items.get(at)?),
    };
    let count = some.entries(portal).len();
    let path = some.address(portal, 1)?;
    let link = Link::new(view.href(&path), format!("{title} ({count})"));
    Some(link.into())
}
