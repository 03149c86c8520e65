//! The hidden folder beside a site where the next one is made, and the lock that keeps other builds out.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use same_file::Handle;

use super::SiteError;

const LOCK: &str = "lock";
const IGNORE: &str = ".gitignore";

/// The workshop of a site, ours alone until it is dropped.
#[derive(Debug)]
pub(super) struct Workshop {
    folder: PathBuf,
    /// The system releases the lock when the process ends, however it ends.
    lock: File,
}

impl Workshop {
    /// Opens the workshop of the site in `out`.
    ///
    /// # Errors
    /// When another build has it, when the folder in its place is not one, and when it cannot be written.
    pub(super) fn open(out: &Path) -> Result<Self, SiteError> {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let folder = out.with_file_name(format!(".{name}.trainboard"));
        if has_other_content(&folder) {
            return Err(SiteError::NotOurs { path: folder });
        }
        let lock = lock(&folder, out)?;
        sign(&folder, &lock).map_err(|error| SiteError::of_io(&folder, error))?;
        Ok(Self { folder, lock })
    }

    /// Returns the place of the next site, or of the standby.
    pub(super) fn next(&self) -> PathBuf {
        self.folder.join("next")
    }

    /// Returns the place of the old site between the two steps of a swap.
    pub(super) fn old(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Returns the place of a marker that is about to be renewed.
    pub(super) fn draft(&self) -> PathBuf {
        self.folder.join("marker")
    }
}

impl Drop for Workshop {
    /// Takes an empty workshop away. What cannot be removed here stays for the next build.
    fn drop(&mut self) {
        let _ = fs::remove_file(self.draft());
        if !self.next().exists() && !self.old().exists() {
            let _ = fs::remove_file(self.folder.join(IGNORE));
            let _ = fs::remove_file(self.folder.join(LOCK));
            let _ = fs::remove_dir(&self.folder);
        }
        // Closing the file is not enough: a process that was forked just now, such as git, has it open until it runs.
        let _ = self.lock.unlock();
    }
}

/// Writes down whose lock it is, and keeps the workshop out of the plan's repository.
fn sign(folder: &Path, mut lock: &File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.write_all(process::id().to_string().as_bytes())?;
    fs::write(folder.join(IGNORE), "*\n")
}

/// Returns whether somebody else's things are in the workshop's place. A lock is the first thing that we put there.
fn has_other_content(folder: &Path) -> bool {
    let is_empty = |mut things: fs::ReadDir| things.next().is_none();
    match fs::read_dir(folder) {
        Ok(things) => !folder.join(LOCK).is_file() && !is_empty(things),
        Err(error) => error.kind() == io::ErrorKind::NotADirectory,
    }
}

/// Takes the lock. A build that ends removes its workshop, so the lock that we have got may be that of a folder that is
/// gone: then there is another one to take.
fn lock(folder: &Path, out: &Path) -> Result<File, SiteError> {
    let path = folder.join(LOCK);
    let failed = |error| SiteError::of_io(folder, error);
    loop {
        fs::create_dir_all(folder).map_err(failed)?;
        let file = match File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
        {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(SiteError::Busy {
                    path: out.to_owned(),
                    process: fs::read_to_string(&path)
                        .ok()
                        .and_then(|text| text.parse().ok()),
                });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let ours = file
            .try_clone()
            .and_then(Handle::from_file)
            .map_err(failed)?;
        if Handle::from_path(&path).is_ok_and(|there| there == ours) {
            return Ok(file);
        }
    }
}
