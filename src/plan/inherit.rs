//! What a document has from others: policies, models, calendars, zones, and the milestones of its train.

use super::kinds::{
    application::Application, environment::Environment, milestone::Milestone, model::Model,
    policy::Policy, release::Release, train::Train, turnover::Turnover,
};
use super::value::When;
use super::{Detail, Doc, DocId, Plan};
use crate::text::Spanned;
use crate::time::{Calendar as BusinessDays, DayRange, VersionScheme, Zone};

/// Where a milestone of a release comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// The release sets it itself, and its train has none by that id.
    Own,
    /// The train sets it.
    FromTrain,
    /// The train sets it, and the release has its own date for it or leaves it out.
    Overridden,
}

/// A milestone as it holds for one release.
#[derive(Clone, Copy, Debug)]
pub struct InheritedMilestone<'p> {
    /// The milestone that holds.
    pub milestone: Doc<'p, Milestone>,
    /// The train's milestone under the same id.
    pub of_train: Option<Doc<'p, Milestone>>,
    /// Where it comes from.
    pub source: Inherited,
}

impl Plan {
    /// Returns the milestones that a train or a release sets itself, in order of their days.
    pub fn own_milestones(&self, owner: DocId) -> Vec<Doc<'_, Milestone>> {
        let mut found: Vec<_> = self.scoped_to::<Milestone>(owner).collect();
        found.sort_by_key(chronological);
        found
    }

    /// Returns the milestones that hold for the release `release`: its own, and those of its train that bind its
    /// application (semantics, Milestones).
    pub fn release_milestones(&self, release: Doc<'_, Release>) -> Vec<InheritedMilestone<'_>> {
        let own = self.own_milestones(release.id);
        let inherited = release
            .document
            .belongs
            .train
            .map_or_else(Vec::new, |train| self.own_milestones(train));
        let same = |a: &Doc<'_, Milestone>, b: &Doc<'_, Milestone>| {
            a.document.short_id() == b.document.short_id()
        };
        let application = release
            .application
            .as_ref()
            .and_then(|application| application.target);
        let binds = |milestone: &Doc<'_, Milestone>| {
            milestone.applies_to.is_empty()
                || milestone
                    .applies_to
                    .iter()
                    .any(|bound| bound.target == application)
        };
        let from_train = inherited
            .iter()
            .filter(|milestone| binds(milestone) && !own.iter().any(|mine| same(mine, milestone)));
        let mut all: Vec<_> = from_train
            .map(|&milestone| InheritedMilestone {
                milestone,
                of_train: Some(milestone),
                source: Inherited::FromTrain,
            })
            .collect();
        all.extend(own.iter().map(|&milestone| {
            let of_train = inherited
                .iter()
                .copied()
                .find(|theirs| same(theirs, &milestone));
            let source = if of_train.is_some() {
                Inherited::Overridden
            } else {
                Inherited::Own
            };
            InheritedMilestone {
                milestone,
                of_train,
                source,
            }
        }));
        all.sort_by_key(|entry| chronological(&entry.milestone));
        all
    }

    /// Returns the model that a train or a release follows; a release follows its train's.
    pub fn model_of(&self, id: DocId) -> Option<Doc<'_, Model>> {
        match &self.document(id).detail {
            Detail::Train(train) => self.follow(train.model.as_ref()),
            Detail::Release(release) => self
                .follow(release.model.as_ref())
                .or_else(|| self.model_of(self.document(id).belongs.train?)),
            _ => None,
        }
    }

    /// Returns the policy that governs a train or a release: the one that it names, its train's, or the only one that
    /// applies to its type and applications. Where several apply, the first by id is taken.
    pub fn policy_of(&self, id: DocId) -> Option<Doc<'_, Policy>> {
        let (named, r#type, application) = match &self.document(id).detail {
            Detail::Train(train) => (train.policy.as_ref(), &train.r#type, None),
            Detail::Release(release) => (
                release.policy.as_ref(),
                &release.r#type,
                release.application.as_ref().and_then(|of| of.target),
            ),
            _ => {
                return self
                    .document(id)
                    .belongs
                    .train
                    .and_then(|train| self.policy_of(train));
            }
        };
        let train = self.document(id).belongs.train.filter(|_| named.is_none());
        self.follow(named)
            .or_else(|| self.policy_of(train?))
            .or_else(|| {
                let r#type = r#type.as_ref().map(|text| &*text.value);
                self.all::<Policy>()
                    .find(|policy| self.policy_applies(policy, r#type, application))
            })
    }

    /// Returns the policy that a train or a release has to follow: the one that governs it, unless it is older than the
    /// policy's `since` (content model, policy). A release is as old as its train.
    pub fn binding_policy(&self, id: DocId) -> Option<Doc<'_, Policy>> {
        let policy = self.policy_of(id)?;
        let since = policy.fields.since.as_ref().and_then(When::days);
        let begun = self
            .begun(self.document(id).belongs.train.unwrap_or(id))
            .or_else(|| self.begun(id));
        let older = begun
            .zip(since)
            .is_some_and(|(begun, since)| begun.certainly_before(since));
        (!older).then_some(policy)
    }

    /// Returns the day on which a train or a release was begun: its first entry's, else the first that is planned.
    fn begun(&self, id: DocId) -> Option<DayRange> {
        let course = self.course(id)?;
        let entered = course
            .history
            .first()
            .and_then(|entry| entry.value.date.as_ref()?.days());
        let planned = || {
            course
                .schedule
                .iter()
                .filter_map(|(_, period)| period.days())
                .min_by_key(|days| days.first)
        };
        entered.or_else(planned)
    }

    /// Returns whether `policy` governs a release of this type and application (content model, `applies_to`).
    pub fn policy_applies(
        &self,
        policy: &Policy,
        r#type: Option<&str>,
        application: Option<DocId>,
    ) -> bool {
        let Some(scope) = &policy.applies_to else {
            return true;
        };
        let type_fits = scope.types.is_empty()
            || r#type.is_some_and(|name| scope.types.iter().any(|known| *known.value == *name));
        let application_fits = scope.applications.is_empty()
            || application.is_none_or(|of| {
                scope
                    .applications
                    .iter()
                    .any(|named| named.target.is_some_and(|whole| self.contains(whole, of)))
            });
        type_fits && application_fits
    }

    /// Returns whether the application `part` is `whole` or is inside it, however deep.
    pub fn contains(&self, whole: DocId, part: DocId) -> bool {
        let mut seen = vec![whole];
        let mut next = 0;
        while let Some(&current) = seen.get(next) {
            if current == part {
                return true;
            }
            next += 1;
            let inside = self.get::<Application>(current);
            let parts = inside
                .iter()
                .flat_map(|application| &application.contains)
                .filter_map(|part| part.target);
            for part in parts {
                if !seen.contains(&part) {
                    seen.push(part);
                }
            }
        }
        false
    }

    /// Returns the business days that a document counts by: its policy's calendar, the plan's, or plain weeks.
    pub fn business_days(&self, id: DocId) -> BusinessDays {
        let of_policy = self
            .policy_of(id)
            .and_then(|policy| policy.calendar.as_ref()?.target);
        let of_plan = self
            .config
            .calendar
            .as_ref()
            .and_then(|calendar| calendar.target);
        let only = || match self
            .of_kind(super::Kind::Calendar)
            .collect::<Vec<_>>()
            .as_slice()
        {
            [(id, _)] => Some(*id),
            _ => None,
        };
        let calendar = of_policy.or(of_plan).or_else(only);
        calendar
            .and_then(|calendar| self.calendar(calendar))
            .cloned()
            .unwrap_or_default()
    }

    /// Returns the zone of the wall times in a document: its own, that of the document that it is written inside of, its
    /// environment's or the plan's (content model, section 2). None when none of them names one.
    pub fn zone_of(&self, id: DocId) -> Option<&Zone> {
        let document = self.document(id);
        let own = document.common.timezone.as_ref();
        let of_environment = || {
            let turnover = self.get::<Turnover>(id)?;
            let environment: Doc<'_, Environment> =
                self.follow(turnover.fields.environment.as_ref())?;
            environment.document.common.timezone.as_ref()
        };
        let near = own.or_else(of_environment).map(|zone| &zone.value);
        near.or_else(|| self.zone_of(document.host?)).or(self
            .config
            .timezone
            .as_ref()
            .map(|zone| &zone.value))
    }

    /// Returns how the versions of the release `release` are numbered, and the document that says it: its application,
    /// else its policy. None when neither does.
    pub fn scheme_of(&self, release: Doc<'_, Release>) -> Option<(DocId, &Spanned<VersionScheme>)> {
        let application: Option<Doc<'_, Application>> =
            self.follow(release.fields.application.as_ref());
        let own = application.and_then(|of| Some((of.id, of.fields.versioning.as_ref()?)));
        own.or_else(|| {
            let policy = self.policy_of(release.id)?;
            Some((policy.id, policy.fields.versioning.as_ref()?))
        })
    }

    /// Returns the stage that a train or a release is in: the last of its history. None before the first.
    pub fn stage_of(&self, id: DocId) -> Option<&str> {
        let history = match &self.document(id).detail {
            Detail::Train(train) => &train.history,
            Detail::Release(release) => &release.history,
            _ => return None,
        };
        history.last()?.stage.as_ref().map(|stage| &*stage.value)
    }

    /// Returns the releases of the train `train`, by id.
    pub fn releases_of(&self, train: DocId) -> impl Iterator<Item = Doc<'_, Release>> {
        self.all::<Release>()
            .filter(move |release| release.document.belongs.train == Some(train))
    }

    /// Returns the train that a document belongs to.
    pub fn train_of(&self, id: DocId) -> Option<Doc<'_, Train>> {
        self.get(self.document(id).belongs.train?)
    }
}

/// Orders milestones by their last possible day, open ones at the end, then by id.
fn chronological<'p>(milestone: &Doc<'p, Milestone>) -> (bool, Option<crate::time::Day>, &'p str) {
    let day = milestone
        .due
        .as_ref()
        .and_then(|due| due.days())
        .map(|days| days.last);
    (day.is_none(), day, &milestone.document.id)
}
