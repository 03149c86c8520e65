//! Files that pages need: those of the theme, and those of the plan that published bodies link to.

use super::{Build, OutputError, Sink};
use crate::pages;

/// Writes every asset.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    for (path, bytes) in build.theme.assets() {
        sink.put(path, bytes)?;
    }
    for (file, path) in pages::assets(build.portal) {
        sink.put(&path, &build.world.read(&file)?)?;
    }
    Ok(())
}
