//! What is wrong with a need as of a day: the one answer for the rules, the map of dependencies and the program board.

use super::{Broken, Dependency, Lateness, Needed, Schedule, VersionAnswer};
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::Reference;
use crate::plan::{Doc, DocId, Kind};
use crate::time::Day;

/// What is wrong with a need.
#[derive(Clone, Debug)]
pub enum Fault<'p> {
    /// It cannot be met, or was not: whatever its dates are.
    Unmet(Broken<'p>),
    /// It leads back to the release that has it.
    Loop,
    /// What is needed is planned too late.
    Late(Lateness<'p>),
    /// The version that is needed will not be there.
    Version(VersionAnswer<'p>),
    /// It asks for something from outside, and does not say what.
    Unsaid,
    /// It asks for something in another plan, of this name, that is not imported.
    UnknownPlan(&'p str),
}

impl<'p> Schedule<'p> {
    /// Returns whether the release `id` and its train have not ended.
    pub fn is_open(&self, id: DocId) -> bool {
        let train = self.plan.document(id).belongs.train;
        self.plan.is_open(id) && train.is_none_or(|train| self.plan.is_open(train))
    }

    /// Returns whether what `need` asks for is still waited for: its release has not ended and is not live yet.
    pub fn is_awaited(&self, need: &Dependency<'p>) -> bool {
        self.is_open(need.release.id) && !self.is_live(need.release.id)
    }

    /// Returns what is wrong with the needs that are still waited for, by release, then as written.
    pub fn faults(&self, day: Day) -> impl Iterator<Item = (&Dependency<'p>, Fault<'p>)> {
        let needs = self.dependencies.iter();
        needs.filter_map(move |need| Some((need, self.fault(need, day)?)))
    }

    /// Returns what is wrong with `need` as of `day`; nothing once it is no longer waited for.
    ///
    /// What is impossible is not late as well, and what one turnover brings together is not late at all.
    pub fn fault(&self, need: &Dependency<'p>, day: Day) -> Option<Fault<'p>> {
        if !self.is_awaited(need) {
            return None;
        }
        let broken = self.broken(need, day);
        if matches!(broken, Some(Broken::Itself | Broken::Abandoned)) {
            return broken.map(Fault::Unmet);
        }
        if self.is_in_loop(need) {
            return Some(Fault::Loop);
        }
        match need.needed {
            Needed::External(text) => self.unknown_outside(text),
            Needed::Version { .. } => {
                let mut answers = self.version_answers(need).into_iter();
                let failing = answers.find(|answer| answer.satisfied == Some(false));
                failing.map(Fault::Version)
            }
            _ => match self.lateness(need) {
                Some(lateness) => {
                    (!self.is_brought_together(need)).then_some(Fault::Late(lateness))
                }
                None => broken.map(Fault::Unmet),
            },
        }
    }

    /// Returns what is wrong with a need of something outside of the plan, which `text` names.
    fn unknown_outside(&self, text: &'p str) -> Option<Fault<'p>> {
        let text = text.trim();
        if text.is_empty() || text == "tbd" {
            return Some(Fault::Unsaid);
        }
        let (plan, rest) = text.split_once('/')?;
        let (kind, _) = rest.split_once(':')?;
        let is_known = self.plan.config.imports.get(plan).is_some();
        (Kind::named(kind).is_some() && !is_known).then_some(Fault::UnknownPlan(plan))
    }

    /// Returns whether what `need` asks for is there already.
    pub fn is_met(&self, need: &Dependency<'p>) -> bool {
        let is_closed = |id| self.plan.canonical_stage(id) == Some(Stage::Closed);
        match &need.needed {
            Needed::Release(release) => is_closed(release.id) || self.is_live(release.id),
            Needed::Train(train) => is_closed(train.id),
            Needed::Milestone(milestone) => milestone.fields.done.is_some(),
            Needed::Version { .. } => {
                let answers = self.version_answers(need);
                let is_there = |answer: &VersionAnswer<'p>| {
                    let turnover = answer.found.and_then(|found| found.turnover);
                    answer.satisfied == Some(true)
                        && turnover.is_none_or(|turnover| !super::is_to_come(turnover.fields))
                };
                !answers.is_empty() && answers.iter().all(is_there)
            }
            Needed::External(_) => false,
        }
    }

    /// Returns the references of needs that lead to nothing, by release, then as written. One that is to be decided is
    /// none of them.
    pub fn missing_needs(&self) -> impl Iterator<Item = (Doc<'p, Release>, &'p Reference)> {
        let needs = self.plan.all::<Release>().flat_map(|release| {
            let needs = release.fields.needs.iter();
            needs.map(move |need| (release, &need.value))
        });
        let references = needs.flat_map(|(release, need)| {
            let written: [Option<&'p Reference>; 4] = [
                need.release.as_ref().map(|of| &of.reference),
                need.milestone.as_ref().map(|of| &of.reference),
                need.train.as_ref().map(|of| &of.reference),
                need.application.as_ref().map(|of| &of.reference),
            ];
            written.into_iter().flatten().map(move |of| (release, of))
        });
        references.filter(|(_, of)| of.target.is_none() && !of.is_open())
    }

    /// Returns by how many seconds what is needed could come later without moving the release that needs it; negative
    /// where it is too late. None where a date is not known, and for what is there already.
    ///
    /// What one turnover brings together, and what has its dates from the same train, leaves no time between.
    pub fn lead(&self, need: &Dependency<'p>) -> Option<i64> {
        if need.is_on_itself() {
            return None;
        }
        if let Needed::Version { .. } = need.needed {
            let answers = self.version_answers(need).into_iter();
            let coming = answers.filter_map(|answer| {
                let found = answer.found?;
                let turnover = found.turnover?;
                let since = found.since.filter(|_| super::is_to_come(turnover.fields))?;
                Some(answer.at.duration_since(since).as_secs())
            });
            return coming.min();
        }
        let own = self.release_dates(need.release.id)?;
        let needed = self.needed_dates(&need.needed)?;
        if own.is_with(&needed) {
            return Some(0);
        }
        let planned = need.bound(own.reach).latest;
        let allowed = self.released_at(need)?.earliest;
        Some(planned.duration_since(allowed).as_secs())
    }
}
