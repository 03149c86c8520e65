//! What is where: the versions of applications in environments, as the schedule has them on the day.

use std::collections::BTreeMap;

use crate::pages::blocks;
use crate::pages::listing::{document, referrers};
use crate::pages::parts::{Link, Table, Value};
use crate::pages::view::View;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId, Kind};
use crate::schedule::Installed;
use crate::time::{DayRange, Instant};

/// The columns that follow the name of what a version is in, or what it is a version of.
const COLUMNS: [&str; 4] = ["Version", "Release", "Deployed", "Turnover"];

/// Returns the version of each application that is in `environment` today, as far as it is published.
pub(in crate::pages) fn installed_in<'p>(
    view: &View<'p>,
    environment: DocId,
) -> BTreeMap<DocId, Installed<'p>> {
    let portal = view.portal;
    let counts = |id| portal.path(id).is_some();
    portal
        .schedule
        .versions_in(environment, end_of_today(view), counts)
}

/// Returns a version as a link to the release that it is of, where one is known.
pub(in crate::pages) fn version_link<'p>(
    view: &View<'p>,
    application: DocId,
    installed: &Installed<'p>,
) -> Value<'p> {
    let release = release_of(view, application, installed);
    let path = release.and_then(|release| view.portal.path(release));
    path.map_or(Value::code(installed.version), |path| {
        Link::new(view.href(path), installed.version).into()
    })
}

/// Returns the end of the as-of day: what was deployed on it is there.
fn end_of_today(view: &View<'_>) -> Instant {
    let zone = view.portal.schedule.zone_of_plan();
    zone.start_of(view.as_of().next())
}

/// Returns the release that brought a version; where only an environment states it, the one that has that version.
fn release_of(view: &View<'_>, application: DocId, installed: &Installed<'_>) -> Option<DocId> {
    let same = |release: &Doc<'_, Release>| {
        let own = release.fields.version.as_ref();
        own.is_some_and(|own| *own.value.0 == *installed.version)
    };
    let stated = || referrers::<Release>(view, application, "application").find(same);
    let brought = installed.release.or_else(stated);
    brought.map(|release| release.id)
}

/// Returns the row of a version under `name`.
fn row<'p>(
    view: &View<'p>,
    name: Value<'p>,
    application: DocId,
    installed: &Installed<'p>,
) -> [Value<'p>; 5] {
    let turnover = installed.turnover;
    let when = turnover.map_or(Value::Empty, |turnover| {
        let period = view.portal.schedule.period(turnover);
        let from = period.map(|period| period.resolved.from());
        from.map_or(Value::Empty, |from| view.of(turnover.id).date(from))
    });
    [
        name,
        Value::code(installed.version),
        document(view, release_of(view, application, installed)),
        when,
        document(view, turnover.map(|turnover| turnover.id)),
    ]
}

/// Returns the version of the application `of` in each environment.
pub(in crate::pages) fn versions_of<'p>(view: &View<'p>, of: DocId) -> Table<'p> {
    let portal = view.portal;
    let environments = portal.index_of(Kind::Environment).iter();
    let there = environments.filter_map(|&environment| {
        let counts = |id| portal.path(id).is_some();
        let at = end_of_today(view);
        let found = portal.schedule.version_in(environment, of, at, counts)?;
        Some((environment, found))
    });
    let [version, release, when, turnover] = COLUMNS;
    let columns = ["Environment", version, release, when, turnover];
    blocks::table(
        "Versions by environment",
        columns,
        there,
        |(environment, installed)| row(view, view.document(environment), of, &installed),
    )
}

/// Returns the version of each application in `environment`.
pub(in crate::pages) fn versions_in<'p>(
    view: &View<'p>,
    environment: Doc<'p, Environment>,
) -> Table<'p> {
    let plan = view.portal.plan;
    let [version, release, when, turnover] = COLUMNS;
    let columns = ["Application", version, release, when, turnover];
    let mut table = Table::new("Versions by application", columns);
    for (application, installed) in installed_in(view, environment.id) {
        table.row(row(
            view,
            view.document(application),
            application,
            &installed,
        ));
    }
    for (id, version) in environment.fields.versions.iter() {
        if plan.find(Kind::Application, &id.value).is_none() {
            let (name, version) = (Value::code(&*id.value), Value::code(&*version.value.0));
            table.row([name, version, Value::Empty, Value::Empty, Value::Empty]);
        }
    }
    table
}

/// Returns the days of a turnover: those on which it took place, else those planned.
pub(in crate::pages) fn days_of(turnover: &Turnover) -> Option<DayRange> {
    turnover
        .actual
        .as_ref()
        .or(turnover.planned.as_ref())?
        .days()
}
