//! Freeze exceptions: which one permits a deployment in a freeze, and what is wrong with those that do not.

use super::{Bounds, Part, Schedule};
use crate::plan::kinds::exception::{Exception, RulingResult};
use crate::plan::kinds::freeze::Freeze;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId, Kind};
use crate::time::{Instant, InstantRange};

/// What the exceptions say to one deployment in one freeze.
#[derive(Clone, Copy, Debug)]
pub enum ExceptionState<'p> {
    /// Nobody has asked for one.
    Missing,
    /// It is permitted.
    Valid(Doc<'p, Exception>),
    /// There is one, and it does not permit the deployment.
    Faulty(Doc<'p, Exception>, ExceptionFault),
}

/// Why an exception does not permit a deployment; the nearest to a permission last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExceptionFault {
    /// It was refused.
    Rejected,
    /// It was granted, and taken back.
    Reverted,
    /// It has not been decided.
    Undecided,
    /// It ends before the occupied interval does.
    Expired {
        /// The first instant at which it no longer holds.
        ends: Instant,
    },
    /// It was decided only after the deployment had begun.
    Late,
    /// It is for one release, and the freeze covers this other one of the same turnover as well.
    Partial {
        /// The release that no exception is for.
        release: DocId,
    },
}

impl<'p> Schedule<'p> {
    /// Returns what the exceptions for `freeze` say to `turnover`, which occupies `whole`, where the freeze covers
    /// `parts` of it.
    ///
    /// An exception is for the turnover, for its train, or for one of its releases; one for a release permits the
    /// turnover only together with one for each other release that the freeze covers.
    pub fn exception_state(
        &self,
        freeze: DocId,
        turnover: Doc<'p, Turnover>,
        parts: &[Part<'p>],
        whole: InstantRange,
    ) -> ExceptionState<'p> {
        self.exception_state_of(freeze, &beneficiaries(turnover), parts, whole)
    }

    /// Returns what the exceptions for `freeze` say to a deployment of the turnover and the train `beneficiaries`, which
    /// occupies `whole`, where the freeze covers `parts` of it; as [`Self::exception_state`].
    pub(super) fn exception_state_of(
        &self,
        freeze: DocId,
        beneficiaries: &[DocId],
        parts: &[Part<'p>],
        whole: InstantRange,
    ) -> ExceptionState<'p> {
        let judged =
            |exception: &Doc<'p, Exception>| (*exception, self.exception_fault(exception, whole));
        let direct: Vec<_> = self
            .direct_exceptions(freeze, beneficiaries)
            .map(|exception| judged(&exception))
            .collect();
        if let Some((exception, _)) = direct.iter().find(|(_, fault)| fault.is_none()) {
            return ExceptionState::Valid(*exception);
        }
        let mut faults: Vec<_> = direct
            .into_iter()
            .filter_map(|(exception, fault)| Some((exception, fault?)))
            .collect();
        let (mut valid, mut uncovered) = (None, None);
        for release in releases(parts) {
            let own: Vec<_> = self
                .exceptions_for(freeze, release)
                .map(|exception| judged(&exception))
                .collect();
            match own.iter().find(|(_, fault)| fault.is_none()) {
                Some((exception, _)) => valid = valid.or(Some(*exception)),
                None => uncovered = uncovered.or(Some(release)),
            }
            faults.extend(
                own.into_iter()
                    .filter_map(|(exception, fault)| Some((exception, fault?))),
            );
        }
        match (valid, uncovered) {
            (Some(exception), None) => return ExceptionState::Valid(exception),
            (Some(exception), Some(release)) => {
                faults.push((exception, ExceptionFault::Partial { release }));
            }
            (None, _) => {}
        }
        let nearest = faults
            .into_iter()
            .max_by_key(|(exception, fault)| (*fault, std::cmp::Reverse(exception.id)));
        nearest.map_or(ExceptionState::Missing, |(exception, fault)| {
            ExceptionState::Faulty(exception, fault)
        })
    }

    /// Returns the exceptions that no deployment makes use of: what they are for meets their freeze nowhere.
    pub fn unused_exceptions(&self) -> Vec<Doc<'p, Exception>> {
        let mut exceptions: Vec<_> = self.exceptions.values().flatten().copied().collect();
        exceptions.sort_by_key(|exception| exception.id);
        exceptions.retain(|exception| {
            let freeze = exception
                .fields
                .freeze
                .as_ref()
                .and_then(|freeze| freeze.target);
            let beneficiary = exception.fields.r#for.as_ref().and_then(|of| of.target);
            let Some((freeze, beneficiary)) = freeze.zip(beneficiary) else {
                return false;
            };
            let Some(freeze) = self.plan.get::<Freeze>(freeze) else {
                return false;
            };
            !self
                .turnovers_under(beneficiary)
                .into_iter()
                .any(|turnover| self.meets(turnover, freeze))
        });
        exceptions
    }

    /// Returns the ranges in which a deployment of the turnover and the train `beneficiaries` is excused from `freeze`: one
    /// that lies in one of them as a whole is permitted.
    pub(super) fn excused(
        &self,
        freeze: DocId,
        beneficiaries: &[DocId],
        parts: &[Part<'p>],
    ) -> Vec<InstantRange> {
        let granted = |exceptions: &mut dyn Iterator<Item = Doc<'p, Exception>>| -> Vec<_> {
            let approved = exceptions.filter(|exception| refusal(exception).is_none());
            approved
                .map(|exception| self.exception_range(&exception))
                .collect()
        };
        let mut excused = granted(&mut self.direct_exceptions(freeze, beneficiaries));
        let each = releases(parts).into_iter();
        let each = each.map(|release| granted(&mut self.exceptions_for(freeze, release)));
        let all = each.reduce(|left, right| {
            let pairs = left
                .iter()
                .flat_map(|one| right.iter().map(move |other| one.intersection(*other)));
            pairs.flatten().collect()
        });
        excused.extend(all.unwrap_or_default());
        excused
    }

    /// Returns from its decision to its end when `exception` holds.
    fn exception_range(&self, exception: &Doc<'p, Exception>) -> InstantRange {
        let decided = self.decided(exception).map(|decided| decided.earliest);
        let end = self.exception_end(exception);
        InstantRange::new(decided.unwrap_or(Instant::MIN), end.unwrap_or(Instant::MAX))
    }

    fn decided(&self, exception: &Doc<'p, Exception>) -> Option<Bounds> {
        let decision = exception.fields.decision.as_ref()?;
        Bounds::of_event(&decision.date.as_ref()?.resolved, self.zone(exception.id))
    }

    fn direct_exceptions(
        &self,
        freeze: DocId,
        beneficiaries: &[DocId],
    ) -> impl Iterator<Item = Doc<'p, Exception>> {
        beneficiaries
            .iter()
            .flat_map(move |&beneficiary| self.exceptions_for(freeze, beneficiary))
    }

    fn exceptions_for(
        &self,
        freeze: DocId,
        beneficiary: DocId,
    ) -> impl Iterator<Item = Doc<'p, Exception>> {
        let of_freeze = self.exceptions.get(&freeze).into_iter().flatten().copied();
        of_freeze.filter(move |exception| {
            exception
                .fields
                .r#for
                .as_ref()
                .is_some_and(|named| named.target == Some(beneficiary))
        })
    }

    fn exception_fault(
        &self,
        exception: &Doc<'p, Exception>,
        whole: InstantRange,
    ) -> Option<ExceptionFault> {
        let decided = self.decided(exception);
        let late = decided.is_some_and(|decided| decided.earliest > whole.start);
        let expired = self
            .exception_end(exception)
            .filter(|ends| *ends < whole.end);
        refusal(exception)
            .or(expired.map(|ends| ExceptionFault::Expired { ends }))
            .or(late.then_some(ExceptionFault::Late))
    }

    /// Returns the first instant at which `exception` no longer holds; the day on which it expires still counts.
    fn exception_end(&self, exception: &Doc<'p, Exception>) -> Option<Instant> {
        use crate::time::Date;
        let zone = self.zone(exception.id);
        match &exception.fields.expires.as_ref()?.resolved {
            Date::Moment(moment) => Some(moment.at(zone)),
            date => Some(zone.start_of(date.days()?.last.next())),
        }
    }

    /// Returns the turnovers that an exception for `beneficiary` would permit.
    fn turnovers_under(&self, beneficiary: DocId) -> Vec<Doc<'p, Turnover>> {
        match self.plan.document(beneficiary).kind {
            Kind::Turnover => self.plan.get(beneficiary).into_iter().collect(),
            Kind::Release => self.turnovers_of(beneficiary).to_vec(),
            _ => self.turnovers_in(beneficiary).to_vec(),
        }
    }
}

/// Returns whose exceptions permit all of `turnover`: its own, and its train's.
pub(super) fn beneficiaries(turnover: Doc<'_, Turnover>) -> Vec<DocId> {
    let of_train = turnover.document.belongs.train;
    std::iter::once(turnover.id).chain(of_train).collect()
}

/// Returns why nobody has granted `exception`, or none when it was granted.
fn refusal(exception: &Exception) -> Option<ExceptionFault> {
    let result = exception
        .decision
        .as_ref()
        .and_then(|decision| decision.result.as_ref());
    match result.map(|result| result.value) {
        Some(RulingResult::Approved) => None,
        Some(RulingResult::Rejected) => Some(ExceptionFault::Rejected),
        Some(RulingResult::Reverted) => Some(ExceptionFault::Reverted),
        None => Some(ExceptionFault::Undecided),
    }
}

/// Returns the releases of `parts`, each once.
fn releases(parts: &[Part<'_>]) -> Vec<DocId> {
    let mut releases: Vec<_> = parts.iter().filter_map(|part| part.release).collect();
    releases.sort_unstable();
    releases.dedup();
    releases
}
