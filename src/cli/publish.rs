//! From a judged plan to its portal: what `build` and `serve` share.

use std::collections::BTreeMap;

use super::plan::Judged;
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::diff::Chronicle;
use crate::outputs::{self, Build, OutputError, Sink};
use crate::pages::parts::{Link, Site};
use crate::pages::theme::{Overlay, TemplateError, shipped};
use crate::pages::{Portal, Route, Theme, menu};
use crate::text::{Location, Source, Span};
use crate::world::World;
use crate::world::repository::Commit;

/// Makes every file of the portal of `judged`, of which git knows `commit` and `chronicle`, and hands it to `sink`.
pub(super) fn publish(
    judged: &Judged,
    past: (Option<&Commit>, Option<&Chronicle>),
    sink: &dyn Sink,
) -> Result<(), OutputError> {
    with_build(judged, past, |build| outputs::write(build, sink))
}

/// Returns what `make` makes of the portal of `judged`, of which git knows `commit` and `chronicle`.
pub(super) fn with_build<T>(
    judged: &Judged,
    (commit, chronicle): (Option<&Commit>, Option<&Chronicle>),
    make: impl FnOnce(&Build<'_>) -> Result<T, OutputError>,
) -> Result<T, OutputError> {
    let config = &judged.plan.config;
    let language = config.locale.as_ref().map_or("en", |locale| &*locale.value);
    let theme = Theme::new(language, &overlay(judged)?)?;
    let locale = theme.locale().clone();
    let portal = Portal::new(
        &judged.plan,
        judged.publication,
        &locale,
        &judged.diagnostics,
    );
    let portal = match chronicle {
        Some(chronicle) => portal.with_history(chronicle),
        None => portal,
    };
    let routes = crate::pages::routes(&portal);
    let theme = theme.with_site(&site(&portal, &routes, commit));
    make(&Build {
        portal: &portal,
        routes: &routes,
        theme: &theme,
        world: &*judged.world,
    })
}

/// Returns the files of the plan's own theme, by their path in it.
///
/// # Errors
/// There is no such theme.
pub(super) fn overlay(judged: &Judged) -> Result<Overlay, TemplateError> {
    let Some(theme) = &judged.plan.config.theme else {
        return Ok(BTreeMap::new());
    };
    let folder = format!("{}/", theme.trim_start_matches("./").trim_end_matches('/'));
    let files = judged
        .world
        .entries()
        .iter()
        .filter_map(|entry| Some((entry.path.strip_prefix(&folder)?, &entry.path)));
    let read =
        |world: &dyn World, path: &str| world.read(path).ok().map(|bytes| bytes.into_owned());
    let own: Overlay = files
        .filter_map(|(name, path)| Some((name.to_owned(), read(&*judged.world, path)?)))
        .collect();
    match own.is_empty() {
        true => shipped(&theme.value).ok_or_else(|| TemplateError::unknown(&theme.value)),
        false => Ok(own),
    }
}

/// Returns what all pages share.
pub(super) fn site<'p>(
    portal: &'p Portal<'p>,
    routes: &[Route],
    commit: Option<&Commit>,
) -> Site<'p> {
    let config = &portal.plan.config;
    let title = config
        .title
        .as_ref()
        .map_or("Release plan", |title| &*title.value);
    let repository = config
        .repository
        .as_ref()
        .and_then(|repository| repository.url.as_ref());
    let built_from = commit.map(|commit| {
        let short = commit.id.get(..10).unwrap_or(&commit.id).to_owned();
        let url = repository.map_or_else(String::new, |url| {
            format!(
                "{}/commit/{}",
                url.value.0.trim_end_matches('/').trim_end_matches(".git"),
                commit.id
            )
        });
        Link::new(url, short)
    });
    Site {
        title: title.into(),
        menu: menu::main(portal, routes),
        index: menu::all(),
        generator: concat!("trainboard ", env!("CARGO_PKG_VERSION")).into(),
        commit: built_from,
        as_of: portal.dates().day(portal.publication.as_of.0).bare(),
    }
}

/// Turns a mistake in the plan's theme into a diagnostic, so that it is reported like any other fault.
pub(super) fn report_template(judged: &mut Judged, error: &TemplateError) {
    let at = match error.template.is_empty() {
        true => named(judged),
        false => Some(place(judged, error)),
    };
    let Some(at) = at else { return };
    let finding = Finding::new("portal/template-error", at, error.fact());
    let hint = match error.template.is_empty() {
        true => "name a folder of the plan with templates or assets in it, or a theme that ships",
        false => "mend the template, or remove it from the theme: the default one takes its place",
    };
    judged.diagnostics.push(Diagnostic {
        severity: Severity::Error,
        finding: finding.hint(hint),
    });
}

/// Returns where the plan names its theme.
fn named(judged: &Judged) -> Option<Location> {
    let span = judged.plan.config.theme.as_ref()?.span;
    Some(Location::new(judged.plan.config_file?, span))
}

/// Returns where the mistake `error` is; its file is made known to the plan's sources.
fn place(judged: &mut Judged, error: &TemplateError) -> Location {
    let folder = judged
        .plan
        .config
        .theme
        .as_ref()
        .map_or("themes/default", |theme| theme.trim_end_matches('/'));
    let path = format!("{}/{}", folder.trim_start_matches("./"), error.template);
    let text = judged
        .world
        .read(&path)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    let source = Source::new(path, text);
    let start = source
        .lines()
        .start_of(&source.text, u32::try_from(error.line).unwrap_or(1));
    let span = Span::at(start + error.column.saturating_sub(1));
    let file = judged.plan.sources.add(source);
    Location::new(file, span)
}
