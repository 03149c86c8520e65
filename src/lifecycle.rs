//! What the lifecycle of a train or a release comes to: which moves are allowed, which gates are passed and why, whose
//! decisions count, what is left before it can close, and what is late (semantics, Lifecycle, Gates and Late).
//!
//! Each question has one function, and rules, pages, reports and commands ask it: [`moves`], [`history`], [`gates`],
//! [`gate_results`], [`votes`], [`retrospective`], [`fingerprint`] and [`closing`]; [`Progress`] keeps the answers for
//! one day, and says what is due and what is blocked. Answers are facts with the values they stand on; nothing here words
//! a diagnostic or knows today.

mod blocked;
mod burn_up;
mod clearance;
mod closing;
mod criteria;
mod due;
mod duties;
mod evidence;
mod fingerprint;
mod gates;
mod history;
mod moves;
mod next;
mod progress;
mod reasons;
mod results;
mod retrospective;
mod roles;
mod standing;
mod standpoint;
mod votes;
mod waivers;

pub use blocked::{Blocked, Obstacle};
pub use burn_up::{BurnUp, Tallied};
pub use clearance::Clearance;
pub use closing::{Lack, Lacking, closing};
pub use criteria::{CriterionResult, Standing, roll_up};
pub use due::{Due, DueKind, SOON};
pub use duties::{Duties, Owner, duties};
pub use evidence::EvidenceFault;
pub use fingerprint::{differences, fingerprint};
pub use gates::{ExitCriterion, Signoff, StageGate, gates};
pub use history::{Step, StepFault, history};
pub use moves::{Demand, Direction, Move, Moves, moves};
pub use next::NextStep;
pub use progress::Progress;
pub use reasons::Reason;
pub use results::{GateResult, GateState, SignoffResult, gate_result, gate_results};
pub use retrospective::{Retrospective, RetrospectiveState, retrospective};
pub use roles::{Tenure, holders, tenure};
pub use standing::GateStanding;
pub use votes::{JudgedVote, Vote, VoteFault, votes};
pub use waivers::WaiverFault;

#[cfg(test)]
mod tests;
