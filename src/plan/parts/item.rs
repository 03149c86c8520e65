//! The scope of a release: what goes in.

use crate::plan::kinds::change::Change;
use crate::plan::record::{choices, record};
use crate::plan::value::{Ref, Text, Url};
use crate::text::Spanned;

record! {
    /// One thing that a release brings.
    Item {
        /// What sort of thing it is.
        category: Option<Spanned<ItemCategory>>,
        /// What it brings.
        title: Option<Text>,
        /// Where it is tracked.
        url: Option<Spanned<Url>>,
        /// Where it stands.
        status: Option<Spanned<ItemStatus>>,
        /// The change request that it belongs to.
        change: Option<Ref<Change>>,
        /// `none` when it is not worth a release note.
        note: Option<Text>,
    }
}

choices! {
    /// What sort of thing an item is.
    ItemCategory {
        /// The business asked for it.
        BusinessRequest = "business-request",
        /// Work that nobody outside sees.
        Task = "task",
        /// A fault that it mends.
        Defect = "defect",
        /// Something that gets better.
        Enhancement = "enhancement",
        /// The law asks for it.
        Regulatory = "regulatory",
    }
}

choices! {
    /// Where an item stands.
    ItemStatus {
        /// It is to be done.
        Open = "open",
        /// It is in.
        Done = "done",
        /// It has left the release.
        Dropped = "dropped",
        /// It was in and came back.
        Reopened = "reopened",
    }
}
