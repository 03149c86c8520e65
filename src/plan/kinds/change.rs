//! Change requests.

use crate::plan::kinds::{application::Application, approval::Approval, release::Release};
use crate::plan::parts::deployment::Backout;
use crate::plan::record::{choices, record};
use crate::plan::value::{Listed, Period, Ref, Text, Url};
use crate::text::Spanned;

record! {
    /// A change request (RFC).
    Change {
        /// What sort of change it is.
        category: Option<Spanned<ChangeCategory>>,
        /// What may go wrong, and how likely it is.
        risk: Option<Text>,
        /// Whom it touches, and how much.
        impact: Option<Text>,
        /// Where it stands.
        status: Option<Spanned<ChangeStatus>>,
        /// The releases that carry it out.
        releases: Vec<Ref<Release>>,
        /// The services that it touches.
        services: Vec<Ref<Application>>,
        /// When it is planned.
        planned: Option<Period>,
        /// What was decided.
        approvals: Listed<Approval>,
        /// Where it is tracked.
        url: Option<Spanned<Url>>,
        /// How it is taken back.
        backout: Option<Backout>,
        /// What came of it.
        evaluation: Option<Text>,
    }
}

impl Change {
    /// Returns whether it is still to be carried out.
    pub fn is_to_come(&self) -> bool {
        use ChangeStatus::{Approved, Draft, Scheduled, Submitted};
        let status = self.status.as_ref().map(|status| status.value);
        matches!(status, None | Some(Draft | Submitted | Approved | Scheduled))
    }
}

choices! {
    /// What sort of change it is.
    ChangeCategory {
        /// Known, of low risk, approved beforehand.
        Standard = "standard",
        /// Assessed and approved one by one.
        Normal = "normal",
        /// Cannot wait.
        Emergency = "emergency",
    }
}

choices! {
    /// Where a change stands.
    ChangeStatus {
        /// It is being written.
        Draft = "draft",
        /// It has been asked for.
        Submitted = "submitted",
        /// It may be carried out.
        Approved = "approved",
        /// It may not.
        Rejected = "rejected",
        /// Its day is set.
        Scheduled = "scheduled",
        /// It is carried out.
        Implemented = "implemented",
        /// It did not work.
        Failed = "failed",
        /// It has been evaluated.
        Closed = "closed",
    }
}
