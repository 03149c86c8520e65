//! Applications: which version is where, what ships next, what it is made of and what it runs on.

use std::cmp::Reverse;

use crate::pages::blocks;
use crate::pages::deployment::{naming, versions_of};
use crate::pages::listing::{MOST_ROWS, capped, document, newest, referrers};
use crate::pages::notes;
use crate::pages::parts::{Block, Fact, Section, State, Value};
use crate::pages::sections::depending_on;
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::kinds::application::Application;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::parts::lifecycle::{Stage, Transition};
use crate::plan::value::{Choices, Listed, Map, Period};
use crate::plan::{Doc, DocId, Plan};
use crate::time::Date;

impl Show for Application {
    const COLUMNS: &'static [&'static str] =
        &["Application", "Team", "Criticality", "Owner", "Releases"];

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let application = doc.fields;
        vec![
            Fact::new("Next release", next(view, doc.id)),
            Fact::new("Owner", view.who(doc.document.common.owner.as_ref())),
            Fact::new("Team", view.maybe(application.team.as_ref())),
            Fact::new("Criticality", view.choice(application.criticality.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let plan = view.portal.plan;
        let mut releases: Vec<_> = releases(view, doc.id).collect();
        let versions = versions_of(view, doc.id);
        releases.sort_by_cached_key(|release| {
            let days = release_date(plan, *release).and_then(Date::days);
            (newest(days), Reverse(release.id))
        });
        let [freezes, windows] = naming(view, &wholes(view, doc.id));
        let ids: Vec<DocId> = releases.iter().map(|release| release.id).collect();
        vec![
            blocks::section("versions", "What is where", [blocks::told(versions)]),
            blocks::section("releases", "Releases", shown(view, &releases)),
            depending_on(view, doc.id, &ids),
            Section::new("notes", "Release notes").more(notes::link_to(view, doc.id)),
            makeup(view, doc),
            freezes,
            windows,
        ]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let application = doc.fields;
        vec![
            view.document(doc.id),
            view.maybe(application.team.as_ref()),
            view.choice(application.criticality.as_ref()),
            view.who(doc.document.common.owner.as_ref()),
            blocks::count(releases(view, doc.id).count()),
        ]
    }
}

/// Returns the first of `releases`, each with its date.
fn shown<'p>(view: &View<'p>, releases: &[Doc<'p, Release>]) -> [Option<Block<'p>>; 2] {
    let plan = view.portal.plan;
    let columns = ["Release", "Version", "Date", "Stage", "Train"];
    let first = releases.iter().take(MOST_ROWS);
    let table = blocks::table("Releases, newest first", columns, first, |release| {
        let date = release_date(plan, *release);
        [
            view.document(release.id),
            view.version(release.fields.version.as_ref()),
            date.map_or(Value::Empty, |date| view.of(release.id).date(date)),
            plan.stage_of(release.id).map(State::new).into(),
            document(view, release.document.belongs.train),
        ]
    });
    capped(view, table, releases.len())
}

/// Returns what the application is made of and where it is kept.
fn makeup<'p>(view: &View<'p>, doc: Doc<'p, Application>) -> Section<'p> {
    let application = doc.fields;
    let wholes =
        referrers::<Application>(view, doc.id, "contains").map(|whole| view.document(whole.id));
    let versioning = application
        .versioning
        .as_ref()
        .map(|scheme| scheme.to_string());
    let facts = [
        Fact::new("Way to production", view.references(&application.path)),
        Fact::new("Contains", view.references(&application.contains)),
        Fact::new("Part of", Value::list(wholes)),
        Fact::new("Runs on", view.references(&application.runs_on)),
        Fact::new("Repository", view.url(application.repository.as_ref())),
        Fact::new("Definitive library", view.url(application.library.as_ref())),
        Fact::new(
            "Configuration item",
            view.code(application.configuration_item.as_ref()),
        ),
        Fact::new("Version numbering", versioning.map(Value::code)),
    ];
    blocks::section("makeup", "What it is made of", [blocks::facts(facts)])
}

/// Returns the published releases of the application `of`, by id.
fn releases<'p>(view: &View<'p>, of: DocId) -> impl Iterator<Item = Doc<'p, Release>> + use<'p> {
    referrers(view, of, "application")
}

/// Returns the application `part` and those that it is inside of, however deep: their freezes hold for it as well.
fn wholes(view: &View<'_>, part: DocId) -> Vec<DocId> {
    let mut wholes = vec![part];
    let mut at = 0;
    while let Some(&current) = wholes.get(at) {
        at += 1;
        for whole in referrers::<Application>(view, current, "contains") {
            if !wholes.contains(&whole.id) {
                wholes.push(whole.id);
            }
        }
    }
    wholes
}

/// Returns the release that ships next, and when.
fn next<'p>(view: &View<'p>, of: DocId) -> Value<'p> {
    let plan = view.portal.plan;
    let is_ahead = |(release, date): &(DocId, &Date)| {
        let stage = plan.stage_of(*release).and_then(Stage::of);
        let is_open = !matches!(stage, Some(Stage::Closed | Stage::Abandoned));
        is_open && date.days().is_some_and(|days| days.last >= view.as_of())
    };
    let dated =
        releases(view, of).filter_map(|release| Some((release.id, release_date(plan, release)?)));
    let next = dated
        .filter(is_ahead)
        .min_by_key(|(_, date)| date.days().map(|days| days.first));
    next.map_or(Value::Empty, |(release, date)| {
        Value::list([view.document(release), view.of(release).date(date)])
    })
}

/// Returns the day on which a release was, or is to be, deployed: by its history, its schedule or that of its train;
/// where none of them says, the day of the last stage that it entered.
fn release_date<'p>(plan: &'p Plan, release: Doc<'p, Release>) -> Option<&'p Date> {
    let train: Option<Doc<'p, Train>> = plan.train_of(release.id);
    let planned = |schedule: &'p Map<Period>| {
        schedule
            .get(Stage::Deployment.word())
            .map(|period| period.resolved.from())
    };
    let fields = release.fields;
    entered(&fields.history, Some(Stage::Deployment))
        .or_else(|| planned(&fields.schedule))
        .or_else(|| planned(&train?.fields.schedule))
        .or_else(|| entered(&fields.history, None))
}

/// Returns when `stage`, or without one any stage, was entered last.
fn entered(history: &Listed<Transition>, stage: Option<Stage>) -> Option<&Date> {
    let is_it = |entry: &&Transition| {
        stage.is_none_or(|stage| {
            entry
                .stage
                .as_ref()
                .is_some_and(|entered| *entered.value == *stage.word())
        })
    };
    let last = history.iter().map(|entry| &entry.value).rfind(is_it)?;
    last.date.as_ref().map(|date| &date.resolved)
}
