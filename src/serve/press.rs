//! What is served, as the server sees it: a press that prints editions, one after another.
//!
//! How a plan is read and how its pages are made is not known here. The command line says it through [`Press`]: asked
//! to print, it makes an [`Edition`] in a scope of its own, with whatever that borrows, and offers it on a [`Stand`]. It
//! stays there until a later one takes its place.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use super::changes::Changes;
use super::counter::Stand;

/// A plan that is printed again whenever it changes.
pub trait Press: Sync {
    /// Returns what tells that the plan has changed.
    fn watched(&self) -> Watched;

    /// Prints the plan as it is now and offers it on `stand`, until a later edition takes its place. `changes` is what
    /// changed since it was last asked to.
    ///
    /// # Errors
    /// There is nothing to offer; the text is the report for the reader. The edition before stays.
    fn print(&self, changes: &Changes, stand: &Stand<'_>) -> Result<(), String>;

    /// Returns a number that changes when a file of the plan does, for when nothing tells of changes.
    fn fingerprint(&self) -> u64;

    /// Returns whether the last edition holds although no file changed: a new day makes a new one.
    fn holds(&self) -> bool {
        true
    }

    /// Takes note of what happened.
    fn note(&self, news: &News<'_>);
}

/// What tells that a plan has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// The plan's folder.
    pub root: PathBuf,
    /// Single files elsewhere: what git changes when another commit is checked out.
    pub files: Vec<PathBuf>,
    /// Whether to look at the files again and again instead of waiting for the system to tell.
    pub only_look: bool,
}

/// What happened.
#[derive(Debug)]
pub enum News<'n> {
    /// An edition is offered, or a page of it was renewed, so long after the changes were known.
    Offered {
        /// What changed.
        changes: &'n Changes,
        /// How long it took.
        took: Duration,
    },
    /// There is nothing to offer; the edition before stays.
    Spoilt {
        /// The report for the reader.
        report: &'n str,
    },
    /// The system does not tell of changes, and the files are looked at again and again.
    Looking {
        /// Why.
        reason: &'n str,
    },
}

/// The files of a site, made when they are asked for.
pub trait Edition: Sync {
    /// Returns the file `path`, with forward slashes; none when the site has no such file.
    ///
    /// # Errors
    /// It cannot be made; the text is the report for the reader.
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String>;

    /// Takes up `changes` at once, so that the pages on which they show most are already as the next edition will have
    /// them. Returns whether that was possible for all of them.
    fn revise(&self, _changes: &Changes) -> bool {
        false
    }
}

/// What readers are told beside the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// One line: `2 errors, 1 warning`.
    pub title: String,
    /// Whether it is about errors.
    pub is_grave: bool,
    /// The whole report, as lines of equally wide letters.
    pub text: String,
}
