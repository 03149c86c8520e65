//! Where each criterion of a gate stands, and where they stand together.

use super::evidence::{self, EvidenceFault};
use super::gates::{ExitCriterion, StageGate};
use super::standpoint::Standpoint;
use super::waivers::{self, WaiverFault};
use crate::plan::parts::gate::CriterionStatus;
use crate::time::DayRange;

/// Where a criterion stands, the worst first (semantics, Gates).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It does not hold, or nothing that counts shows it.
    NotMet,
    /// Nobody has looked yet.
    NotRun,
    /// It does not hold, and that is excused.
    Waived,
    /// It holds.
    Met,
}

impl Standing {
    /// Returns the word for it: `not-met`.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotMet => "not-met",
            Self::NotRun => "not-run",
            Self::Waived => "waived",
            Self::Met => "met",
        }
    }

    /// Returns whether the gate may be passed with it.
    pub fn passes(self) -> bool {
        self >= Self::Waived
    }
}

/// Where a criterion stands, and why.
#[derive(Clone, Debug)]
pub struct CriterionResult<'p> {
    /// The criterion.
    pub criterion: ExitCriterion<'p>,
    /// Where it stands.
    pub standing: Standing,
    /// What is wrong with its evidence. It matters only to a criterion that is said to be met.
    pub evidence: Vec<EvidenceFault<'p>>,
    /// What is wrong with its waiver; none when it has no waiver.
    pub waiver: Option<Vec<WaiverFault<'p>>>,
}

/// Returns where `criterion` of `gate` stands for a decision made on `decided`.
pub(super) fn judge<'p>(
    standpoint: &Standpoint<'p>,
    gate: &StageGate<'p>,
    criterion: ExitCriterion<'p>,
    decided: DayRange,
) -> CriterionResult<'p> {
    let status = criterion
        .own
        .and_then(|own| own.value.status.as_ref())
        .map(|status| status.value);
    let is_met = status == Some(CriterionStatus::Met);
    let evidence = match is_met {
        true => evidence::faults(standpoint, &criterion, gate.position, decided),
        false => Vec::new(),
    };
    let waiver = waivers::faults(standpoint, gate, &criterion, decided);
    let is_waived = waiver
        .as_ref()
        .is_some_and(|faults| !faults.iter().any(WaiverFault::disqualifies));
    let standing = match status {
        Some(CriterionStatus::Met) if evidence.is_empty() => Standing::Met,
        _ if is_waived => Standing::Waived,
        None | Some(CriterionStatus::NotRun) => Standing::NotRun,
        Some(CriterionStatus::Met | CriterionStatus::NotMet) => Standing::NotMet,
    };
    CriterionResult {
        criterion,
        standing,
        evidence,
        waiver,
    }
}

/// Returns the worst of `criteria`, which stands for them all; the first of those that are equally bad. None when there
/// are none.
pub fn roll_up<'r, 'p>(criteria: &'r [CriterionResult<'p>]) -> Option<&'r CriterionResult<'p>> {
    criteria.iter().min_by_key(|result| result.standing)
}
