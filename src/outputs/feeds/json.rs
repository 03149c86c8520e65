//! JSON Feed 1.1 (jsonfeed.org).

use serde::Serialize;

use super::{Channel, Entry, Portrait, clean};
use crate::outputs::identity::portal_title;

#[derive(Serialize)]
struct Feed {
    version: &'static str,
    title: String,
    home_page_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    language: String,
    authors: [Author; 1],
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    content_html: String,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
}

/// Returns `channel` as a JSON feed.
pub(super) fn written(portrait: Portrait<'_, '_>, channel: &Channel) -> String {
    let path = format!("{}.json", channel.stem);
    let items = channel
        .entries
        .iter()
        .map(|entry| item(portrait, &path, entry));
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: clean(&channel.title),
        home_page_url: portrait.identity.address_from(&path, &channel.page),
        feed_url: portrait.identity.address(&path),
        language: portrait.portal.locale.tag().to_owned(),
        authors: [Author {
            name: clean(portal_title(portrait.portal)),
        }],
        items: items.collect(),
    };
    // Text with text for keys can always be written.
    let mut text = serde_json::to_string(&feed).unwrap_or_default();
    text.push('\n');
    text
}

fn item(portrait: Portrait<'_, '_>, path: &str, entry: &Entry) -> Item {
    Item {
        id: portrait.identity.urn(&entry.local),
        url: portrait.identity.address_from(path, &entry.page),
        title: clean(&entry.title),
        content_html: clean(&entry.html),
        date_published: portrait.instant(entry.published).to_string(),
        date_modified: portrait.instant(entry.updated).to_string(),
        tags: entry.categories.iter().map(|tag| clean(tag)).collect(),
    }
}
