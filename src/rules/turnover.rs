//! The rules of the group `turnover`: deployments, from the run sheet to the smoke tests.

mod artifact_differs;
mod copied_task_lost;
mod deployed_early;
mod does_not_fit;
mod no_backout;
mod no_smoke;
mod not_accepted;
mod promotion;
mod promotion_skipped;
mod requires;
mod smoke_failed;
mod task_out_of_order;
mod task_unowned;
mod wave_out_of_order;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    not_accepted::RULE,
    promotion_skipped::RULE,
    artifact_differs::RULE,
    does_not_fit::RULE,
    task_unowned::RULE,
    task_out_of_order::RULE,
    copied_task_lost::RULE,
    no_backout::RULE,
    no_smoke::RULE,
    smoke_failed::RULE,
    deployed_early::RULE,
    wave_out_of_order::RULE,
];
