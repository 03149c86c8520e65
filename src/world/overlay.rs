//! A plan with one more file than another: what would be if it were written.

use std::borrow::Cow;

use super::{Entry, ReadError, World};

/// Another world, and one file in it that may not exist there.
pub struct Overlay<'w> {
    below: &'w dyn World,
    entries: Vec<Entry>,
    path: String,
    text: String,
}

impl<'w> Overlay<'w> {
    /// Returns the world `below` in which the file at `path` holds `text`.
    pub fn new(below: &'w dyn World, path: &str, text: &str) -> Self {
        let others = below.entries().iter().filter(|entry| entry.path != path);
        let mut entries: Vec<_> = others.cloned().collect();
        entries.push(Entry::file(path.to_owned()));
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            below,
            entries,
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }
}

impl World for Overlay<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError> {
        match path == self.path {
            true => Ok(Cow::Borrowed(self.text.as_bytes())),
            false => self.below.read(path),
        }
    }
}
