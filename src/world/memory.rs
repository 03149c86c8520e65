//! A plan that was never on a disk: for tests, and for what an editor holds.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::entry::{self, Entry, ReadError};
use super::{World, txtar};

/// A plan in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    entries: Vec<Entry>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// Returns a plan of the files of a [txtar] archive.
    pub fn of_txtar(archive: &str) -> Self {
        txtar::parse(archive).files.into_iter().collect()
    }

    /// Returns a plan of the files of [txtar] archives whose documents are frontmatter only, without its fences. A file of
    /// a later archive takes the place of an earlier one at its path.
    pub fn of_frontmatter(archives: &[&str]) -> Self {
        let files = archives
            .iter()
            .flat_map(|archive| txtar::parse(archive).files);
        let framed = files.map(|(path, text)| match path.ends_with(".md") {
            true => (path, format!("---\n{text}---\n")),
            false => (path, text.to_owned()),
        });
        framed.collect()
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Memory {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let files: BTreeMap<_, _> = files
            .into_iter()
            .map(|(path, bytes)| (path.into(), bytes.into()))
            .filter(|(path, _): &(String, _)| !path.split('/').any(entry::is_hidden))
            .collect();
        Self {
            entries: files.keys().map(Entry::file).collect(),
            files,
        }
    }
}

impl World for Memory {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError> {
        match self.files.get(path) {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => Err(ReadError::NoSuchFile {
                path: path.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed test may panic")]

    use super::*;

    #[test]
    fn lists_what_is_not_hidden_in_order() {
        let plan = Memory::of_txtar(
            "-- b.md --\nB\n-- a/_x/c.md --\n-- .git/config --\n-- a/b.md --\nA\n",
        );
        let paths: Vec<_> = plan
            .entries()
            .iter()
            .map(|entry| entry.path.as_str())
            .collect();
        assert_eq!(paths, ["a/b.md", "b.md"]);
        assert_eq!(&*plan.read("b.md").unwrap(), b"B\n");
        assert!(matches!(
            plan.read("a/_x/c.md"),
            Err(ReadError::NoSuchFile { .. })
        ));
    }
}
