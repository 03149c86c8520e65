//! The files that a plan was read from: what every location points into.

use std::sync::{Arc, OnceLock};

use super::{FileId, LineIndex, Location, Position};

/// One file of the plan.
#[derive(Debug)]
pub struct Source {
    /// Path relative to the plan, with forward slashes.
    pub path: String,
    /// Its text; bytes that are not UTF-8 are replaced by U+FFFD.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Returns the source of the file at `path`.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// Returns where the file's lines start. Most files never need it, so it is made when first asked for.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Returns the position of the byte at `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }
}

/// All files of a plan, by [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(source);
        id
    }

    /// Returns the file `id`, which these sources gave out.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// Returns every file with its id, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// Returns where `location` starts and ends, for a reader.
    pub fn positions(&self, location: Location) -> (Position, Position) {
        let source = self.get(location.file);
        (
            source.position(location.span.start),
            source.position(location.span.end),
        )
    }

    /// Returns the text that `location` covers.
    pub fn slice(&self, location: Location) -> &str {
        self.get(location.file)
            .text
            .get(location.span.range())
            .unwrap_or_default()
    }
}
