//! What goes to production next.

use super::{Schedule, is_to_come};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, Plan};
use crate::time::{Day, DayRange};

/// A planned deployment to production.
#[derive(Clone, Copy, Debug)]
pub struct Deployment<'p> {
    /// The turnover.
    pub turnover: Doc<'p, Turnover>,
    /// The days on which it can take place.
    pub days: DayRange,
}

/// Returns the deployments to production that are still to come on `day`, soonest first.
pub fn next_deployments(plan: &Plan, day: Day) -> Vec<Deployment<'_>> {
    let schedule = Schedule::new(plan);
    let to_come = plan
        .all::<Turnover>()
        .filter(|turnover| is_to_come(turnover));
    let production = to_come.filter(|turnover| schedule.is_production(turnover));
    let dated = production.filter_map(|turnover| {
        Some(Deployment {
            turnover,
            days: turnover.planned.as_ref()?.days()?,
        })
    });
    let mut found: Vec<_> = dated
        .filter(|deployment| deployment.days.last >= day)
        .collect();
    found.sort_by_key(|deployment| (deployment.days.first, deployment.turnover.id));
    found
}
