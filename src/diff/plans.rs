//! Two whole plans, compared by what they mean.

use std::collections::BTreeMap;

use super::comparison::Comparison;
use crate::diagnostic::Diagnostic;
use crate::lifecycle::Progress;
use crate::plan::Plan;
use crate::schedule::Schedule;

/// One of two plans that are compared, with what it comes to on the day.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Where its trains and releases stand; both sides as of one day.
    pub progress: &'a Progress<'a>,
    /// When what takes place.
    pub schedule: &'a Schedule<'a>,
    /// What `check` says of it. Empty on both sides when nobody asked: then none is new or fixed.
    pub diagnostics: &'a [Diagnostic],
}

/// Returns what the change from the plan `old` to the plan `new` means. `renames` holds the old path of each file that
/// has another one, by the new path, as [`Repository::renames`](crate::world::repository::Repository::renames) tells
/// them; a file that was moved with its text as it is needs no word there.
pub fn plans(_old: &Side<'_>, _new: &Side<'_>, _renames: &BTreeMap<String, String>) -> Comparison {
    Comparison::default()
}
