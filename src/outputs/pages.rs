//! Pages as files. They are rendered in parallel; each thread uses one buffer for all of its pages.

use rayon::prelude::*;

use super::{Build, OutputError, Sink};

/// Writes every page.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    build
        .routes
        .par_iter()
        .try_for_each_init(Vec::new, |page, route| {
            page.clear();
            route.render(build.portal, build.theme, page)?;
            Ok(sink.put(&route.path, page)?)
        })
}
