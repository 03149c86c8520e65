//! What a change to a plan means: not which lines changed, but which dates moved and by how much, who decided what, and
//! what came or went.
//!
//! [`compare`] tells the [`Edit`]s between two [`Version`]s of one document, along the description of its kind, so that
//! a new field needs nothing here. [`Chronicle`] does so for every commit of a history, and [`slips`] says how far each
//! date of a plan is from where it was first. [`plans`] compares two whole plans with what they come to on a day: resolved
//! dates, gates, decisions, freezes and needs, and what `check` says; it makes a [`Comparison`]. Everything holds typed
//! values; how they are worded is up to whoever shows them.
//!
//! It reads no file and runs no command: versions come in as text, plans as they were loaded. It judges nothing itself.

mod body;
mod chronicle;
mod comparison;
mod documents;
mod edit;
mod fields;
mod gates;
mod news;
mod obstacles;
mod pairs;
mod plans;
mod policies;
mod resolved;
mod slip;
mod standing;
mod version;

#[cfg(test)]
mod tests;

pub use chronicle::{Change, Chronicle, Fate, MOST_COMMITS, Moved, Reach};
pub use comparison::{
    Aspect, Comparison, DateMove, DiagnosticMove, Entry, Existence, Fact, Followed, Group,
    NeedFault, Obstruction, Rank, StageMove, Subject, Turn, VoteMove, VoteTurn, Way,
};
pub use edit::{Content, Edit, Meaning, Step};
pub use gates::{GateMove, gate_moves};
pub use news::News;
pub use plans::{Side, plans};
pub use slip::{Slip, slips};
pub use version::Version;

/// Returns what changed from the version `old` of a document to the version `new`, in the order of its description; its
/// body comes last.
pub fn compare(old: &Version<'_>, new: &Version<'_>) -> Vec<Edit> {
    let mut edits = fields::compare(old, new);
    edits.extend(body::compare(old.body, new.body));
    edits
}
