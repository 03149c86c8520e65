//! Sections that the pages of several kinds share: stages, gates, milestones, scope, and the lists of a release.
//!
//! A train and a release are both a [`Course`] through the stages, and most sections are made from one; [`listing`]
//! makes one of other documents, with the columns of their own index. A section that has nothing to say comes back
//! without blocks and is left out by the page, unless it is better that a reader sees that there is nothing yet.
//! Nothing here decides whether a gate is passed or a move allowed: `portal.progress` has judged that for the day.

mod approvals;
mod attention;
mod compliance;
mod course;
mod criteria;
mod gates;
mod lists;
mod members;
mod milestones;
mod need;
mod notes;
mod path;
mod radius;
mod release;
mod scope;
mod stages;
mod standing;

pub(super) use approvals::{other_approvals, signature};
pub(super) use attention::{
    attention, blocked_table, criterion_link, due_link, due_where, obstacle, obstacle_state, owner,
    shown, stopped,
};
pub(super) use compliance::{
    Kept, KeptRule, breakers, compliance, excused, followed, kept, rule_link,
};
pub(super) use course::governance;
pub(super) use criteria::criterion_state;
pub(super) use gates::{action, actors, gate_link, gate_state, gates, readiness, title, verdict};
pub(super) use lists::{communications, reservations, risks, support, tasks};
pub(super) use members::{
    Heading, MOST_PASSENGERS, changes_of, deploying, in_order, listing, notes_of, of_train,
    passengers,
};
pub(super) use milestones::{milestone_state, release_milestones, train_milestones};
pub(super) use need::{
    LOOP, Provider, arc, is_broken, lead, legend, map_link, need_cells, need_state, needed, node,
    planned, when_of,
};
pub(super) use notes::{fragments, gathered};
pub(super) use path::critical_path;
pub(super) use radius::{depending_on, needed_by};
pub(super) use release::{artifact_row, artifacts, needs, records, training};
pub(super) use scope::{items, items_named};
pub(super) use stages::{course_state, deployment, next_date, next_stage, stage_board, stages};
pub(super) use standing::standing;

/// Returns a clause of the program's own as a sentence without its full stop: `Its evidence has no day`.
fn sentence(clause: &str) -> String {
    super::frame::capitalised(clause)
}

#[cfg(test)]
mod tests;
