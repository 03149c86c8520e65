//! The rules of the group `policy`: which policy governs what, and whether the plan as a whole keeps to it.

mod contradicts_model;
mod none_applies;
mod several_apply;
mod too_many_emergencies;

use super::book::Rule;
use crate::plan::kinds::{release::Release, train::Train};
use crate::plan::{Course, Plan};

pub(super) const RULES: &[Rule] = &[
    none_applies::RULE,
    several_apply::RULE,
    contradicts_model::RULE,
    too_many_emergencies::RULE,
];

/// Returns whether `course` names a policy itself, even one that does not exist.
fn names_one(plan: &Plan, course: &Course<'_>) -> bool {
    let train = plan
        .get::<Train>(course.id)
        .is_some_and(|it| it.policy.is_some());
    train
        || plan
            .get::<Release>(course.id)
            .is_some_and(|it| it.policy.is_some())
}
