//! Whether a change may be carried out: somebody approved it, and nobody refused (semantics, Turnovers).

use super::progress::Progress;
use super::votes::{JudgedVote, VoteFault};
use crate::plan::Doc;
use crate::plan::kinds::approval::Decision;
use crate::plan::kinds::change::{Change, ChangeCategory, ChangeStatus};

/// How far a change request is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clearance {
    /// Somebody refused it, and nobody has changed their mind.
    Refused,
    /// Nobody has approved it.
    Missing,
    /// Somebody has, and their approval does not count.
    Faulty,
    /// It is approved, or a standard change that was approved beforehand.
    Granted,
}

impl Progress<'_> {
    /// Returns how far `change` is decided.
    pub fn clearance(&self, change: Doc<'_, Change>) -> Clearance {
        use ChangeStatus::{Draft, Rejected, Submitted};
        let status = change.fields.status.as_ref().map(|status| status.value);
        let votes = self.votes().iter();
        let votes: Vec<_> = votes.filter(|it| it.vote.subject == change.id).collect();
        if status == Some(Rejected) || votes.iter().any(|vote| refuses(vote)) {
            return Clearance::Refused;
        }
        let category = change.fields.category.as_ref();
        let beforehand = category.is_some_and(|it| it.value == ChangeCategory::Standard)
            && !matches!(status, None | Some(Draft | Submitted));
        if beforehand || votes.iter().any(|vote| vote.grants()) {
            Clearance::Granted
        } else if votes.iter().any(|vote| vote.is_given()) {
            Clearance::Faulty
        } else {
            Clearance::Missing
        }
    }
}

/// Returns whether `judged` is a rejection that stands.
fn refuses(judged: &JudgedVote<'_>) -> bool {
    let is_over = |fault: &VoteFault<'_>| matches!(fault, VoteFault::Superseded(_));
    judged.vote.decision() == Some(Decision::Rejected) && !judged.faults.iter().any(is_over)
}
