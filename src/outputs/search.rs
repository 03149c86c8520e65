//! The search index as files: `search/…`, read by the search page alone.

use super::{Build, OutputError, Sink};
use crate::pages::search_index;

/// Writes every file of the index.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    search_index(build.portal)
        .files()
        .try_for_each(|file| Ok(sink.put(&file.path, &file.bytes)?))
}
