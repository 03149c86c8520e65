//! The rules of the group `release`: versions, scope, artifacts and what a type of release has to bring.

mod artifact_after_rollout;
mod artifact_missing;
mod item_in_two_releases;
mod item_open_at_close;
mod late_notice;
mod line;
mod no_train;
mod no_training;
mod no_version;
mod type_mismatch;
mod version_not_monotonic;
mod version_scheme;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    no_train::RULE,
    no_version::RULE,
    version_scheme::RULE,
    version_not_monotonic::RULE,
    type_mismatch::RULE,
    item_in_two_releases::RULE,
    item_open_at_close::RULE,
    artifact_missing::RULE,
    artifact_after_rollout::RULE,
    no_training::RULE,
    late_notice::RULE,
];
