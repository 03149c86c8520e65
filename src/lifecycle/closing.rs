//! What is left before a train or a release can close (semantics, Lifecycle, from deployment to closed).

use super::gates::type_policy;
use super::standpoint::Standpoint;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::review::{Action, Review};
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::{SmokeResult, SmokeTest};
use crate::plan::parts::item::{Item as ScopeItem, ItemStatus};
use crate::plan::value::{Item, Period, When};
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::text::Location;
use crate::time::{Day, DayRange};

/// Something that is left before a train or a release can close.
#[derive(Clone, Copy, Debug)]
pub struct Lack<'p> {
    /// What it is.
    pub what: Lacking<'p>,
    /// Where it is to be mended.
    pub at: Location,
}

/// A kind of thing that is left.
#[derive(Clone, Copy, Debug)]
pub enum Lacking<'p> {
    /// A turnover to production that has not been deployed.
    Deployment(Doc<'p, Turnover>),
    /// A smoke test in production that has not passed.
    Smoke(Doc<'p, Turnover>, &'p Item<SmokeTest>),
    /// The end of early life support, which was to be on this day.
    Support(Option<Day>),
    /// The record of the configuration database.
    Cmdb,
    /// The record of the definitive library.
    Library,
    /// A scope item that is neither done nor dropped.
    Item(&'p Item<ScopeItem>),
    /// A post mortem, by this day.
    Review(Option<Day>),
    /// A post mortem that was held after this day.
    LateReview(Doc<'p, Review>, Day),
    /// An action of a post mortem whose day has passed.
    Action(Doc<'p, Review>, &'p Item<Action>),
}

/// Returns what is left, as of `day`, before the train or release `id` can close: each turnover to production, smoke
/// test, record, scope item, post mortem and action on its own. Nothing for other kinds.
///
/// Records are asked of releases that a policy governs; support and a post mortem, where their type has them. A release
/// that travels with a train may share both with it.
pub fn closing(plan: &Plan, id: DocId, day: Day) -> Vec<Lack<'_>> {
    let Some(standpoint) = Standpoint::on(plan, id, day) else {
        return Vec::new();
    };
    let turnovers = turnovers_of(plan, id);
    let production = turnovers
        .iter()
        .copied()
        .filter(|turnover| plan.is_production(turnover.fields))
        .collect();
    let end = End {
        plan,
        id,
        day,
        standpoint,
        turnovers,
        production,
    };
    let mut lacks = end.deployments();
    lacks.extend(end.smoke());
    lacks.extend(end.support());
    lacks.extend(end.records());
    lacks.extend(end.items());
    lacks.extend(end.reviews());
    lacks
}

/// Returns the turnovers that deploy the train or release `id`.
pub(super) fn turnovers_of(plan: &Plan, id: DocId) -> Vec<Doc<'_, Turnover>> {
    let document = plan.document(id);
    let brings = |turnover: &Doc<'_, Turnover>| {
        let contents = &turnover.fields.contents;
        let own = turnover.document.belongs.release;
        match contents.is_empty() {
            true => own.is_none_or(|release| release == id),
            false => contents.iter().any(|content| content.target == Some(id)),
        }
    };
    let alone = |turnover: &Doc<'_, Turnover>| turnover.document.belongs.release == Some(id);
    match (document.kind, document.belongs.train) {
        (Kind::Train, _) => plan
            .scoped_to(id)
            .filter(|turnover: &Doc<'_, Turnover>| turnover.document.belongs.release.is_none())
            .collect(),
        (_, Some(train)) => plan.scoped_to(train).filter(brings).collect(),
        (_, None) => plan.all().filter(alone).collect(),
    }
}

/// Returns where `turnover` stands; it is a draft until it says something else.
pub(super) fn status(turnover: &Turnover) -> TurnoverStatus {
    turnover
        .status
        .as_ref()
        .map_or(TurnoverStatus::Draft, |status| status.value)
}

fn days(date: Option<&When>) -> Option<DayRange> {
    date.and_then(When::days)
}

/// A train or a release at its end.
struct End<'p> {
    plan: &'p Plan,
    id: DocId,
    day: Day,
    standpoint: Standpoint<'p>,
    turnovers: Vec<Doc<'p, Turnover>>,
    production: Vec<Doc<'p, Turnover>>,
}

impl<'p> End<'p> {
    fn at_head(&self, what: Lacking<'p>) -> Lack<'p> {
        Lack {
            what,
            at: self.plan.head(self.id),
        }
    }

    fn is_deployed(&self) -> bool {
        self.production
            .iter()
            .any(|turnover| status(turnover) == TurnoverStatus::Deployed)
    }

    /// A turnover that was refused or called off is left behind, and so is one that failed once another has succeeded.
    fn deployments(&self) -> Vec<Lack<'p>> {
        use TurnoverStatus::{
            Accepted, Cancelled, Deployed, Draft, Failed, Rejected, RolledBack, Submitted,
        };
        let is_left = |turnover: &&Doc<'p, Turnover>| match status(turnover) {
            Draft | Submitted | Accepted => true,
            Failed | RolledBack => !self.is_deployed(),
            Deployed | Rejected | Cancelled => false,
        };
        let left = self.production.iter().filter(is_left);
        let place = |turnover: &Doc<'p, Turnover>| match &turnover.fields.status {
            Some(status) => self.plan.locate(turnover.id, status.span),
            None => self.plan.head(turnover.id),
        };
        left.map(|turnover| Lack {
            what: Lacking::Deployment(*turnover),
            at: place(turnover),
        })
        .collect()
    }

    fn smoke(&self) -> Vec<Lack<'p>> {
        let deployed = self
            .production
            .iter()
            .filter(|turnover| status(turnover) == TurnoverStatus::Deployed);
        let tests = deployed.flat_map(|turnover| {
            turnover
                .fields
                .smoke
                .iter()
                .map(move |test| (turnover, test))
        });
        let is_passed = |test: &SmokeTest| {
            test.result
                .as_ref()
                .is_some_and(|result| result.value == SmokeResult::Passed)
        };
        let left = tests.filter(|(_, test)| !is_passed(&test.value));
        left.map(|(turnover, test)| Lack {
            what: Lacking::Smoke(*turnover, test),
            at: self.plan.locate(turnover.id, test.id.span),
        })
        .collect()
    }

    /// Returns the last day on which it was deployed to production.
    fn deployed_on(&self) -> Option<Day> {
        let deployed = self
            .production
            .iter()
            .filter(|turnover| status(turnover) == TurnoverStatus::Deployed);
        let took_place = deployed.filter_map(|turnover| {
            turnover
                .fields
                .actual
                .as_ref()
                .or(turnover.fields.planned.as_ref())
                .and_then(Period::days)
        });
        let last = took_place.map(|days| days.last).max();
        last.or_else(|| self.standpoint.deployed().map(|days| days.last))
    }

    fn support(&self) -> Option<Lack<'p>> {
        let course = &self.standpoint.course;
        let travels_with = self.plan.course_of_train(self.id);
        let support = course.support.or_else(|| travels_with?.support);
        let length =
            type_policy(self.plan, course).and_then(|of_type| of_type.early_life_support.as_ref());
        if support.is_none() && length.is_none() {
            return None;
        }
        let ended = days(support.and_then(|support| support.ended.as_ref()));
        if ended.is_some_and(|ended| ended.first <= self.day) {
            return None;
        }
        let until =
            days(support.and_then(|support| support.until.as_ref())).map(|until| until.last);
        let by_policy = || {
            self.standpoint
                .after_day(self.deployed_on()?, length?.value)
        };
        Some(self.at_head(Lacking::Support(until.or_else(by_policy))))
    }

    fn records(&self) -> Vec<Lack<'p>> {
        let Some(release) = self.plan.get::<Release>(self.id) else {
            return Vec::new();
        };
        let records = release.fields.records.as_ref();
        if records.is_none() && self.plan.binding_policy(self.id).is_none() {
            return Vec::new();
        }
        let cmdb = records.and_then(|records| records.cmdb.as_ref());
        let library = records.and_then(|records| records.library.as_ref());
        let lacking = [(cmdb, Lacking::Cmdb), (library, Lacking::Library)];
        lacking
            .into_iter()
            .filter(|(record, _)| record.is_none())
            .map(|(_, what)| self.at_head(what))
            .collect()
    }

    fn items(&self) -> Vec<Lack<'p>> {
        let Some(release) = self.plan.get::<Release>(self.id) else {
            return Vec::new();
        };
        let is_left = |item: &&Item<ScopeItem>| {
            let status = item.value.status.as_ref().map(|status| status.value);
            !matches!(status, Some(ItemStatus::Done | ItemStatus::Dropped))
        };
        let left = release.fields.items.iter().filter(is_left);
        left.map(|item| Lack {
            what: Lacking::Item(item),
            at: self.plan.locate(self.id, item.id.span),
        })
        .collect()
    }

    /// Returns the post mortems of it, of its turnovers, and of the train that it travels with.
    fn held(&self) -> Vec<Doc<'p, Review>> {
        let train = self.plan.document(self.id).belongs.train;
        let subjects = self
            .turnovers
            .iter()
            .map(|turnover| turnover.id)
            .chain([self.id])
            .chain(train);
        let links = subjects
            .flat_map(|subject| self.plan.links_to(subject))
            .filter(|link| link.field.top == "of");
        let mut found: Vec<_> = links
            .filter_map(|link| self.plan.get::<Review>(link.from))
            .collect();
        found.sort_by_key(|review| review.id);
        found.dedup_by_key(|review| review.id);
        found
    }

    fn reviews(&self) -> Vec<Lack<'p>> {
        let held = self.held();
        let mut lacks: Vec<_> = held
            .iter()
            .flat_map(|review| self.actions(*review))
            .collect();
        let within = type_policy(self.plan, &self.standpoint.course)
            .and_then(|of_type| of_type.post_mortem_within.as_ref());
        let Some(within) = within else { return lacks };
        let due = self
            .deployed_on()
            .and_then(|day| self.standpoint.after_day(day, within.value));
        let dated = held
            .iter()
            .filter_map(|review| Some((days(review.fields.date.as_ref())?.first, review)));
        let first = dated
            .filter(|(date, _)| *date <= self.day)
            .min_by_key(|(date, review)| (*date, review.id));
        match (first, due) {
            (None, due) => lacks.push(self.at_head(Lacking::Review(due))),
            (Some((date, review)), Some(due)) if due < date => {
                let at = review
                    .fields
                    .date
                    .as_ref()
                    .map_or(self.plan.head(review.id), |date| {
                        self.plan.locate(review.id, date.span)
                    });
                lacks.push(Lack {
                    what: Lacking::LateReview(*review, due),
                    at,
                });
            }
            _ => {}
        }
        lacks
    }

    fn actions(&self, review: Doc<'p, Review>) -> Vec<Lack<'p>> {
        let is_late = |action: &&Item<Action>| {
            let due = days(action.value.due.as_ref());
            action.value.done.is_none() && due.is_some_and(|due| due.last < self.day)
        };
        let late = review.fields.actions.iter().filter(is_late);
        late.map(|action| Lack {
            what: Lacking::Action(review, action),
            at: self.plan.locate(review.id, action.id.span),
        })
        .collect()
    }
}
