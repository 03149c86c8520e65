//! Changing a file of a plan on disk: the new text is there whole, or the old one is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Disk;

/// Why a file of the plan could not be changed.
#[derive(Debug, Error)]
#[error("cannot change {}", path.display())]
pub struct EditError {
    path: PathBuf,
    source: io::Error,
}

impl Disk {
    /// Replaces the text of the file at `path`, relative to the plan, in one step. Its permissions stay.
    ///
    /// # Errors
    /// When the file or its folder cannot be written; the old text is still there then.
    pub fn replace(&self, path: &str, text: &str) -> Result<(), EditError> {
        let file = self.root().join(path);
        replace(&file, text.as_bytes()).map_err(|source| EditError { path: file, source })
    }

    /// Writes the new file at `path`, relative to the plan, in one step; folders that lack are made.
    ///
    /// # Errors
    /// When there is something at `path`, when its folder lies outside the plan, and when it cannot be written. There is no
    /// such file then, or the one that was there before.
    pub fn create(&self, path: &str, text: &str) -> Result<(), EditError> {
        let file = self.root().join(path);
        create(self.root(), &file, text.as_bytes())
            .map_err(|source| EditError { path: file, source })
    }
}

fn create(root: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    if !folder.canonicalize()?.starts_with(root) {
        return Err(io::Error::other("its folder lies outside the plan"));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let fresh = path.with_file_name(format!(".{name}.trainboard-{}", std::process::id()));
    // Unlike a renaming, a link never takes the place of what is there.
    let written = fs::write(&fresh, bytes).and_then(|()| fs::hard_link(&fresh, path));
    _ = fs::remove_file(&fresh);
    written
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link keeps pointing where it does: the file behind it changes.
    let file = path.canonicalize()?;
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let fresh = file.with_file_name(format!(".{name}.trainboard-{}", std::process::id()));
    let written = fs::write(&fresh, bytes)
        .and_then(|()| fs::metadata(&file))
        .and_then(|metadata| fs::set_permissions(&fresh, metadata.permissions()))
        .and_then(|()| fs::rename(&fresh, &file));
    if written.is_err() {
        // The first error is the one to tell; what is left of the attempt has a hidden name.
        _ = fs::remove_file(&fresh);
    }
    written
}
