//! A plan with other contents in some of its files: what would be if they were written, or what was before they were.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Entry, ReadError, World};

/// Another world, and files in it that may not exist there, or have another content, or are not there any more.
pub struct Overlay<'w> {
    below: &'w dyn World,
    entries: Vec<Entry>,
    files: BTreeMap<String, Option<Vec<u8>>>,
}

impl<'w> Overlay<'w> {
    /// Returns the world `below` in which the file at `path` holds `text`.
    pub fn new(below: &'w dyn World, path: &str, text: &str) -> Self {
        let file = (path.to_owned(), Some(text.as_bytes().to_owned()));
        Self::with(below, BTreeMap::from([file]))
    }

    /// Returns the world `below` in which each of `files` holds its content; one without is not there.
    pub fn with(below: &'w dyn World, files: BTreeMap<String, Option<Vec<u8>>>) -> Self {
        let others = below.entries().iter();
        let others = others.filter(|entry| !files.contains_key(&entry.path));
        let mut entries: Vec<_> = others.cloned().collect();
        let there = files.iter().filter(|(_, content)| content.is_some());
        entries.extend(there.map(|(path, _)| Entry::file(path.clone())));
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            below,
            entries,
            files,
        }
    }
}

impl World for Overlay<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError> {
        match self.files.get(path) {
            Some(Some(content)) => Ok(Cow::Borrowed(content)),
            Some(None) => Err(ReadError::NoSuchFile {
                path: path.to_owned(),
            }),
            None => self.below.read(path),
        }
    }
}
