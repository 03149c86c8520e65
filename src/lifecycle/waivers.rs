//! Waivers: whether a criterion that does not hold is excused (semantics, Gates).

use super::gates::{ExitCriterion, StageGate};
use super::roles::{Tenure, tenure};
use super::standpoint::Standpoint;
use crate::plan::value::When;
use crate::time::{Day, DayRange};

/// Something wrong with a waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaiverFault<'p> {
    /// It does not say who gave it.
    Unnamed,
    /// It has no reason.
    NoReason,
    /// It has no end.
    NoExpiry,
    /// Who gave it held none of these roles, which may waive, on that day; without roles, the plan does not know them.
    NotInRole(Vec<&'p str>),
    /// It was given after the decision that relies on it.
    AfterDecision(DayRange),
    /// It had ended on this day.
    Ended(Day),
    /// It ends on this day, before the deployment: the gate will be open again.
    EndsEarly(Day, DayRange),
}

impl WaiverFault<'_> {
    /// Returns whether a waiver with this fault excuses nothing.
    pub fn disqualifies(&self) -> bool {
        !matches!(self, Self::EndsEarly(..))
    }

    /// Returns whether something is left out of it.
    pub fn is_incomplete(&self) -> bool {
        matches!(
            self,
            Self::Unnamed | Self::NoReason | Self::NoExpiry | Self::NotInRole(_)
        )
    }
}

/// Returns what is wrong with the waiver of `criterion` at `gate`, when the decision that relies on it was made on
/// `decided`; none when there is no waiver.
pub(super) fn faults<'p>(
    standpoint: &Standpoint<'p>,
    gate: &StageGate<'p>,
    criterion: &ExitCriterion<'p>,
    decided: DayRange,
) -> Option<Vec<WaiverFault<'p>>> {
    let waiver = criterion.own?.value.waiver.as_ref()?;
    let given = waiver.date.as_ref().and_then(When::days);
    let mut faults = Vec::new();
    match waiver.by.as_ref().filter(|by| !by.is_open()) {
        None => faults.push(WaiverFault::Unnamed),
        Some(by) => {
            let roles = gate.waiving_roles();
            let held = |role| tenure(standpoint.plan, by, role, given.unwrap_or(decided));
            let is_held = match roles.is_empty() {
                true => held(None) == Tenure::Held,
                false => roles.iter().any(|role| held(Some(role)) == Tenure::Held),
            };
            faults.extend((!is_held).then_some(WaiverFault::NotInRole(roles)));
        }
    }
    faults.extend(waiver.reason.is_none().then_some(WaiverFault::NoReason));
    faults.extend(
        given
            .filter(|given| given.certainly_after(decided))
            .map(|_| WaiverFault::AfterDecision(decided)),
    );
    match waiver.expires.as_ref() {
        None => faults.push(WaiverFault::NoExpiry),
        Some(expires) => faults.extend(
            expires
                .days()
                .and_then(|ends| fault_of_end(standpoint, ends.last, decided)),
        ),
    }
    Some(faults)
}

/// Returns what is wrong with a waiver that ends on the day `ends`, which it includes. It is needed until the deployment,
/// and until today as long as that is to come.
fn fault_of_end<'p>(
    standpoint: &Standpoint<'p>,
    ends: Day,
    decided: DayRange,
) -> Option<WaiverFault<'p>> {
    let deployed = standpoint.deployed();
    let needed = deployed.map_or(standpoint.day, |deployed| deployed.first);
    if ends < decided.first || ends < needed {
        return Some(WaiverFault::Ended(ends));
    }
    let to_come = standpoint.planned().filter(|_| deployed.is_none());
    let early = to_come.filter(|planned| ends < planned.first);
    early.map(|planned| WaiverFault::EndsEarly(ends, planned))
}
