//! Where finished files go.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::world::site::{Site, SiteError};

/// Takes finished files, from many threads at once.
pub trait Sink: Sync {
    /// Takes the file at `path`, relative to the portal's root.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), SiteError>;
}

impl Sink for Site {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), SiteError> {
        self.write(path, bytes)
    }
}

/// A portal in memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Memory {
    /// Returns the files by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), SiteError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}
