//! The site on disk: published in one atomic swap, or not at all.
//!
//! [`Site::open`] looks at what is there, [`Site::write`] takes pages from many threads at once, and [`Site::commit`]
//! swaps the whole site in. Without a commit the old site stays as it was.
//!
//! The new site grows in a *workshop*, a hidden folder beside the site. After a swap the old site waits there as the
//! *standby*: the next build brings it up to date by writing what changed and linking what it lacks, so that the cost of
//! a build grows with the change and not with the site. Files that did not change are never written again, and when
//! nothing changed nothing is touched.
//!
//! A site's folder describes itself in its [`MARKER`], which is written last: a folder in the workshop without one is
//! unfinished work. A file or folder that is younger than its marker was changed by somebody else, and is made anew.
//!
//! It refuses to replace or delete a folder that trainboard did not make, to write outside the site, and to work beside
//! another build of the same site. It does not wait for the disk to have everything safe: after a power failure, build
//! again.

mod claims;
mod error;
mod marker;
mod next;
mod swap;
mod tree;
mod workshop;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

pub use self::error::SiteError;
pub use self::marker::{Digest, MARKER};

use self::claims::Claims;
use self::marker::{Marker, Print};
use self::next::Next;
use self::tree::Tree;
use self::workshop::Workshop;

/// A site that is being built. Only one exists for a folder at a time.
#[derive(Debug)]
pub struct Site {
    out: PathBuf,
    old: Tree,
    claims: Mutex<Claims>,
    /// Made when the first file turns out to be new: most builds in a pipeline's cache change nothing.
    next: OnceLock<Next>,
    making_next: Mutex<()>,
    // Fields are dropped in order: the unfinished site goes before the workshop that it lies in.
    workshop: Workshop,
}

/// What a commit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many files are new or have other bytes than before.
    pub written: usize,
    /// How many files stayed as they were.
    pub unchanged: usize,
    /// How many files of the old site are gone.
    pub removed: usize,
    /// The size of the whole site in bytes.
    pub bytes: u64,
}

impl Site {
    /// Opens the site in the folder `out`, which need not exist, and keeps other builds out until it is dropped.
    ///
    /// A build that was killed is tidied up first.
    ///
    /// # Errors
    /// When the folder is not trainboard's, when another build is at work, and when the folder beside it cannot be
    /// written.
    pub fn open(out: &Path) -> Result<Self, SiteError> {
        let out = swap::real_place(out)?;
        swap::holds_site(&out)?;
        let workshop = Workshop::open(&out)?;
        swap::recover(&workshop, &out)?;
        let old = Tree::survey(&out)?;
        Ok(Self {
            out,
            old,
            claims: Mutex::default(),
            next: OnceLock::new(),
            making_next: Mutex::new(()),
            workshop,
        })
    }

    /// Returns whether the site was built from `input` and nobody has changed a file of it since.
    pub fn is_current(&self, input: Digest) -> bool {
        self.old.is_whole() && self.old.input() == Some(input)
    }

    /// Puts the file `path` into the new site.
    ///
    /// # Errors
    /// When `path` is not a plain relative path with forward slashes, when another file of this build has the same path
    /// on a disk that ignores case, and when it cannot be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SiteError> {
        let print = Print::of(bytes);
        self.claims
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .add(path, print)?;
        if self.old.holds(path, print) {
            return Ok(());
        }
        self.next()?.write(path, print, bytes)
    }

    /// Swaps the new site in: it holds what was written since it was opened, and nothing else.
    ///
    /// `input` is remembered for [`Site::is_current`].
    ///
    /// # Errors
    /// When the new site cannot be finished; the old one then stays as it was.
    pub fn commit(self, input: Digest) -> Result<Tally, SiteError> {
        let claims = self
            .claims
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let marker = Marker::new(input, claims.into_files());
        let tally = self.tally(&marker);
        if self.is_unchanged(&marker) {
            self.remember_input(&marker)?;
            return Ok(tally);
        }
        let next = self.next()?;
        next.complete(&marker, &self.old)?;
        swap::publish(&self.workshop, &self.out)?;
        next.leave_standby();
        Ok(tally)
    }

    /// Returns the unfinished new site, and begins it when there is none yet.
    fn next(&self) -> Result<&Next, SiteError> {
        if let Some(next) = self.next.get() {
            return Ok(next);
        }
        let _alone = self
            .making_next
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(next) = self.next.get() {
            return Ok(next);
        }
        let next = Next::begin(self.workshop.next())?;
        Ok(self.next.get_or_init(|| next))
    }

    fn is_unchanged(&self, marker: &Marker) -> bool {
        self.next.get().is_none() && self.old.is_whole() && self.old.files() == marker.files()
    }

    /// Renews the marker of a site whose files are as they should be.
    fn remember_input(&self, marker: &Marker) -> Result<(), SiteError> {
        let path = self.out.join(MARKER);
        if !path.exists() {
            return Err(SiteError::Vanished {
                path: self.out.clone(),
            });
        }
        if self.old.input() == Some(marker.input()) {
            return Ok(());
        }
        let draft = self.workshop.draft();
        marker.save(&draft)?;
        fs::rename(&draft, &path).map_err(|error| SiteError::of_io(&path, error))
    }

    fn tally(&self, marker: &Marker) -> Tally {
        let (old, new) = (self.old.files(), marker.files());
        let is_same = |(path, print): (&String, &Print)| old.get(path) == Some(print);
        let unchanged = new.iter().filter(|file| is_same(*file)).count();
        Tally {
            written: new.len() - unchanged,
            unchanged,
            removed: old.keys().filter(|path| !new.contains_key(*path)).count(),
            bytes: new.values().map(|print| print.len).sum(),
        }
    }
}

#[cfg(test)]
mod tests;
