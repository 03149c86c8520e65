//! What can be subscribed to: where the calendars and feeds of a portal are, and which of them a page offers.
//!
//! The one place that decides it, for the pages that link to them and for the outputs that write them.

use std::borrow::Cow;

use super::parts::{Alternate, relative};
use super::{Portal, Subject};
use crate::plan::{DocId, Kind};

/// The file of a calendar, beside the page whose calendar it is.
pub const CALENDAR: &str = "calendar.ics";

/// The kinds whose documents have a calendar each.
const WITH_CALENDAR: &[Kind] = &[
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
    let mut feeds = vec![notes(), trains(), attention()];
    // A plan in no repository has no history to subscribe to.
    feeds.extend(portal.chronicle().map(|_| history()));
    feeds.extend(audiences(portal));
    let documents = [Kind::Train, Kind::Application];
    let documents = documents.iter().flat_map(|&kind| portal.published_of(kind));
    feeds.extend(documents.filter_map(|&id| feed_of(portal, id)));
    feeds
}

/// Returns what the page about `subject` at `path` offers to subscribe to.
pub(super) fn offered<'p>(portal: &Portal<'_>, path: &str, subject: Subject) -> Vec<Alternate<'p>> {
    let (calendar, feeds) = match subject {
        Subject::Year(_) | Subject::Month(..) | Subject::Schedule(..) => {
            (Some(CALENDAR.to_owned()), Vec::new())
        }
        Subject::Plan => (Some(CALENDAR.to_owned()), vec![notes(), attention()]),
        Subject::Document(id)
        | Subject::Readiness(id)
        | Subject::Releases(id, _)
        | Subject::Gates(id, _)
        | Subject::Program(id, _) => (
            calendar_of(portal, id),
            feed_of(portal, id).into_iter().collect(),
        ),
        Subject::Index(Kind::Note, _) => (
            None,
            std::iter::once(notes()).chain(audiences(portal)).collect(),
        ),
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
        href: relative(path, to).into(),
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
    offered
}

fn notes() -> Feed {
    Feed::new("notes/feed", Topic::Notes)
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
    // The name of a file has no room for what separates folders.
    let named = audiences.filter(|audience| !audience.id.value.contains(['/', '\\']));
    named.map(|audience| {
        let id = &audience.id.value;
        Feed::new(format!("notes/feed-{id}"), Topic::Audience(id.clone()))
    })
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
