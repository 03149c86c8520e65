//! Pages as files, and what they say as data beside them. They are made in parallel; each thread uses one buffer for all
//! of its pages.

mod data;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::entry::json;
use super::{Build, OutputError, Sink};
use crate::pages::channels::data_of_page;
use crate::pages::theme::TemplateError;
use crate::pages::{Layout, Revised, Route};

pub use data::schema;

/// Writes every page.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let written = build
        .routes
        .par_iter()
        .try_for_each_init(Vec::new, |html, route| {
            let Some(layout) = route.layout(build.portal) else {
                return Ok(());
            };
            if let Some(path) = data_of_page(route)
                && let Some(bytes) = said(build, route, &layout)
            {
                sink.put(&path, &bytes)?;
            }
            html.clear();
            layout.render(build.theme, html)?;
            Ok(sink.put(&route.path, html)?)
        });
    match written {
        Err(OutputError::Template(error)) => Err(first(build).unwrap_or(error).into()),
        other => other,
    }
}

/// Adds the page at `route`, with the body `revised` for its own, to `html`; none when there is nothing at its address.
pub(super) fn page(
    build: &Build<'_>,
    route: &Route,
    revised: Option<&Revised>,
    html: &mut Vec<u8>,
) -> Result<Option<()>, TemplateError> {
    let layout = match revised {
        Some(revised) => route.revised(build.portal, revised),
        None => route.layout(build.portal),
    };
    layout
        .map(|layout| layout.render(build.theme, html))
        .transpose()
}

/// Returns what the page at `route` says as data.
pub(super) fn said(build: &Build<'_>, route: &Route, layout: &Layout<'_>) -> Option<Vec<u8>> {
    json(&data::of(build.portal, route, &layout.page))
}

/// Returns the mistake in the theme that shows first, in the order of the pages: the one that is met first depends on
/// which thread was the fastest.
fn first(build: &Build<'_>) -> Option<TemplateError> {
    build.routes.iter().find_map(|route| {
        let layout = route.layout(build.portal)?;
        let rendered = layout.render(build.theme, &mut Vec::new());
        rendered.err().map(|error| error.on(&route.path))
    })
}
