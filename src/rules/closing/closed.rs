//! What has been closed and has to answer for it.

use crate::plan::kinds::release::Release;
use crate::plan::value::When;
use crate::plan::{Course, Doc, Plan};
use crate::rules::standing;
use crate::text::Location;

/// A train or a release that its own history says is closed.
pub(super) struct Closed<'p> {
    pub(super) course: Course<'p>,
    pub(super) on: &'p When,
    pub(super) at: Location,
}

impl Closed<'_> {
    /// Returns when that was, for a label: `closed on 30 October 2026`.
    pub(super) fn words(&self) -> String {
        format!("closed {}", self.on.resolved.words())
    }
}

/// Returns the trains and releases that are closed, without those that are older than their policy.
pub(super) fn courses(plan: &Plan) -> impl Iterator<Item = Closed<'_>> {
    let own = plan.courses().filter(|course| course.stage().is_some());
    own.filter_map(|course| {
        let (on, at) = standing::closed(plan, course.id)?;
        let answers = !standing::is_exempt(plan, course.id);
        answers.then_some(Closed { course, on, at })
    })
}

/// Returns the releases among them that owe records: a policy binds them, or they have begun to keep them, and they are
/// live; what was taken back leaves no records, and what no policy governs is asked for nothing.
pub(super) fn recorded(plan: &Plan) -> impl Iterator<Item = (Closed<'_>, Doc<'_, Release>)> {
    let live = courses(plan).filter(|closed| !standing::was_in_vain(&closed.course));
    let owing = live.filter(|closed| {
        let release = plan.get::<Release>(closed.course.id);
        let has_begun = release.is_some_and(|release| release.fields.records.is_some());
        has_begun || plan.binding_policy(closed.course.id).is_some()
    });
    owing.filter_map(|closed| {
        let release = plan.get(closed.course.id)?;
        Some((closed, release))
    })
}
