//! Why a gate is passed or not, in words: `not passed because executive is approved by omar only and needs 2`.

use std::fmt;

use super::criteria::{CriterionResult, Standing};
use super::evidence::EvidenceFault;
use super::results::{GateResult, GateState, SignoffResult};
use super::standpoint::days_of;
use super::votes::{JudgedVote, VoteFault};
use super::waivers::WaiverFault;
use crate::plan::kinds::approval::Decision;
use crate::time::DayRange;

/// One reason for the result of a gate. It reads as a clause: `regression is met`.
#[derive(Clone, Copy, Debug)]
pub enum Reason<'r, 'p> {
    /// Where a criterion stands.
    Criterion(&'r CriterionResult<'p>),
    /// What became of an approval.
    Signoff(&'r SignoffResult<'p>),
    /// Whether a gate before it is passed.
    Gate(&'p str, GateState),
    /// Nothing is asked for at it.
    Empty,
}

impl Reason<'_, '_> {
    /// Returns whether it speaks for the gate.
    pub fn holds(&self) -> bool {
        match self {
            Self::Criterion(result) => result.standing.passes(),
            Self::Signoff(result) => result.is_granted(),
            Self::Gate(_, state) => state.is_open(),
            Self::Empty => true,
        }
    }
}

impl<'p> GateResult<'p> {
    /// Returns every reason: the criteria, the approvals, and the gates before it.
    pub fn reasons(&self) -> Vec<Reason<'_, 'p>> {
        if self.state == GateState::Empty {
            return vec![Reason::Empty];
        }
        let criteria = self.criteria.iter().map(Reason::Criterion);
        let signoffs = self.signoffs.iter().map(Reason::Signoff);
        let before = self
            .before
            .iter()
            .map(|(name, state)| Reason::Gate(name, *state));
        criteria.chain(signoffs).chain(before).collect()
    }
}

impl fmt::Display for GateResult<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = self.reasons();
        let passed = self.is_passed();
        formatter.write_str(if passed {
            "passed because "
        } else {
            "not passed because "
        })?;
        let told: Vec<_> = reasons
            .iter()
            .filter(|reason| reason.holds() == passed)
            .map(ToString::to_string)
            .collect();
        match told.split_last() {
            Some((last, [])) => formatter.write_str(last)?,
            Some((last, rest)) => write!(formatter, "{}, and {last}", rest.join(", "))?,
            None => {}
        }
        match self.reopened.and_then(days_of) {
            Some(days) if !passed => write!(formatter, "; a return {} re-opened it", days.words()),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Reason<'_, '_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Criterion(result) => criterion(result, formatter),
            Self::Signoff(result) => signoff(result, formatter),
            Self::Gate(name, state) if state.is_open() => {
                write!(formatter, "gate {name} is passed")
            }
            Self::Gate(name, _) => write!(formatter, "gate {name} is not passed"),
            Self::Empty => formatter.write_str("nothing is asked for"),
        }
    }
}

fn criterion(result: &CriterionResult<'_>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let id = result.criterion.id;
    let own = result.criterion.own.map(|own| &own.value);
    match result.standing {
        Standing::Met => {
            write!(formatter, "{id} is met")?;
            let date = own.and_then(|own| own.evidence.as_ref()?.date.as_ref());
            return date.map_or(Ok(()), |date| {
                write!(formatter, " with evidence made {}", date.resolved.words())
            });
        }
        Standing::Waived => {
            let waiver = own.and_then(|own| own.waiver.as_ref());
            let by = waiver.and_then(|waiver| waiver.by.as_ref());
            let ends = waiver.and_then(|waiver| waiver.expires.as_ref()?.days());
            write!(formatter, "{id} is waived")?;
            by.map_or(Ok(()), |by| write!(formatter, " by {}", by.written))?;
            return ends.map_or(Ok(()), |ends| {
                write!(formatter, " until {}", ends.last.words())
            });
        }
        Standing::NotRun => write!(formatter, "{id} is not run")?,
        // Somebody says that it is met; what shows it does not count.
        Standing::NotMet => match result.evidence.first() {
            Some(fault) => write!(formatter, "{id} does not count as met: {fault}")?,
            None => write!(formatter, "{id} is not met")?,
        },
    }
    let waiver = result
        .waiver
        .iter()
        .flatten()
        .find(|fault| fault.disqualifies());
    waiver.map_or(Ok(()), |fault| {
        write!(formatter, ", and its waiver {fault}")
    })
}

fn signoff(result: &SignoffResult<'_>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let names: Vec<_> = result
        .granted
        .iter()
        .filter_map(|vote| Some(&*vote.vote.by()?.written))
        .collect();
    let (level, needed) = (result.signoff.level, result.signoff.quorum);
    match (names.split_last(), result.is_granted()) {
        (None, _) => write!(formatter, "{level} is not approved")?,
        (Some((last, rest)), is_granted) => {
            write!(formatter, "{level} is approved by ")?;
            if !rest.is_empty() {
                write!(formatter, "{} and ", rest.join(", "))?;
            }
            formatter.write_str(last)?;
            if is_granted {
                return Ok(());
            }
            write!(formatter, " only and needs {needed}")?;
        }
    }
    let others: Vec<_> = result.others.iter().filter_map(other_vote).collect();
    match others.is_empty() {
        true => Ok(()),
        false => write!(formatter, " ({})", others.join("; ")),
    }
}

/// Returns why a decision does not help: it is a rejection or an abstention, or it does not count.
fn other_vote(vote: &JudgedVote<'_>) -> Option<String> {
    let name = vote.vote.by().map(|by| &*by.written);
    let who = name.unwrap_or("somebody");
    let when = on(vote.days);
    match vote.vote.decision() {
        Some(Decision::Rejected) => return Some(format!("{who} rejected it{when}")),
        Some(Decision::Abstained) => return Some(format!("{who} abstained{when}")),
        Some(Decision::Approved) | None => {}
    }
    let fault = vote.faults.iter().find(|fault| fault.disqualifies())?;
    Some(match (fault, name) {
        (VoteFault::Future, _) => format!("{who} approves only{when}"),
        (VoteFault::Unnamed, _) => "an approval that names nobody does not count".to_owned(),
        (fault, _) => format!("the approval of {who} does not count: {fault}"),
    })
}

impl fmt::Display for EvidenceFault<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => formatter.write_str("it has no evidence"),
            Self::Nowhere => {
                formatter.write_str("its evidence names neither an address nor a file")
            }
            Self::Outside => formatter.write_str("its evidence lies outside the plan"),
            Self::NoFile(path) => write!(formatter, "there is no file {path}"),
            Self::NoDigest(_) => formatter.write_str("the digest of its evidence is not written"),
            Self::Mismatch(_) => formatter.write_str("its evidence is not the file that was seen"),
            Self::Undated => {
                formatter.write_str("its evidence counts only for a time and has no day")
            }
            Self::AfterDecision(decided) => {
                write!(formatter, "its evidence was not there {}", decided.words())
            }
            Self::Expired(end, decided) => {
                write!(
                    formatter,
                    "its evidence counted until {}, and not {}",
                    end.words(),
                    decided.words()
                )
            }
            Self::BeforeReturn(back) => write!(
                formatter,
                "its evidence is older than the return{}",
                on(days_of(back))
            ),
        }
    }
}

impl fmt::Display for WaiverFault<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => formatter.write_str("names nobody"),
            Self::NoReason => formatter.write_str("has no reason"),
            Self::NoExpiry => formatter.write_str("has no end"),
            Self::NotInRole(roles) if roles.is_empty() => {
                formatter.write_str("was given by somebody unknown")
            }
            Self::NotInRole(roles) => write!(
                formatter,
                "was given by nobody who was {}",
                roles.join(" or ")
            ),
            Self::AfterDecision(decided) => write!(
                formatter,
                "was given after the decision {}",
                decided.words()
            ),
            Self::Ended(end) => write!(formatter, "ended on {}", end.words()),
            Self::EndsEarly(end, planned) => {
                write!(
                    formatter,
                    "ends on {}, and the deployment begins on {}",
                    end.words(),
                    planned.first.words()
                )
            }
        }
    }
}

impl fmt::Display for VoteFault<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => formatter.write_str("it names nobody"),
            Self::Undated => formatter.write_str("it has no day"),
            Self::Future => formatter.write_str("its day has not come"),
            Self::Stranger => formatter.write_str("the plan does not know them"),
            Self::NotInRole(role) => write!(formatter, "they were not {role} on that day"),
            Self::Own(field, _) => write!(formatter, "they are the {field} of what is approved"),
            Self::Stale(_) => formatter.write_str("what was approved has changed since"),
            Self::BeforeReturn(back) => write!(
                formatter,
                "it is older than the return{}",
                on(days_of(back))
            ),
            Self::Superseded(_) => formatter.write_str("they decided otherwise later"),
            Self::OutOfOrder(level) => write!(formatter, "{level} had not been approved before"),
            Self::NoReason => formatter.write_str("it has no reason"),
            Self::NoReturnStage => formatter.write_str("it names no stage to return to"),
            Self::Duplicate(_) => formatter.write_str("it is written twice"),
        }
    }
}

fn on(days: Option<DayRange>) -> String {
    days.map_or_else(String::new, |days| format!(" {}", days.words()))
}
