//! The rules of the group `window`: maintenance windows, and the deployments that have to lie in them.

mod after_cutoff;
mod dst_gap;
mod outside;
mod self_overlap;
mod starved;

use super::book::Rule;

pub(super) const RULES: &[Rule] = &[
    outside::RULE,
    after_cutoff::RULE,
    dst_gap::RULE,
    self_overlap::RULE,
    starved::RULE,
];
