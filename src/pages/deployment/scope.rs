//! What a freeze or a window covers, in words and as links, and which of them name a document.

use crate::pages::blocks;
use crate::pages::listing::{listed, nearness, referrers};
use crate::pages::parts::{Block, Fact, Section, Value};
use crate::pages::view::View;
use crate::plan::kinds::freeze::Freeze;
use crate::plan::kinds::window::Window;
use crate::plan::parts::scope::Scope;
use crate::plan::value::{Reference, Text};
use crate::plan::{Doc, DocId, OfKind};
use crate::time::DayRange;

/// Returns what `scope` covers in words: `Cards, Payments Hub in Production, except emergency`.
pub(in crate::pages) fn scope_words<'p>(view: &View<'p>, scope: Option<&'p Scope>) -> Value<'p> {
    match scope {
        None => Value::word("everything"),
        scope => scope_in_words(view, scope).into(),
    }
}

/// Returns what `scope` covers in words, as plain text.
pub fn scope_in_words<'p>(view: &View<'p>, scope: Option<&'p Scope>) -> String {
    let locale = view.portal.locale;
    let Some(scope) = scope else {
        return locale.word("everything").to_owned();
    };
    let environments = names(view, scope.environments.iter().map(|of| &**of), &[]);
    let applications = names(view, scope.applications.iter().map(|of| &**of), &[]);
    let types = names(view, [], &scope.types);
    let mut words = match (applications.as_str(), environments.as_str()) {
        ("", "") => locale.word("everything").to_owned(),
        ("", only) | (only, "") => only.to_owned(),
        (what, place) => locale.phrase("{what} in {place}", &[("what", &what), ("place", &place)]),
    };
    if !types.is_empty() {
        words = locale.phrase(
            "{what}, only {types}",
            &[("what", &words), ("types", &types)],
        );
    }
    let except = scope.except.as_ref().map(|except| {
        let environments = except.environments.iter().map(|of| &**of);
        names(
            view,
            environments.chain(except.applications.iter().map(|of| &**of)),
            &except.types,
        )
    });
    if let Some(except) = except.filter(|names| !names.is_empty()) {
        words = locale.phrase(
            "{what}, except {rest}",
            &[("what", &words), ("rest", &except)],
        );
    }
    words
}

/// Returns the titles of what `references` mean and the words of `types`, one after the other.
fn names<'p>(
    view: &View<'p>,
    references: impl IntoIterator<Item = &'p Reference>,
    types: &'p [Text],
) -> String {
    let title = |reference: &'p Reference| match reference.target {
        Some(target) if view.portal.path(target).is_some() => {
            &*view.portal.plan.document(target).title
        }
        _ => &*reference.written,
    };
    let titles = references.into_iter().map(title);
    let names: Vec<_> = titles.chain(types.iter().map(|of| &*of.value)).collect();
    names.join(", ")
}

/// Returns each part of what `scope` covers, with links.
pub(in crate::pages) fn scope_facts<'p>(
    view: &View<'p>,
    scope: Option<&'p Scope>,
) -> Option<Block<'p>> {
    let scope = scope?;
    let covered = [
        Fact::new("Environments", view.references(&scope.environments)),
        Fact::new("Applications", view.references(&scope.applications)),
        Fact::new("Types of release", view.texts(&scope.types)),
    ];
    let left_out = scope.except.iter().flat_map(|except| {
        [
            Fact::new("Except environments", view.references(&except.environments)),
            Fact::new("Except applications", view.references(&except.applications)),
            Fact::new("Except types of release", view.texts(&except.types)),
        ]
    });
    blocks::facts(covered.into_iter().chain(left_out))
}

/// Returns the freezes and the windows whose scope names one of `covered`.
pub(in crate::pages) fn naming<'p>(view: &View<'p>, covered: &[DocId]) -> [Section<'p>; 2] {
    [freezes(view, covered), windows(view, covered)]
}

fn freezes<'p>(view: &View<'p>, covered: &[DocId]) -> Section<'p> {
    let mut freezes = in_scope::<Freeze>(view, covered);
    freezes.sort_by_key(|freeze| nearness(view.as_of(), days_ahead(freeze)));
    let rows = listed(view, "Freezes that name it", "", &freezes);
    blocks::section("named-by-freezes", "Freezes that name it", rows)
}

/// Returns the days of a freeze; one that repeats is never over for good, so its first days do not tell.
fn days_ahead(freeze: &Freeze) -> Option<DayRange> {
    let days = freeze.planned.as_ref().and_then(|planned| planned.days());
    days.filter(|_| freeze.repeats.is_none())
}

fn windows<'p>(view: &View<'p>, covered: &[DocId]) -> Section<'p> {
    let mut windows = in_scope::<Window>(view, covered);
    windows.sort_by_key(|window| has_ended(view, window));
    let rows = listed(view, "Maintenance windows that name it", "", &windows);
    blocks::section("named-by-windows", "Maintenance windows that name it", rows)
}

/// Returns whether `window` opens no more.
pub(in crate::pages) fn has_ended(view: &View<'_>, window: &Window) -> bool {
    let until = window.until.as_ref().and_then(|until| until.days());
    until.is_some_and(|until| until.last < view.as_of())
}

/// Returns the documents of the kind `T` whose scope names one of `covered`, each once, by id.
fn in_scope<'p, T: OfKind + 'p>(view: &View<'p>, covered: &[DocId]) -> Vec<Doc<'p, T>> {
    let naming = covered
        .iter()
        .flat_map(|&id| referrers::<T>(view, id, "scope"));
    let mut found: Vec<_> = naming.collect();
    found.sort_by_key(|doc| doc.id);
    found.dedup_by_key(|doc| doc.id);
    found
}
