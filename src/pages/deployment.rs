//! What deployments are told by: the steps of a run sheet, what a freeze or a window covers, and what is where.
//!
//! Several kinds of page share these parts. Nothing here judges: whether a deployment may take place is for the schedule
//! to say.

mod conflicts;
mod copied;
mod repeats;
mod scope;
mod steps;
mod versions;

pub(super) use conflicts::{met_by, next_slot, openings};
pub(super) use copied::differences;
pub(super) use repeats::repeats;
pub use scope::scope_in_words;
pub(super) use scope::{has_ended, naming, scope_facts, scope_words};
pub(super) use steps::{backout, run_sheet, smoke_tests, way_back};
pub(super) use versions::{days_of, installed_in, version_link, versions_in, versions_of};
