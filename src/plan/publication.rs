//! What is published: the one place that decides it, for pages, feeds, calendars, search and JSON together.

use super::{DocId, Plan};
use crate::time::Day;

/// For which day, and with or without drafts, the portal is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The day that counts as today.
    pub as_of: Day,
    /// Whether documents marked `draft: true` are published.
    pub drafts: Drafts,
}

/// What becomes of drafts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    /// They are checked, and stay unpublished.
    #[default]
    Hidden,
    /// They are published like the rest.
    Shown,
}

impl Plan {
    /// Returns whether the document `id` is published: it is no hidden draft, its `publish_after` has come, and so has
    /// that of the document that it is written inside of (content model, section 3).
    pub fn is_published(&self, id: DocId, publication: Publication) -> bool {
        let document = self.document(id);
        let hidden = document.common.draft && publication.drafts == Drafts::Hidden;
        let after = document.common.publish_after.as_ref();
        let early = after.is_some_and(|after| {
            after
                .days()
                .is_none_or(|days| days.last > publication.as_of)
        });
        let host = document
            .host
            .is_none_or(|host| self.is_published(host, publication));
        !hidden && !early && host
    }

    /// Returns whether `audience` may read the document `id`: it names nobody, or this audience, and so does the
    /// document that it is written inside of. Without an audience the reader is anyone who has the whole portal.
    pub fn may_read(&self, id: DocId, audience: Option<&str>) -> bool {
        let Some(name) = audience else { return true };
        let document = self.document(id);
        let named = &document.common.audience;
        let is_meant = named.is_empty() || named.iter().any(|of| *of.value == *name);
        is_meant
            && document
                .host
                .is_none_or(|host| self.may_read(host, audience))
    }
}
