//! The course of a train or a release through its stages: the fields that both have, so that one function serves both.

use super::kinds::change::Change;
use super::kinds::environment::{Environment, EnvironmentCategory};
use super::kinds::turnover::Turnover;
use super::kinds::{release::Release, train::Train};
use super::parts::gate::Gate;
use super::parts::lifecycle::{OnHold, Outcome, Reservation, Stage, Transition};
use super::parts::person::Who;
use super::parts::task::{Communication, Risk, Support, Task};
use super::value::{Cadence, Keyed, Listed, Map, Period, Ref, Reference, Text};
use super::{Doc, DocId, Document, Kind, Plan};
use crate::text::{Location, Span, Spanned};

/// A train or a release, by the fields that both have.
#[derive(Clone, Copy, Debug)]
pub struct Course<'p> {
    /// Its id in the plan.
    pub id: DocId,
    /// The whole document.
    pub document: &'p Document,
    /// What sort of train or release it is.
    pub r#type: Option<&'p Text>,
    /// Who runs it.
    pub manager: Option<&'p Ref<Who>>,
    /// What it is for.
    pub purpose: Option<&'p Text>,
    /// How often one of this line leaves.
    pub cadence: Option<&'p Spanned<Cadence>>,
    /// The train or release that it replaces.
    pub supersedes: Option<&'p Reference>,
    /// Since when and why nothing moves.
    pub on_hold: Option<&'p OnHold>,
    /// When it is planned to be in each stage.
    pub schedule: &'p Map<Period>,
    /// The stages that it has entered; the last entry is the current one.
    pub history: &'p Listed<Transition>,
    /// Its gates.
    pub gates: &'p Keyed<Gate>,
    /// The environments that it uses, and when.
    pub reservations: &'p Listed<Reservation>,
    /// What is to be done outside the gates.
    pub tasks: &'p Keyed<Task>,
    /// Whom it tells what, and when.
    pub communications: &'p Keyed<Communication>,
    /// What may go wrong.
    pub risks: &'p Keyed<Risk>,
    /// How long its builders stand by after deployment.
    pub support: Option<&'p Support>,
    /// How it ended.
    pub outcome: Option<&'p Spanned<Outcome>>,
}

/// Makes a course of each kind that has its fields.
macro_rules! course_from {
    ($($kind:ident),+) => {$(
        impl<'p> From<Doc<'p, $kind>> for Course<'p> {
            fn from(doc: Doc<'p, $kind>) -> Self {
                let fields = doc.fields;
                Self {
                    id: doc.id,
                    document: doc.document,
                    r#type: fields.r#type.as_ref(),
                    manager: fields.manager.as_ref(),
                    purpose: fields.purpose.as_ref(),
                    cadence: fields.cadence.as_ref(),
                    supersedes: fields.supersedes.as_ref().map(|of| &of.reference),
                    on_hold: fields.on_hold.as_ref(),
                    schedule: &fields.schedule,
                    history: &fields.history,
                    gates: &fields.gates,
                    reservations: &fields.reservations,
                    tasks: &fields.tasks,
                    communications: &fields.communications,
                    risks: &fields.risks,
                    support: fields.support.as_ref(),
                    outcome: fields.outcome.as_ref(),
                }
            }
        }
    )+};
}

course_from!(Train, Release);

impl<'p> Course<'p> {
    /// Returns the stage that it is in, as its last entry says. None before the first.
    pub fn stage(&self) -> Option<&'p Text> {
        self.history.last()?.value.stage.as_ref()
    }

    /// Returns the place of `span` in its file.
    pub fn locate(&self, span: Span) -> Location {
        Location::new(self.document.file, span)
    }

    /// Returns what it is called in a message: `train 2026-q4`.
    pub fn name(&self) -> String {
        format!("{} {}", self.document.kind, self.document.id)
    }
}

impl Plan {
    /// Returns the course of the train or release `id`; none when it is something else.
    pub fn course(&self, id: DocId) -> Option<Course<'_>> {
        let train = || self.get::<Train>(id).map(Course::from);
        self.get::<Release>(id).map(Course::from).or_else(train)
    }

    /// Returns every train, and then every release, by id.
    pub fn courses(&self) -> impl Iterator<Item = Course<'_>> {
        let both = self.of_kind(Kind::Train).chain(self.of_kind(Kind::Release));
        both.filter_map(|(id, _)| self.course(id))
    }

    /// Returns when a train or a release is planned to be deployed, and where that is written: its stage of deployment, or
    /// else the first of its own turnovers to production.
    pub fn deployment_of(&self, course: &Course<'_>) -> Option<(&Period, Location)> {
        let stages = self.stages_of(course.id);
        let schedule = &self.course(course.id)?.schedule;
        let planned = stages
            .named(Stage::Deployment)
            .and_then(|stage| schedule.get(stage));
        let staged = planned.map(|period| (period, course.locate(period.span)));
        staged.or_else(|| self.first_production(course.id))
    }

    fn first_production(&self, id: DocId) -> Option<(&Period, Location)> {
        let of_course =
            |turnover: &Document| turnover.belongs.release.or(turnover.belongs.train) == Some(id);
        let turnovers = self
            .all::<Turnover>()
            .filter(|turnover| of_course(turnover.document));
        let production = turnovers.filter(|turnover| self.is_production(turnover.fields));
        let planned = production.filter_map(|turnover| {
            let period = turnover.fields.planned.as_ref()?;
            Some((
                period.days()?.first,
                period,
                self.locate(turnover.id, period.span),
            ))
        });
        planned
            .min_by_key(|(first, _, at)| (*first, *at))
            .map(|(_, period, at)| (period, at))
    }

    /// Returns whether `turnover` goes to a production environment.
    pub fn is_production(&self, turnover: &Turnover) -> bool {
        let environment = self.follow::<Environment>(turnover.environment.as_ref());
        let category = environment.and_then(|environment| environment.fields.category.as_ref());
        category.is_some_and(|category| category.value == EnvironmentCategory::Production)
    }

    /// Returns the releases that carry out the change `change`, by id: those that it names, and those that name it.
    pub fn carriers_of(&self, change: Doc<'_, Change>) -> Vec<Doc<'_, Release>> {
        let named = change.fields.releases.iter().filter_map(|it| it.target);
        let naming = self.links_to(change.id).map(|link| link.from);
        let mut ids: Vec<_> = named.chain(naming).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.get(id)).collect()
    }

    /// Returns the releases that `turnover` brings: those that it lists, its own one, or all of its train.
    pub fn contents_of(&self, turnover: Doc<'_, Turnover>) -> Vec<Doc<'_, Release>> {
        let listed = &turnover.fields.contents;
        let belongs = turnover.document.belongs;
        match (belongs.release, belongs.train) {
            _ if !listed.is_empty() => listed
                .iter()
                .filter_map(|it| self.follow(Some(it)))
                .collect(),
            (Some(release), _) => self.get(release).into_iter().collect(),
            (None, Some(train)) => self.releases_of(train).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// Returns the course of the train that a release travels with.
    pub fn course_of_train(&self, id: DocId) -> Option<Course<'_>> {
        self.course(self.document(id).belongs.train?)
    }
}
