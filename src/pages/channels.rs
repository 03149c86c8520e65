//! What can be subscribed to: where the calendars and feeds of a portal are, and which of them a page offers.
//!
//! The one place that decides it, for the pages that link to them and for the outputs that write them.

use std::borrow::Cow;

use super::notes::{self, Selection};
use super::parts::{Alternate, relative};
use super::{Portal, Route, Subject};
use crate::plan::address::{index_address, report_table};
use crate::plan::{DocId, Kind};
use crate::registers::Register;

/// The file of a calendar, beside the page whose calendar it is.
pub const CALENDAR: &str = "calendar.ics";

/// The file of the data that a page shows, beside the page.
const DATA: &str = "index.json";

/// The file of what a page says, where another stands beside the page already.
const PAGE_DATA: &str = "page.json";

/// The file of the table of a kind, beside its index.
const TABLE: &str = "index.csv";

/// The kinds whose documents have a calendar each.
pub const WITH_CALENDAR: &[Kind] = &[
    Kind::Train,
    Kind::Application,
    Kind::Environment,
    Kind::Freeze,
    Kind::Person,
];

/// A feed: news on one topic, in every format of feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its path from the portal's root, without the ending of a format.
    pub stem: String,
    /// What it tells of.
    pub topic: Topic,
}

/// What a feed tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Every release note.
    Notes,
    /// The release notes that one audience may read.
    Audience(
        /// Its id.
        Box<str>,
    ),
    /// The release notes of a train or an application, and the moves of that train.
    Document(DocId),
    /// The moves of all trains.
    Trains,
    /// What is late, and what falls due soon.
    Attention,
    /// What moved in the plan.
    History,
}

/// The formats of feeds: ending, media type, and what a link to one says.
pub const FORMATS: [(&str, &str, &str); 2] = [
    ("atom", "application/atom+xml", "Atom feed"),
    ("json", "application/feed+json", "JSON feed"),
];

impl Feed {
    fn new(stem: impl Into<String>, topic: Topic) -> Self {
        Self {
            stem: stem.into(),
            topic,
        }
    }

    /// Returns the page that says the same as a feed for an audience: its own, else that of all notes.
    pub fn page(&self, portal: &Portal<'_>) -> String {
        let is_it = |some: &Selection| match &self.topic {
            Topic::Audience(name) => some.reader(portal) == Some(name),
            _ => false,
        };
        let some = notes::selections(portal).into_iter().find(is_it);
        let some = some.unwrap_or(Selection::All);
        some.address(portal, 1).unwrap_or_default()
    }

    /// Returns the path of the feed in the format with the ending `ending`.
    pub fn path(&self, ending: &str) -> String {
        format!("{}.{ending}", self.stem)
    }
}

/// Returns the documents that have a calendar.
pub fn calendars(portal: &Portal<'_>) -> impl Iterator<Item = DocId> {
    WITH_CALENDAR
        .iter()
        .flat_map(|&kind| portal.published_of(kind))
        .copied()
}

/// Returns the path of the calendar of the document `id`; none when it has none.
pub fn calendar_of(portal: &Portal<'_>, id: DocId) -> Option<String> {
    let has_one = WITH_CALENDAR.contains(&portal.plan.document(id).kind);
    has_one.then(|| beside(portal, id, CALENDAR)).flatten()
}

/// Returns the path of what the page says, as data: beside the page. None where no data is shown, and where the data of a
/// document or a list stands there already.
pub fn data_of_page(route: &Route) -> Option<String> {
    let file = match route.subject {
        // The list of the environments is beside this page too.
        Subject::Index(Kind::Environment, 1) => PAGE_DATA,
        Subject::NotFound
        | Subject::Document(_)
        | Subject::Index(..)
        | Subject::Notes(..)
        | Subject::Reference(_)
        | Subject::Search => return None,
        _ => DATA,
    };
    let folder = route.path.strip_suffix(super::portal::HOME)?;
    Some(format!("{folder}{file}"))
}

/// Returns the path of the data beside the page or the table at `path`; none for what has no folder of its own.
pub fn data_of(path: &str) -> Option<String> {
    let (folder, _) = path.rsplit_once('/')?;
    Some(format!("{folder}/{DATA}"))
}

/// Returns the kinds with the path of the table of each.
pub fn tables() -> impl Iterator<Item = (Kind, String)> {
    Kind::ALL.iter().map(|&kind| (kind, table_of(kind)))
}

fn table_of(kind: Kind) -> String {
    format!("{}/{TABLE}", kind.folder())
}

/// Returns the data and the table of what the page at `route` shows: their paths, media types and names.
fn data(portal: &Portal<'_>, route: &Route) -> Vec<(String, &'static str, &'static str)> {
    let (page, table) = match route.subject {
        Subject::Document(id) => (portal.path(id).map(str::to_owned), None),
        Subject::Index(kind, _) => (Some(index_address(kind, 1)), Some(table_of(kind))),
        Subject::Notes(some, _) => {
            let table = (some == Selection::All).then(|| table_of(Kind::Note));
            (some.address(portal, 1), table)
        }
        Subject::Register(register, _) => (None, register.map(Register::table)),
        Subject::Report(name) => (None, name.map(report_table)),
        Subject::Slips(_) => (None, Some(report_table("slips"))),
        _ => (None, None),
    };
    let json = page.as_deref().and_then(data_of);
    let json = json.map(|path| (path, "application/json", "JSON"));
    let csv = table.map(|path| (path, "text/csv", "CSV"));
    let name = match route.subject {
        Subject::Index(..) => "JSON of this page",
        _ => "JSON",
    };
    let said = data_of_page(route).map(|path| (path, "application/json", name));
    json.into_iter().chain(csv).chain(said).collect()
}

/// Returns what a calendar or a feed of the document `id` is called: `2026 Q4 – Harbour Bank releases`.
pub fn title(portal: &Portal<'_>, id: DocId) -> String {
    let title = &portal.plan.document(id).title;
    match &portal.plan.config.title {
        Some(of_portal) => format!("{title} – {}", of_portal.value),
        None => title.to_string(),
    }
}

/// Returns every feed of `portal`.
pub fn feeds(portal: &Portal<'_>) -> Vec<Feed> {
    let mut feeds = vec![all_notes(), trains(), attention()];
    // A plan in no repository has no history to subscribe to.
    feeds.extend(portal.chronicle().map(|_| history()));
    feeds.extend(audiences(portal));
    let documents = [Kind::Train, Kind::Application];
    let documents = documents.iter().flat_map(|&kind| portal.published_of(kind));
    feeds.extend(documents.filter_map(|&id| feed_of(portal, id)));
    feeds
}

/// Returns what the page at `route` offers to subscribe to and to download.
pub(super) fn offered<'p>(portal: &Portal<'_>, route: &Route) -> Vec<Alternate<'p>> {
    let (calendar, feeds) = match route.subject {
        Subject::Year(_) | Subject::Month(..) | Subject::Schedule(..) => {
            (Some(CALENDAR.to_owned()), Vec::new())
        }
        Subject::Plan => (Some(CALENDAR.to_owned()), vec![all_notes(), attention()]),
        Subject::Document(id)
        | Subject::Readiness(id)
        | Subject::Releases(id, _)
        | Subject::Gates(id, _)
        | Subject::Program(id, _) => (
            calendar_of(portal, id),
            feed_of(portal, id).into_iter().collect(),
        ),
        Subject::Notes(some, _) => (None, feeds_of_notes(portal, some)),
        Subject::Index(Kind::Train, _) => (Some(CALENDAR.to_owned()), vec![trains()]),
        Subject::Index(Kind::Freeze | Kind::Window | Kind::Turnover, _) => {
            (Some(CALENDAR.to_owned()), Vec::new())
        }
        Subject::Attention(_) => (None, vec![attention()]),
        Subject::History(_) => (
            None,
            portal.chronicle().map(|_| history()).into_iter().collect(),
        ),
        Subject::ForwardSchedule(_) => (Some(CALENDAR.to_owned()), Vec::new()),
        Subject::NotFound
        | Subject::Search
        | Subject::Index(..)
        | Subject::Lanes(..)
        | Subject::Versions(_)
        | Subject::Dependencies(..)
        | Subject::Register(..)
        | Subject::Report(_)
        | Subject::About
        | Subject::Slips(_)
        | Subject::Reference(_) => (None, Vec::new()),
    };
    let alternate = |to: &str, media: &'static str, title: Cow<'p, str>| Alternate {
        href: relative(&route.path, to).into(),
        media: media.into(),
        title,
    };
    let calendar = calendar.map(|to| alternate(&to, "text/calendar", "Calendar".into()));
    let mut offered: Vec<_> = calendar.into_iter().collect();
    for feed in feeds {
        for (ending, media, title) in FORMATS {
            let title = match &feed.topic {
                Topic::Audience(audience) => format!("{title} ({audience})").into(),
                Topic::Attention => format!("{title} (attention)").into(),
                _ => title.into(),
            };
            offered.push(alternate(&feed.path(ending), media, title));
        }
    }
    let data = data(portal, route).into_iter();
    offered.extend(data.map(|(to, media, title)| alternate(&to, media, title.into())));
    offered
}

fn all_notes() -> Feed {
    Feed::new("notes/feed", Topic::Notes)
}

/// Returns the feeds that tell of `some` of the notes.
fn feeds_of_notes(portal: &Portal<'_>, some: Selection) -> Vec<Feed> {
    match some {
        Selection::All => std::iter::once(all_notes())
            .chain(audiences(portal))
            .collect(),
        Selection::Train(id) | Selection::Application(id) => {
            feed_of(portal, id).into_iter().collect()
        }
        Selection::Audience(at) => {
            let name = portal.plan.config.audiences.items.get(at);
            let feed = name.and_then(|name| feed_for(&name.id.value));
            feed.into_iter().collect()
        }
    }
}

fn trains() -> Feed {
    Feed::new("trains/feed", Topic::Trains)
}

fn attention() -> Feed {
    Feed::new("attention/feed", Topic::Attention)
}

fn history() -> Feed {
    Feed::new("history/feed", Topic::History)
}

fn audiences(portal: &Portal<'_>) -> impl Iterator<Item = Feed> {
    let audiences = portal.plan.config.audiences.iter();
    audiences.filter_map(|audience| feed_for(&audience.id.value))
}

/// Returns the feed for the audience `id`. The name of a file has no room for what separates folders.
fn feed_for(id: &str) -> Option<Feed> {
    let is_name = !id.contains(['/', '\\']);
    is_name.then(|| Feed::new(format!("notes/feed-{id}"), Topic::Audience(id.into())))
}

fn feed_of(portal: &Portal<'_>, id: DocId) -> Option<Feed> {
    let has_one = matches!(
        portal.plan.document(id).kind,
        Kind::Train | Kind::Application
    );
    let stem = has_one.then(|| beside(portal, id, "feed")).flatten()?;
    Some(Feed::new(stem, Topic::Document(id)))
}

/// Returns the path of `file` in the folder of the page of the document `id`; none for what has no page of its own.
fn beside(portal: &Portal<'_>, id: DocId, file: &str) -> Option<String> {
    let folder = portal.path(id)?.strip_suffix(super::portal::HOME)?;
    Some(format!("{folder}{file}"))
}
