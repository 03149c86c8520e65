//! Release notes.

use crate::plan::kinds::{release::Release, train::Train};
use crate::plan::record::{choices, record};
use crate::plan::value::{Listed, Ref, Text, VersionText, When};
use crate::text::Spanned;

record! {
    /// A release note, or a fragment of one.
    ///
    /// Fragments of a release are gathered into its note by category; a note may be whole prose instead.
    Note {
        /// The train that it is about. Without it, the one whose folder it is in.
        train: Option<Ref<Train>>,
        /// The release that it is about.
        release: Option<Ref<Release>>,
        /// The version that it is about, in quotes.
        version: Option<Spanned<VersionText>>,
        /// Its date.
        date: Option<When>,
        /// The ids of the scope items that it tells of.
        items: Vec<Text>,
        /// What was wrong in it, and when that was found.
        errata: Listed<Erratum>,
        /// The older versions that it holds for as well (backports).
        applies_to: Vec<Spanned<VersionText>>,
        /// The category that it is a fragment for. Without it, it is a whole note.
        fragment: Option<Spanned<FragmentCategory>>,
    }
}

record! {
    /// A correction to a note.
    Erratum {
        /// The day on which it was found.
        @required date: Option<When>,
        /// What is right.
        @required text: Option<Text>,
    }
}

choices! {
    /// What a fragment of a note tells of.
    FragmentCategory or "note/unknown-category" {
        /// Something new.
        Added = "added",
        /// Something that works differently.
        Changed = "changed",
        /// Something that will go.
        Deprecated = "deprecated",
        /// Something that is gone.
        Removed = "removed",
        /// Something that works again.
        Fixed = "fixed",
        /// Something that was unsafe.
        Security = "security",
        /// Something that does not work yet.
        KnownIssue = "known-issue",
        /// Something to do when upgrading.
        Upgrade = "upgrade",
    }
}
