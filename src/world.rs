//! The outside world: where a plan's files come from, where its site goes, and what time it is.
//!
//! A [`World`] is one snapshot of a plan: its files were listed when it was opened, so every phase above sees the same
//! plan. [`Disk`] reads a folder, [`Revision`] reads a commit with the `git` command, [`Memory`] holds what a test or an
//! editor gave it, and [`Overlay`] is another world with other files. [`site`] publishes a portal in one atomic swap, [`repository`] tells what git knows about the plan,
//! and [`clock`] is the only clock.
//!
//! It refuses to read what lies outside the plan: a symbolic link that leaves it is listed with its [`Fault`], and a
//! path that is not listed cannot be read. It changes a plan only where a command was told to: one file at a time, whole.

use std::borrow::Cow;
use std::time::SystemTime;

pub mod clock;
pub mod git;
pub mod repository;
pub mod site;
pub mod txtar;

mod disk;
mod edit;
mod entry;
mod memory;
mod overlay;
mod revision;

pub use disk::{Disk, OpenError};
pub use edit::EditError;
pub use entry::{Entry, Fault, ReadError};
pub use memory::Memory;
pub use overlay::Overlay;
pub use revision::Revision;

/// When a file was last changed, and its size. Two stamps of a file that are the same stand for the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    changed: SystemTime,
    len: u64,
}

/// A snapshot of a plan's files.
pub trait World: Send + Sync {
    /// Returns every file of the plan, sorted by path.
    ///
    /// Names that start with `_` or `.` are never listed, nor is a folder that holds a site made by trainboard. What
    /// cannot be read is listed with its fault, so that it does not vanish unseen.
    fn entries(&self) -> &[Entry];

    /// Returns what tells the listed file at `path` from what it held before, without reading it; none where only its
    /// bytes tell.
    fn stamp(&self, _path: &str) -> Option<Stamp> {
        None
    }

    /// Returns the bytes of the listed file at `path`. Many threads may read at once.
    ///
    /// # Errors
    /// When the path is not listed, when its entry has a fault, and when the file cannot be read any more.
    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError>;
}
