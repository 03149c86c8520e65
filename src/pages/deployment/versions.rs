//! What is where: the versions of applications in environments, as stated or as the turnovers left them.
//!
//! What an environment itself states holds; else the last turnover that was deployed there says (content model,
//! `environment`).

use std::collections::BTreeMap;
use std::iter;

use rustc_hash::FxHashMap;

use crate::pages::blocks;
use crate::pages::listing::{document, referrers};
use crate::pages::parts::{Table, Value};
use crate::pages::view::View;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::{Doc, DocId, Kind};
use crate::time::{Day, DayRange};

/// A version, as stated or as it was deployed.
struct Installed<'p> {
    version: Value<'p>,
    release: Option<DocId>,
    turnover: Option<Doc<'p, Turnover>>,
}

/// The columns that follow the name of what a version is in, or what it is a version of.
const COLUMNS: [&str; 4] = ["Version", "Release", "Deployed", "Turnover"];

impl<'p> Installed<'p> {
    /// Returns what is there when the environment states `version` and its turnovers `left` something: what it states,
    /// and how that came there if a turnover left the same. `releases` are those of the application.
    fn stated(
        version: &'p str,
        left: Option<Self>,
        mut releases: impl Iterator<Item = Doc<'p, Release>>,
    ) -> Self {
        let stated = Value::code(version);
        if let Some(left) = left.filter(|left| left.version == stated) {
            return left;
        }
        let same = |release: &Doc<'p, Release>| {
            release
                .version
                .as_ref()
                .is_some_and(|own| *own.value.0 == *version)
        };
        Self {
            version: stated,
            release: releases.find(same).map(|release| release.id),
            turnover: None,
        }
    }

    /// Returns what `turnover` left when it deployed `release`.
    fn deployed(view: &View<'p>, release: Doc<'p, Release>, turnover: Doc<'p, Turnover>) -> Self {
        Self {
            version: view.version(release.fields.version.as_ref()),
            release: Some(release.id),
            turnover: Some(turnover),
        }
    }

    fn row(&self, view: &View<'p>, name: Value<'p>) -> [Value<'p>; 5] {
        let when = self.turnover.map_or(Value::Empty, |turnover| {
            let fields = turnover.fields;
            let period = fields.actual.as_ref().or(fields.planned.as_ref());
            let from = period.map(|period| period.resolved.from());
            from.map_or(Value::Empty, |from| view.of(turnover.id).date(from))
        });
        let turnover = document(view, self.turnover.map(|turnover| turnover.id));
        [
            name,
            self.version.clone(),
            document(view, self.release),
            when,
            turnover,
        ]
    }
}

/// Returns the version of the application `of` in each environment. `releases` are those of the application, by id.
pub(in crate::pages) fn versions_of<'p>(
    view: &View<'p>,
    of: DocId,
    releases: &[Doc<'p, Release>],
) -> Table<'p> {
    let plan = view.portal.plan;
    let id = &*plan.document(of).id;
    let deployed = last_deployed(view, releases);
    let mut environments: Vec<Doc<'p, Environment>> = plan
        .all::<Environment>()
        .filter(|environment| view.portal.path(environment.id).is_some())
        .collect();
    environments.sort_by_key(|environment| environment.order.as_ref().map(|order| order.value));
    let installed = environments.into_iter().filter_map(|environment| {
        let left = deployed.get(&environment.id);
        let left = left.map(|&(turnover, release)| Installed::deployed(view, release, turnover));
        let installed = match environment.fields.versions.get(id) {
            Some(stated) => Installed::stated(&stated.value.0, left, releases.iter().copied()),
            None => left?,
        };
        Some((environment.id, installed))
    });
    let [version, release, when, turnover] = COLUMNS;
    let columns = ["Environment", version, release, when, turnover];
    blocks::table(
        "Versions by environment",
        columns,
        installed,
        |(environment, installed)| installed.row(view, view.document(environment)),
    )
}

/// What was deployed last, by environment.
type Deployed<'p> = FxHashMap<DocId, (Doc<'p, Turnover>, Doc<'p, Release>)>;

/// Returns which of `releases`, which are sorted by id, was deployed last in each environment.
fn last_deployed<'p>(view: &View<'p>, releases: &[Doc<'p, Release>]) -> Deployed<'p> {
    let trains = releases
        .iter()
        .filter_map(|release| Some((release.document.belongs.train?, *release)));
    let by_train: FxHashMap<DocId, Doc<'p, Release>> = trains.collect();
    let known = |id: DocId| {
        let at = releases
            .binary_search_by_key(&id, |release| release.id)
            .ok()?;
        releases.get(at).copied()
    };
    let brought = |turnover: &Doc<'p, Turnover>| match contents(turnover) {
        Contents::Releases(mut brought) => brought.find_map(known),
        Contents::Train(train) => by_train.get(&train).copied(),
    };
    let mut last = Deployed::default();
    for turnover in view
        .portal
        .plan
        .all::<Turnover>()
        .filter(|turnover| is_deployed(view, turnover))
    {
        let environment = turnover
            .environment
            .as_ref()
            .and_then(|environment| environment.target);
        let Some((environment, release)) = environment.zip(brought(&turnover)) else {
            continue;
        };
        let entry = last.entry(environment).or_insert((turnover, release));
        if last_day(&turnover) >= last_day(&entry.0) {
            *entry = (turnover, release);
        }
    }
    last
}

/// Returns the version of each application in `environment`.
pub(in crate::pages) fn versions_in<'p>(
    view: &View<'p>,
    environment: Doc<'p, Environment>,
) -> Table<'p> {
    let plan = view.portal.plan;
    let mut installed = left_in(view, environment.id);
    let mut unknown = Vec::new();
    for (id, version) in environment.fields.versions.iter() {
        let version = &*version.value.0;
        match plan.find(Kind::Application, &id.value) {
            Some(application) => {
                let releases = referrers(view, application, "application");
                let left = installed.remove(&application);
                installed.insert(application, Installed::stated(version, left, releases));
            }
            None => {
                let stated = Installed::stated(version, None, iter::empty());
                unknown.push((Value::code(&*id.value), stated));
            }
        }
    }
    let known = installed
        .into_iter()
        .map(|(application, installed)| (view.document(application), installed));
    let [version, release, when, turnover] = COLUMNS;
    let columns = ["Application", version, release, when, turnover];
    blocks::table(
        "Versions by application",
        columns,
        known.chain(unknown),
        |(name, installed)| installed.row(view, name),
    )
}

/// Returns what the turnovers left in `environment`, by application.
fn left_in<'p>(view: &View<'p>, environment: DocId) -> BTreeMap<DocId, Installed<'p>> {
    let plan = view.portal.plan;
    let mut turnovers: Vec<_> = referrers::<Turnover>(view, environment, "environment")
        .filter(|turnover| is_deployed(view, turnover))
        .collect();
    turnovers.sort_by_key(last_day);
    let trains = turnovers
        .iter()
        .filter_map(|turnover| match contents(turnover) {
            Contents::Train(train) => Some((train, Vec::new())),
            Contents::Releases(_) => None,
        });
    let mut by_train: BTreeMap<DocId, Vec<Doc<'p, Release>>> = trains.collect();
    if !by_train.is_empty() {
        for release in plan.all::<Release>() {
            let train = release.document.belongs.train;
            if let Some(releases) = train.and_then(|train| by_train.get_mut(&train)) {
                releases.push(release);
            }
        }
    }
    let mut installed = BTreeMap::new();
    for turnover in turnovers {
        let brought: Vec<_> = match contents(&turnover) {
            Contents::Releases(brought) => brought.filter_map(|id| plan.get(id)).collect(),
            Contents::Train(train) => by_train.get(&train).cloned().unwrap_or_default(),
        };
        for release in brought {
            if let Some(application) = release.document.belongs.application {
                installed.insert(application, Installed::deployed(view, release, turnover));
            }
        }
    }
    installed
}

/// What a turnover brings.
enum Contents<I> {
    /// These releases.
    Releases(I),
    /// All releases of a train.
    Train(DocId),
}

/// Returns what `turnover` brings: what it lists, else its release, else all of its train.
fn contents<'p>(turnover: &Doc<'p, Turnover>) -> Contents<impl Iterator<Item = DocId> + use<'p>> {
    let fields = turnover.fields;
    let listed = fields.contents.iter().filter_map(|release| release.target);
    let belongs = turnover.document.belongs;
    match (fields.contents.is_empty(), belongs.release, belongs.train) {
        (true, None, Some(train)) => Contents::Train(train),
        (true, release, _) => Contents::Releases(listed.chain(release)),
        (false, ..) => Contents::Releases(listed.chain(None)),
    }
}

fn is_deployed(view: &View<'_>, turnover: &Doc<'_, Turnover>) -> bool {
    let status = turnover.status.as_ref().map(|status| status.value);
    status == Some(TurnoverStatus::Deployed) && view.portal.path(turnover.id).is_some()
}

/// Returns the days of a turnover: those on which it took place, else those planned.
pub(in crate::pages) fn days_of(turnover: &Turnover) -> Option<DayRange> {
    turnover
        .actual
        .as_ref()
        .or(turnover.planned.as_ref())?
        .days()
}

fn last_day(turnover: &Doc<'_, Turnover>) -> Option<Day> {
    days_of(turnover).map(|days| days.last)
}
