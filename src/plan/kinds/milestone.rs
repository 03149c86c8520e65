//! Milestones.

use crate::plan::kinds::{application::Application, release::Release, train::Train};
use crate::plan::record::{choices, record};
use crate::plan::value::{Ref, Text, When};
use crate::text::Spanned;

record! {
    /// A milestone: a dated promise of a train or a release.
    ///
    /// A release inherits the milestones of its train; under the same id it may set an earlier date, or a later one
    /// or `skip: true` with a `reason`.
    Milestone {
        /// The train that promises it. Without it, the one whose folder it is in.
        train: Option<Ref<Train>>,
        /// The release that promises it, when it is not the train.
        release: Option<Ref<Release>>,
        /// The day promised.
        due: Option<When>,
        /// The day on which it was reached.
        done: Option<When>,
        /// What sort of day it is.
        category: Option<Spanned<MilestoneCategory>>,
        /// The gate that it belongs to.
        gate: Option<Text>,
        /// The applications that it binds. Without it, all of the train.
        applies_to: Vec<Ref<Application>>,
        /// Whether a release leaves out the milestone that it inherits.
        skip: bool,
        /// Why it is later than the train's, or left out.
        reason: Option<Text>,
    }
}

impl Milestone {
    /// Returns whether somebody still has to reach it. Events, and the first and last days of freezes, come by
    /// themselves.
    pub fn is_promised(&self) -> bool {
        use MilestoneCategory::{Event, FreezeStart, Thaw};
        let category = self.category.as_ref().map(|category| category.value);
        let comes_by_itself = matches!(category, Some(Event | FreezeStart | Thaw));
        !comes_by_itself && self.done.is_none() && !self.skip
    }
}

choices! {
    /// What sort of day a milestone is.
    MilestoneCategory {
        /// Something is reached.
        Milestone = "milestone",
        /// Something has to have happened.
        Deadline = "deadline",
        /// Something takes place.
        Event = "event",
        /// Changes stop.
        FreezeStart = "freeze-start",
        /// Changes may go on.
        Thaw = "thaw",
    }
}
