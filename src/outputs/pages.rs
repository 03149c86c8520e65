//! Pages as files. They are rendered in parallel; each thread uses one buffer for all of its pages.

use rayon::prelude::*;

use super::{Build, OutputError, Sink};
use crate::pages::theme::TemplateError;

/// Writes every page.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let written = build
        .routes
        .par_iter()
        .try_for_each_init(Vec::new, |page, route| {
            page.clear();
            route.render(build.portal, build.theme, page)?;
            Ok(sink.put(&route.path, page)?)
        });
    match written {
        Err(OutputError::Template(error)) => Err(first(build).unwrap_or(error).into()),
        other => other,
    }
}

/// Returns the mistake in the theme that shows first, in the order of the pages: the one that is met first depends on
/// which thread was the fastest.
fn first(build: &Build<'_>) -> Option<TemplateError> {
    build.routes.iter().find_map(|route| {
        let rendered = route.render(build.portal, build.theme, &mut Vec::new());
        rendered.err().map(|error| error.on(&route.path))
    })
}
