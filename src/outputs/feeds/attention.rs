//! What needs attention, as entries: what is late, and what falls due soon.
//!
//! An entry comes when its day is near and changes on the day after it, when it is late; it goes when it is done.

use super::Entry;
use super::content::{Content, escaped};
use crate::lifecycle::{Due, DueKind, SOON};
use crate::markdown;
use crate::pages::parts::State;

/// Returns everything published that is late or falls due soon.
pub(super) fn entries(content: &Content<'_, '_>) -> Vec<Entry> {
    let due = content.portal.progress.due(SOON).into_iter();
    let due = due.filter(|due| content.portal.path(due.document).is_some());
    due.map(|due| entry(content, &due)).collect()
}

fn entry(content: &Content<'_, '_>, due: &Due<'_>) -> Entry {
    let portal = content.portal;
    let document = portal.plan.document(due.document);
    let is_late = due.is_late(portal.publication.as_of);
    let appeared = due.due.plus(-i64::from(SOON)).unwrap_or(due.due);
    let state = portal
        .locale
        .word(if is_late { "Overdue" } else { "Due soon" });
    let what = markdown::plain(due.title);
    let kind = due.kind.word();
    // A milestone is a document itself: what it is promised for says more.
    let belongs = document.belongs;
    let owner = belongs.release.or(belongs.train);
    let about = owner
        .filter(|_| due.kind == DueKind::Milestone)
        .unwrap_or(due.document);
    let mut html = format!(
        "<p>{}: {} ({})</p>\n<p>{}",
        escaped(portal.locale.word(&State::new(kind).word)),
        content.inline(due.document, due.title),
        content.day(due.due),
        content.link(about),
    );
    if let Some(owner) = due.owner {
        html.push_str(&format!(", {}", content.who(owner)));
    }
    if let Some(role) = due.role {
        html.push_str(&format!(", {}", escaped(role)));
    }
    html.push_str("</p>\n");
    let gate = due.gate.map_or_else(String::new, |gate| format!("{gate}-"));
    Entry {
        local: format!("{}:{}#{kind}-{gate}{}", document.kind, document.id, due.id),
        title: format!("{state}: {what} – {}", content.title(about)),
        page: portal.path(due.document).unwrap_or_default().to_owned(),
        published: appeared,
        updated: if is_late { due.due.next() } else { appeared },
        categories: vec![if is_late { "overdue" } else { "due" }.to_owned()],
        html,
    }
}
