//! Feeds: release notes, the moves of trains, what needs attention, and what moved in the plan, as Atom (RFC 4287) and JSON Feed 1.1.
//!
//! What a feed says depends on the plan and the day alone: an entry is dated by the plan, never by the clock, and is
//! called by a name made of its kind and id, so that it stays the same entry when its file moves or its page is corrected.
//! A portal that does not know where it is published has no full addresses: its feeds link with relative ones, and the
//! links inside their texts are left out.

mod atom;
mod attention;
mod content;
mod history;
mod json;
mod moves;
mod notes;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::identity::{Identity, portal_title};
use super::{Build, OutputError, Sink};
use crate::pages::Portal;
use crate::pages::channels::{self, FORMATS, Feed, Topic};
use crate::plan::address::{HISTORY, page_address};
use crate::text::turns;
use crate::time::{Day, Instant};
use content::Content;

/// How many entries a feed has, the newest. A reader asks again and again for all of it, with the full text of each
/// entry; what is older is found in the portal.
const NEWEST: usize = 50;

/// One feed, ready for every format.
#[derive(Clone, Debug)]
struct Channel {
    title: String,
    /// Its path without the ending of a format, from the portal's root.
    stem: String,
    /// The page that says the same, from the portal's root.
    page: String,
    /// Its entries, newest first.
    entries: Vec<Entry>,
    /// When the newest of them was last changed.
    updated: Instant,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// Its name within the portal: `note:2026-q3/fraud-3.0`.
    local: String,
    title: String,
    /// Its page, from the portal's root.
    page: String,
    /// The day that it is about.
    published: Day,
    /// The day on which what it says changed last.
    updated: Day,
    /// Words that sort it: `security`.
    categories: Vec<String>,
    /// What it says, as HTML.
    html: String,
}

/// What the writers of all formats know.
#[derive(Clone, Copy)]
struct Portrait<'s, 'p> {
    portal: &'s Portal<'p>,
    identity: &'s Identity,
}

/// Writes every feed in every format.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let identity = Identity::of(build.portal);
    let portrait = Portrait {
        portal: build.portal,
        identity: &identity,
    };
    let feeds = channels::feeds(build.portal);
    feeds.par_iter().try_for_each(|feed| {
        let channel = portrait.channel(feed);
        for (ending, ..) in FORMATS {
            let bytes = match ending {
                "atom" => atom::written(portrait, &channel),
                _ => json::written(portrait, &channel),
            };
            sink.put(&feed.path(ending), bytes.as_bytes())?;
        }
        Ok(())
    })
}

impl<'s, 'p> Portrait<'s, 'p> {
    fn channel(&self, feed: &Feed) -> Channel {
        let (portal, locale) = (self.portal, self.portal.locale);
        let content = Content::new(portal, self.identity);
        let named = |word: &str| format!("{} – {}", locale.word(word), portal_title(portal));
        let (title, page, mut entries) = match &feed.topic {
            Topic::Notes => (
                named("Release notes"),
                "notes/index.html".to_owned(),
                notes::entries(&content, None),
            ),
            Topic::Audience(audience) => {
                let title = portal
                    .plan
                    .config
                    .audiences
                    .get(audience)
                    .and_then(|of| of.value.title.as_ref());
                let title = title.map_or(&**audience, |title| &*title.value);
                (
                    format!("{} – {title}", named("Release notes")),
                    feed.page(portal),
                    notes::entries(&content.read_by(audience), None),
                )
            }
            Topic::Document(id) => {
                let mut entries = notes::entries(&content, Some(*id));
                entries.extend(moves::of_train(&content, *id));
                let page = portal.path(*id).unwrap_or_default();
                (channels::title(portal, *id), page.to_owned(), entries)
            }
            Topic::Trains => (
                named("Release trains"),
                "trains/index.html".to_owned(),
                moves::of_all(&content),
            ),
            Topic::Attention => (
                named("Attention"),
                "index.html".to_owned(),
                attention::entries(&content),
            ),
            Topic::History => (
                named("History of the plan"),
                page_address(HISTORY, 1),
                history::entries(&content),
            ),
        };
        entries.sort_by(|one, other| (other.updated, &one.local).cmp(&(one.updated, &other.local)));
        entries.truncate(NEWEST);
        let newest = entries.first().map(|entry| entry.updated);
        Channel {
            title,
            stem: feed.stem.clone(),
            page,
            entries,
            updated: self.instant(newest.unwrap_or(portal.publication.as_of)),
        }
    }

    /// Returns the instant at which `day` begins in the plan's zone.
    fn instant(&self, day: Day) -> Instant {
        self.portal.schedule.zone_of_plan().start_of(day)
    }
}

/// Returns `text` without the control characters that no feed can hold.
fn clean(text: &str) -> String {
    let is_sound = |letter: &char| {
        !letter.is_control() && !turns(*letter) && !matches!(letter, '\u{fffe}' | '\u{ffff}')
            || matches!(letter, '\n' | '\t')
    };
    text.chars().filter(is_sound).collect()
}
