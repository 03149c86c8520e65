//! A deployment that somebody asks about, as people put it and as the plan understands it.

use super::exceptions::beneficiaries;
use super::occupied::backout_duration;
use super::{Dependency, Needed, Part, Schedule, Target, is_to_come};
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId};
use crate::time::{Duration, Instant, InstantRange};

/// How long a deployment takes of which nobody says how long it takes, in seconds: a half-open interval that holds its
/// start has to have some length.
const MOMENT: i64 = 1;

/// What somebody wants to deploy, where and when.
#[derive(Clone, Debug)]
pub struct Asked<'p> {
    /// Where.
    pub environment: Doc<'p, Environment>,
    /// The applications; when there are none, all that the train or the turnover brings, or no particular one.
    pub applications: Vec<DocId>,
    /// The type of the release; that of the train or its releases unless it is given.
    pub r#type: Option<&'p str>,
    /// The train that is deployed.
    pub train: Option<Doc<'p, Train>>,
    /// The turnover that is deployed.
    pub turnover: Option<Doc<'p, Turnover>>,
    /// Who deploys; the turnover's owner unless it is given.
    pub by: Option<DocId>,
    /// When it begins.
    pub start: Instant,
    /// How long it takes; as long as the turnover is planned to, or no longer than the moment itself.
    pub length: Option<Duration>,
}

/// A deployment that is asked for, as the plan understands it.
#[derive(Clone, Debug)]
pub struct Request<'p> {
    /// Where.
    pub environment: Doc<'p, Environment>,
    /// The applications that were asked for.
    pub asked: Vec<DocId>,
    /// What it touches.
    pub target: Target<'p>,
    /// The train that it is of.
    pub train: Option<DocId>,
    /// The turnover that it is: the one that was named, or the one in which the train goes there.
    pub turnover: Option<Doc<'p, Turnover>>,
    /// The releases that it brings.
    pub releases: Vec<Doc<'p, Release>>,
    /// Who deploys, where it is known.
    pub by: Option<DocId>,
    /// How long it takes.
    pub length: Duration,
    /// How long it takes to take it back.
    pub backout: Duration,
    /// The interval of the deployment.
    pub deployment: InstantRange,
    /// That, and its back-out reserve.
    pub whole: InstantRange,
    /// The train and the releases whose reservations it can use.
    pub(super) holders: Vec<DocId>,
}

impl<'p> Request<'p> {
    /// Returns whose exceptions permit all of it.
    pub(super) fn beneficiaries(&self) -> Vec<DocId> {
        match self.turnover {
            Some(turnover) => beneficiaries(turnover),
            None => self.train.into_iter().collect(),
        }
    }

    /// Returns whether it goes to production.
    pub fn is_production(&self) -> bool {
        use crate::plan::kinds::environment::EnvironmentCategory::Production;
        let category = self.environment.fields.category.as_ref();
        category.is_some_and(|category| category.value == Production)
    }

    /// Returns whether nobody said how long it takes: only the moment itself counts.
    pub fn is_moment(&self) -> bool {
        self.whole.seconds() <= MOMENT
    }

    /// Returns whether it brings what `need` asks for itself.
    pub(super) fn brings(&self, need: &Dependency<'p>) -> bool {
        match &need.needed {
            Needed::Release(needed) => self.releases.iter().any(|release| release.id == needed.id),
            _ => false,
        }
    }
}

impl<'p> Schedule<'p> {
    /// Returns what `asked` comes to. A train goes where it is asked to in the turnover that takes place then, else in
    /// the only one that is still to come; none where there is a choice.
    pub fn request(&self, asked: Asked<'p>) -> Request<'p> {
        let train = asked.train.map(|train| train.id);
        let turnover = asked.turnover.or_else(|| self.departure(train?, &asked));
        let train = train.or_else(|| turnover?.document.belongs.train);
        let releases = self.releases_asked_for(&asked, train, turnover);
        let target = self.target_asked_for(&asked, train, &releases);
        let length = asked.length.or_else(|| self.length_of(turnover?));
        let length = length.unwrap_or(Duration::seconds(MOMENT));
        let backout = turnover.and_then(|turnover| backout_duration(turnover.fields));
        let backout = backout.unwrap_or(Duration::ZERO);
        let environment = asked.environment;
        let (zone, calendar) = (self.zone(environment.id), self.calendar(environment.id));
        let after = |instant, duration| calendar.instant_after(instant, duration, zone);
        let end = after(asked.start, length).unwrap_or(asked.start);
        let owner = turnover.and_then(|turnover| turnover.document.common.owner.as_ref()?.target);
        let mut holders = turnover.map_or_else(Vec::new, |turnover| self.own_holders(turnover));
        holders.extend(
            train
                .into_iter()
                .chain(releases.iter().map(|release| release.id)),
        );
        holders.sort_unstable();
        holders.dedup();
        Request {
            environment,
            asked: asked.applications,
            target,
            train,
            turnover,
            releases,
            by: asked.by.or(owner),
            length,
            backout,
            deployment: InstantRange::new(asked.start, end),
            whole: InstantRange::new(asked.start, after(end, backout).unwrap_or(end)),
            holders,
        }
    }

    /// Returns the turnover in which the train `train` goes where it is asked to.
    fn departure(&self, train: DocId, asked: &Asked<'p>) -> Option<Doc<'p, Turnover>> {
        let brings = |turnover: &Doc<'p, Turnover>| {
            let contents = self.contents(*turnover);
            let mut applications = contents
                .iter()
                .map(|release| release.document.belongs.application);
            asked.applications.is_empty()
                || applications.any(|of| of.is_some_and(|of| asked.applications.contains(&of)))
        };
        let there = |turnover: &Doc<'p, Turnover>| {
            let environment = turnover.fields.environment.as_ref();
            environment.is_some_and(|of| of.target == Some(asked.environment.id))
        };
        let coming = self.turnovers_in(train).iter().copied();
        let coming: Vec<_> = coming
            .filter(|turnover| is_to_come(turnover.fields) && there(turnover) && brings(turnover))
            .collect();
        let takes_place = |turnover: &&Doc<'p, Turnover>| {
            let reach = self.reach(**turnover);
            reach.is_some_and(|reach| reach.outer().contains(asked.start))
        };
        match coming.as_slice() {
            [only] => Some(*only),
            several => several.iter().find(takes_place).copied(),
        }
    }

    fn releases_asked_for(
        &self,
        asked: &Asked<'p>,
        train: Option<DocId>,
        turnover: Option<Doc<'p, Turnover>>,
    ) -> Vec<Doc<'p, Release>> {
        let mut releases = match (turnover, train) {
            (Some(turnover), _) => self.contents(turnover),
            (None, Some(train)) => self.releases_of(train).to_vec(),
            (None, None) => Vec::new(),
        };
        releases.retain(|release| {
            let application = release.document.belongs.application;
            asked.applications.is_empty()
                || application.is_some_and(|of| asked.applications.contains(&of))
        });
        releases
    }

    fn target_asked_for(
        &self,
        asked: &Asked<'p>,
        train: Option<DocId>,
        releases: &[Doc<'p, Release>],
    ) -> Target<'p> {
        let of_train = train.and_then(|train| self.type_of(train));
        let mut parts: Vec<Part<'p>> = Vec::new();
        for release in releases {
            let part = Part {
                application: release.document.belongs.application,
                release: Some(release.id),
                r#type: asked
                    .r#type
                    .or_else(|| self.type_of(release.id))
                    .or(of_train),
            };
            self.add_parts(part, &mut parts);
        }
        let alone = Part {
            application: None,
            release: None,
            r#type: asked.r#type.or(of_train),
        };
        let is_there =
            |parts: &[Part<'p>], id: DocId| parts.iter().any(|part| part.application == Some(id));
        for &application in &asked.applications {
            if !is_there(&parts, application) {
                let application = Some(application);
                self.add_parts(
                    Part {
                        application,
                        ..alone
                    },
                    &mut parts,
                );
            }
        }
        if parts.is_empty() {
            parts.push(alone);
        }
        Target {
            environment: Some(asked.environment.id),
            owner: train,
            parts,
        }
    }
}
