//! The rules of the group `train`: release trains, and releases where they are on a way of their own.

mod cadence_missed;
mod empty;
mod ends_before_start;
mod no_manager;
mod no_purpose;
mod no_schedule;
mod overlapping_trains;
mod schedule_gap;
mod stages_overlap;
mod supersedes_open;
mod unknown_stage;
mod unknown_type;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    no_manager::RULE,
    no_purpose::RULE,
    no_schedule::RULE,
    unknown_type::RULE,
    unknown_stage::RULE,
    stages_overlap::RULE,
    ends_before_start::RULE,
    schedule_gap::RULE,
    cadence_missed::RULE,
    overlapping_trains::RULE,
    empty::RULE,
    supersedes_open::RULE,
];
