//! The rules of the group `gate`: what has to be true before a stage is left, and what shows it.

mod criterion_overdue;
mod criterion_unknown;
mod due_after_stage;
mod empty;
mod evidence_after_decision;
mod evidence_expired;
mod evidence_mismatch;
mod evidence_missing;
mod not_passed;
mod stated;
mod waiver_expires_early;
mod waiver_incomplete;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    not_passed::RULE,
    empty::RULE,
    due_after_stage::RULE,
    criterion_overdue::RULE,
    criterion_unknown::RULE,
    evidence_missing::RULE,
    evidence_mismatch::RULE,
    evidence_expired::RULE,
    evidence_after_decision::RULE,
    waiver_incomplete::RULE,
    waiver_expires_early::RULE,
];
