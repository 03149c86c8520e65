//! Date arithmetic over a whole plan: freezes, windows, reservations, dependencies, and when a deployment would fit.
//!
//! Each question has one function of [`Schedule`], and everything above asks it. Answers are facts – documents,
//! intervals, reasons – that rules phrase and pages show. They depend on the plan and on the day that is passed in,
//! never on the clock or on the machine's zone. What is known only so far (a coarse date, `tbd`) is at fault only where
//! no day could make it right. Nothing here reports or changes anything.

mod admission;
mod cycles;
mod dependencies;
mod deployments;
mod drift;
mod exceptions;
mod faults;
mod fit;
mod forward;
mod freezes;
mod lateness;
mod occupied;
mod openings;
mod promotion;
mod radius;
mod reach;
mod request;
mod reservations;
mod run_sheet;
mod series;
mod slip;
mod target;
mod train_path;
mod vacancy;
mod versions;
mod windows;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::plan::kinds::exception::Exception;
use crate::plan::kinds::freeze::Freeze;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::kinds::window::Window;
use crate::plan::{Doc, DocId, Plan};
use crate::time::{Calendar, Zone};

pub use admission::{AcceptanceFault, Objection, acceptance_fault};
pub use cycles::Cycle;
use cycles::Loops;
pub use dependencies::{Dependency, Needed};
pub use deployments::{Deployment, next_deployments};
pub use drift::Drift;
pub use exceptions::{ExceptionFault, ExceptionState};
pub use faults::Fault;
pub use fit::Fit;
pub use forward::{Coming, Conflict, Event};
pub use freezes::{FreezeConflict, FreezeOccurrence, Freezing};
pub use lateness::{Broken, Lateness, ReleaseDates, VersionAnswer};
pub use occupied::{Occupied, is_cancelled, is_to_come};
pub use openings::{Opening, Starved};
pub use promotion::{Passage, PassageState, Planned, Promotion};
use radius::Dependents;
pub use radius::Hit;
pub use reach::{Bounds, Reach};
pub use request::{Asked, Request};
pub use reservations::{Booking, Clash, Refusal, ReservationStanding};
pub use run_sheet::{Barrier, Disorder, RunSheet};
pub use series::{Series, SeriesEnd};
pub use slip::slip;
pub use target::{Part, Target};
pub use train_path::{ReleaseSlack, TrainPath};
pub use vacancy::{Claim, Occupancy, Vacancy};
pub use versions::Installed;
use versions::Supply;
pub use windows::{WindowAnswer, WindowVerdict};

/// A plan, indexed for questions about time. It is built once, in time linear in the plan.
#[derive(Debug)]
pub struct Schedule<'p> {
    plan: &'p Plan,
    utc: Zone,
    freezes: Vec<Doc<'p, Freeze>>,
    windows: Vec<Doc<'p, Window>>,
    exceptions: FxHashMap<DocId, Vec<Doc<'p, Exception>>>,
    /// The releases of each train, by id.
    releases: FxHashMap<DocId, Vec<Doc<'p, Release>>>,
    /// The turnovers that bring each release, by id.
    turnovers: FxHashMap<DocId, Vec<Doc<'p, Turnover>>>,
    /// The turnovers of each train and its releases, by id.
    departures: FxHashMap<DocId, Vec<Doc<'p, Turnover>>>,
    /// The turnovers to each environment, by id.
    arrivals: FxHashMap<DocId, Vec<Doc<'p, Turnover>>>,
    /// What turnovers bring to each environment, for each application by turnover.
    supplies: FxHashMap<DocId, BTreeMap<DocId, Vec<Supply<'p>>>>,
    /// The reservations of each environment, by holder.
    bookings: FxHashMap<DocId, Vec<Booking<'p>>>,
    dependencies: Vec<Dependency<'p>>,
    loops: OnceLock<Loops>,
    dependents: OnceLock<Dependents>,
}

impl<'p> Schedule<'p> {
    /// Returns the index of `plan`.
    pub fn new(plan: &'p Plan) -> Self {
        let mut schedule = Self {
            plan,
            utc: Zone::utc(),
            freezes: plan.all().collect(),
            windows: plan.all().collect(),
            exceptions: FxHashMap::default(),
            releases: FxHashMap::default(),
            turnovers: FxHashMap::default(),
            departures: FxHashMap::default(),
            arrivals: FxHashMap::default(),
            supplies: FxHashMap::default(),
            bookings: reservations::bookings(plan),
            dependencies: dependencies::of(plan),
            loops: OnceLock::new(),
            dependents: OnceLock::new(),
        };
        for exception in plan.all::<Exception>() {
            let freeze = exception
                .fields
                .freeze
                .as_ref()
                .and_then(|freeze| freeze.target);
            schedule.exceptions.entry_of(freeze, exception);
        }
        for release in plan.all::<Release>() {
            schedule
                .releases
                .entry_of(release.document.belongs.train, release);
        }
        for turnover in plan.all::<Turnover>() {
            let environment = turnover.fields.environment.as_ref();
            let environment = environment.and_then(|of| of.target);
            let ends = schedule.ends_of(turnover);
            for release in schedule.contents(turnover) {
                schedule.turnovers.entry_of(Some(release.id), turnover);
                let supply = Supply {
                    turnover,
                    release,
                    ends,
                };
                let application = release.document.belongs.application;
                if let Some((environment, application)) = environment.zip(application) {
                    let there = schedule.supplies.entry(environment).or_default();
                    there.entry(application).or_default().push(supply);
                }
            }
            let train = turnover.document.belongs.train;
            schedule.departures.entry_of(train, turnover);
            schedule.arrivals.entry_of(environment, turnover);
        }
        schedule
    }

    fn loops(&self) -> &Loops {
        self.loops.get_or_init(|| self.shortest_loops())
    }

    fn dependents(&self) -> &Dependents {
        self.dependents.get_or_init(|| self.dependents_of_all())
    }

    /// Returns the plan that is asked about.
    pub fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// Returns the releases of the train `train`, by id.
    pub fn releases_of(&self, train: DocId) -> &[Doc<'p, Release>] {
        self.releases.get(&train).map_or(&[], Vec::as_slice)
    }

    /// Returns every turnover that brings the release `release`, whatever became of it, by id.
    pub fn turnovers_of(&self, release: DocId) -> &[Doc<'p, Turnover>] {
        self.turnovers.get(&release).map_or(&[], Vec::as_slice)
    }

    /// Returns every turnover of the train `train` and of its releases, whatever became of it, by id.
    pub fn turnovers_in(&self, train: DocId) -> &[Doc<'p, Turnover>] {
        self.departures.get(&train).map_or(&[], Vec::as_slice)
    }

    /// Returns every turnover to the environment `environment`, whatever became of it, by id.
    pub fn turnovers_to(&self, environment: DocId) -> &[Doc<'p, Turnover>] {
        self.arrivals.get(&environment).map_or(&[], Vec::as_slice)
    }

    /// Returns the releases that `turnover` brings: those that it lists, its own one, or all of its train.
    pub fn contents(&self, turnover: Doc<'p, Turnover>) -> Vec<Doc<'p, Release>> {
        if !turnover.fields.contents.is_empty() {
            let listed = turnover
                .fields
                .contents
                .iter()
                .filter_map(|release| self.plan.follow(Some(release)));
            return listed.collect();
        }
        let belongs = turnover.document.belongs;
        match (belongs.release, belongs.train) {
            (Some(release), _) => self.plan.get(release).into_iter().collect(),
            (None, Some(train)) => self.releases_of(train).to_vec(),
            (None, None) => Vec::new(),
        }
    }

    /// Returns the zone of the wall times in a document; a plan that names none is read in UTC.
    pub fn zone(&self, id: DocId) -> &Zone {
        self.plan.zone_of(id).unwrap_or(&self.utc)
    }

    /// Returns the zone of days that no document writes, such as the day as of which a plan is checked.
    pub fn zone_of_plan(&self) -> &Zone {
        self.plan
            .config
            .timezone
            .as_ref()
            .map_or(&self.utc, |zone| &zone.value)
    }

    /// Returns the business days that a document counts by.
    pub fn calendar(&self, id: DocId) -> Calendar {
        self.plan.business_days(id)
    }
}

/// A map from documents to what belongs to each.
trait Grouped<T> {
    /// Adds `item` to what belongs to `key`; without a key there is nothing to add it to.
    fn entry_of(&mut self, key: Option<DocId>, item: T);
}

impl<T> Grouped<T> for FxHashMap<DocId, Vec<T>> {
    fn entry_of(&mut self, key: Option<DocId>, item: T) {
        if let Some(key) = key {
            self.entry(key).or_default().push(item);
        }
    }
}
