//! How long a release was on its way: from the day on which work on it began to the day on which it reached production.

use std::collections::BTreeMap;

use super::gaps::Gap;
use super::tries::Try;
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::When;
use crate::plan::{DocId, Plan};
use crate::schedule::Schedule;
use crate::time::{Day, DayRange};

/// The way of one release to production.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The release.
    pub release: DocId,
    /// Its application.
    pub application: Option<DocId>,
    /// Its train.
    pub train: Option<DocId>,
    /// The day on which it entered construction.
    pub begun: Day,
    /// The day on which it first reached production.
    pub deployed: Day,
}

impl Lead {
    /// Returns how many days it took.
    pub fn days(&self) -> i64 {
        self.begun.until(self.deployed)
    }
}

/// Returns the way of each release that first reached production in `window` by one of `tries`, which stand in order, and
/// adds what is not known of others to `gaps`.
pub(super) fn of(
    schedule: &Schedule<'_>,
    tries: &[Try<'_>],
    counts: &impl Fn(DocId) -> bool,
    window: DayRange,
    gaps: &mut Vec<(Gap, usize)>,
) -> Vec<Lead> {
    let plan = schedule.plan();
    let mut first = BTreeMap::new();
    for of in tries.iter().filter(|of| !of.is_failure()) {
        for &release in of.releases.iter().filter(|id| counts(**id)) {
            first.entry(release).or_insert(of.day);
        }
    }
    let reached: Vec<_> = first
        .into_iter()
        .filter(|(_, day)| window.contains(*day))
        .collect();
    let lead = |&(id, deployed): &(DocId, Day)| {
        let release = plan.get::<Release>(id)?;
        let begun = begun(plan, id)?;
        (begun <= deployed).then_some(Lead {
            release: id,
            application: release.document.belongs.application,
            train: release.document.belongs.train,
            begun,
            deployed,
        })
    };
    let leads: Vec<_> = reached.iter().filter_map(lead).collect();
    gaps.push((Gap::NotBegun, reached.len() - leads.len()));
    leads
}

/// Returns the day on which the release `id` first entered construction, as its own history says, else that of its train.
fn begun(plan: &Plan, id: DocId) -> Option<Day> {
    let own = entered(plan, id);
    own.or_else(|| entered(plan, plan.document(id).belongs.train?))
}

fn entered(plan: &Plan, id: DocId) -> Option<Day> {
    let course = plan.course(id)?;
    let stages = plan.stages_of(id);
    let entries = course.history.iter().filter_map(|entry| {
        let stage = entry.value.stage.as_ref()?;
        let is_construction = stages.canonical(&stage.value) == Some(Stage::Construction);
        let days = entry.value.date.as_ref().and_then(When::days)?;
        is_construction.then(|| days.exact())
    });
    entries.flatten().min()
}
