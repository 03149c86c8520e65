//! What moved in the plan, as entries: one for each commit that changed something published. A commit never changes, and
//! neither does its entry.

use super::Entry;
use super::content::{Content, escaped};
use crate::pages::{Seen, anchor, sentences};
use crate::plan::address::{HISTORY, page_address};

/// Returns the newest commits.
pub(super) fn entries(content: &Content<'_, '_>) -> Vec<Entry> {
    let story = content.portal.story();
    let newest = story.commits.iter().take(super::NEWEST).enumerate();
    newest
        .map(|(at, seen)| {
            let page = page_address(HISTORY, story.page_of(at));
            entry(content, seen, &page)
        })
        .collect()
}

fn entry(content: &Content<'_, '_>, seen: &Seen<'_>, page: &str) -> Entry {
    let moved = seen.moved;
    let sentences = sentences(content.portal, seen);
    let lines = sentences
        .iter()
        .map(|line| format!("<li>{}</li>\n", escaped(line)));
    let html = format!(
        "<p>{}, {}</p>\n<ul>\n{}</ul>\n",
        escaped(&moved.commit.author),
        content.day(seen.day),
        lines.collect::<String>()
    );
    Entry {
        local: format!("commit:{}", moved.commit.id),
        title: moved.commit.subject.clone(),
        page: format!("{page}#{}", anchor(moved)),
        published: seen.day,
        updated: seen.day,
        categories: vec!["history".to_owned()],
        html,
    }
}
