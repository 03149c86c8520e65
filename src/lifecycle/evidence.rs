//! Evidence: whether it is there, is the same, and counted when somebody relied on it (semantics, Gates).

use super::gates::ExitCriterion;
use super::standpoint::{Standpoint, days_of};
use crate::plan::parts::gate::Evidence;
use crate::plan::parts::lifecycle::Transition;
use crate::plan::value::{Digest, When};
use crate::text::Spanned;
use crate::time::{Day, DayRange};

/// Something wrong with the evidence of a criterion.
#[derive(Clone, Debug)]
pub enum EvidenceFault<'p> {
    /// The policy asks for it, and there is none.
    Missing,
    /// It names neither an address nor a file.
    Nowhere,
    /// Its file lies outside the plan.
    Outside,
    /// There is no such file, at this path of the plan.
    NoFile(String),
    /// It does not say which digest its file has; this is it.
    NoDigest(Digest),
    /// Its file has another digest than it says: this one.
    Mismatch(Digest),
    /// It has no day, and counts only for a time.
    Undated,
    /// It is of a day after the decision that relies on it.
    AfterDecision(DayRange),
    /// It counted until this day, and the decision came later.
    Expired(Day, DayRange),
    /// It was made before the gate was re-opened by this return.
    BeforeReturn(&'p Spanned<Transition>),
}

/// Returns what is wrong with the evidence of `criterion` at the gate of the stage at `position`, when the decision that
/// relies on it was made on `decided`.
pub(super) fn faults<'p>(
    standpoint: &Standpoint<'p>,
    criterion: &ExitCriterion<'p>,
    position: Option<usize>,
    decided: DayRange,
) -> Vec<EvidenceFault<'p>> {
    let evidence = criterion.own.and_then(|own| own.value.evidence.as_ref());
    let Some(evidence) = evidence else {
        return if criterion.needs_evidence() {
            vec![EvidenceFault::Missing]
        } else {
            Vec::new()
        };
    };
    let dated = evidence.date.as_ref().and_then(When::days);
    let mut faults: Vec<_> = fault_of_place(standpoint, evidence).into_iter().collect();
    let Some(dated) = dated else {
        faults.extend(
            criterion
                .validities()
                .next()
                .map(|_| EvidenceFault::Undated),
        );
        return faults;
    };
    if dated.certainly_after(decided) {
        faults.push(EvidenceFault::AfterDecision(decided));
    }
    let ends = criterion
        .validities()
        .filter_map(|validity| standpoint.after_day(dated.last, validity))
        .min();
    faults.extend(
        ends.filter(|end| *end < decided.first)
            .map(|end| EvidenceFault::Expired(end, decided)),
    );
    let back = position.and_then(|position| standpoint.reopened(position));
    let before = |back: &&'p Spanned<Transition>| {
        days_of(back).is_some_and(|returned| dated.certainly_before(returned))
    };
    faults.extend(back.filter(before).map(EvidenceFault::BeforeReturn));
    faults
}

/// Returns what is wrong with where the evidence is kept. An address is taken at its word.
fn fault_of_place<'p>(
    standpoint: &Standpoint<'p>,
    evidence: &Evidence,
) -> Option<EvidenceFault<'p>> {
    let Some(file) = &evidence.file else {
        return evidence.url.is_none().then_some(EvidenceFault::Nowhere);
    };
    let Some(path) = standpoint.plan.path_from(standpoint.course.id, file) else {
        return Some(EvidenceFault::Outside);
    };
    let Some(digest) = standpoint.plan.evidence.get(&path) else {
        return Some(EvidenceFault::NoFile(path));
    };
    match &evidence.sha256 {
        None => Some(EvidenceFault::NoDigest(digest.clone())),
        Some(written) => {
            (written.value != *digest).then(|| EvidenceFault::Mismatch(digest.clone()))
        }
    }
}
