//! The next site while it is made, from the standby when there is one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::SiteError;
use super::marker::{MARKER, Marker, Print};
use super::tree::Tree;

/// The next site. Dropped before it is swapped in, it is removed.
#[derive(Debug)]
pub(super) struct Next {
    root: PathBuf,
    /// What the standby held when the work began.
    standby: Tree,
    is_published: AtomicBool,
}

impl Next {
    /// Begins the next site in the folder `root`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub(super) fn begin(root: PathBuf) -> Result<Self, SiteError> {
        let failed = |error| SiteError::of_io(&root, error);
        let standby = Tree::survey(&root)?;
        match standby.input() {
            Some(_) => fs::remove_file(root.join(MARKER)).map_err(failed)?,
            None => fs::create_dir(&root).map_err(failed)?,
        }
        for stranger in standby.strangers() {
            fs::remove_file(stranger).map_err(failed)?;
        }
        Ok(Self {
            root,
            standby,
            is_published: AtomicBool::new(false),
        })
    }

    /// Writes the file `path`, unless the standby has it just so.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, path: &str, print: Print, bytes: &[u8]) -> Result<(), SiteError> {
        if self.standby.holds(path, print) {
            return Ok(());
        }
        self.put(path, |place| File::create_new(place)?.write_all(bytes))
    }

    /// Takes what has not changed from the old site, removes what is stale, and puts the marker on.
    ///
    /// # Errors
    /// When a file cannot be linked, removed or written.
    pub(super) fn complete(&self, marker: &Marker, old: &Tree) -> Result<(), SiteError> {
        marker.files().par_iter().try_for_each(|(path, print)| {
            // What the old site does not hold was written when it came.
            match old.holds(path, *print) && !self.standby.holds(path, *print) {
                true => self.put(path, |place| link(&old.place(path), place)),
                false => Ok(()),
            }
        })?;
        for path in self.standby.files().keys() {
            if !marker.files().contains_key(path) {
                self.remove(path)?;
            }
        }
        marker.save(&self.root.join(MARKER))
    }

    /// Says that the site has been swapped in: what is in the workshop from now on is the standby.
    pub(super) fn leave_standby(&self) {
        self.is_published.store(true, Ordering::Release);
    }

    /// Makes the file `path` with `make`, which must not touch a file that is there: it may be linked to the old site.
    fn put(&self, path: &str, make: impl Fn(&Path) -> io::Result<()>) -> Result<(), SiteError> {
        let place = self.root.join(path);
        if self.standby.knows(path) {
            // What cannot be removed shows itself when the file is made.
            let _ = fs::remove_file(&place);
        }
        let made = match make(&place) {
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error),
            Err(_) => self.clear(path, &place).and_then(|()| make(&place)),
            done => done,
        };
        made.map_err(|error| SiteError::of_io(&place, error))
    }

    /// Makes the folder of `place`, where the standby may have a file; and clears `place`, where it may have a folder.
    fn clear(&self, path: &str, place: &Path) -> io::Result<()> {
        for (slash, _) in path.match_indices('/') {
            if self.standby.knows(&path[..slash]) {
                // Another page below it may have done this already.
                let _ = fs::remove_file(self.root.join(&path[..slash]));
            }
        }
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        match fs::symlink_metadata(place) {
            Ok(thing) if thing.is_dir() => fs::remove_dir_all(place),
            Ok(_) => fs::remove_file(place),
            Err(_) => Ok(()),
        }
    }

    /// Removes the stale file `path` and the folders that it leaves empty.
    fn remove(&self, path: &str) -> Result<(), SiteError> {
        let place = self.root.join(path);
        match fs::symlink_metadata(&place) {
            // A page of the new site lies in a folder that has the stale file's name.
            Ok(thing) if thing.is_dir() => return Ok(()),
            Ok(_) => fs::remove_file(&place).map_err(|error| SiteError::of_io(&place, error))?,
            // Somebody removed it, or a page of the new site has the name of its folder.
            Err(_) => {}
        }
        for (slash, _) in path.rmatch_indices('/') {
            if fs::remove_dir(self.root.join(&path[..slash])).is_err() {
                break;
            }
        }
        Ok(())
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        if !self.is_published.load(Ordering::Acquire) {
            // What is left has no marker, and the next build removes it.
            let _ = remove_folder(&self.root);
        }
    }
}

/// Gives the file `from` a second name, or copies it where the disk knows no second names.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if is_about_paths(&error) => Err(error),
        Err(_) => fs::copy(from, to).map(|_| ()),
        Ok(()) => Ok(()),
    }
}

/// Returns whether a copy would fail as the link did. In particular it must not write over a file that is there.
fn is_about_paths(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, NotADirectory, NotFound, StorageFull};
    matches!(
        error.kind(),
        AlreadyExists | NotADirectory | NotFound | StorageFull
    )
}

/// Removes a folder of the workshop, with all that is in it, if it is there.
pub(super) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
