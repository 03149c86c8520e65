//! Turnovers: deployment packages.

use crate::plan::kinds::{environment::Environment, release::Release, train::Train};
use crate::plan::parts::deployment::{Acceptance, Attempt, Backout, Outage, SmokeTest, Step, Wave};
use crate::plan::record::{choices, record};
use crate::plan::value::{Keyed, Listed, Period, Ref, Text};
use crate::text::Spanned;

record! {
    /// A turnover: a deployment package for one environment, with its run sheet.
    Turnover {
        /// The train that it deploys. Without it, the one whose folder it is in.
        train: Option<Ref<Train>>,
        /// The release that it deploys, when it is not a whole train.
        release: Option<Ref<Release>>,
        /// Where it is deployed.
        @required environment: Option<Ref<Environment>>,
        /// The releases in it. Without it, all of the train.
        contents: Vec<Ref<Release>>,
        /// The turnover that it is copied and promoted from.
        from: Option<Ref<Turnover>>,
        /// When it is planned.
        planned: Option<Period>,
        /// When it took place.
        actual: Option<Period>,
        /// Where it stands.
        status: Option<Spanned<TurnoverStatus>>,
        /// The agreement of operations.
        acceptance: Option<Acceptance>,
        /// The ids of the scope items that it brings. Without it, all of its releases.
        items: Vec<Text>,
        /// Its run sheet.
        tasks: Keyed<Step>,
        /// Its smoke tests.
        smoke: Keyed<SmokeTest>,
        /// How it is taken back.
        backout: Option<Backout>,
        /// What does not work meanwhile.
        outage: Option<Outage>,
        /// Every try to deploy it, oldest first.
        attempts: Listed<Attempt>,
        /// The steps of a phased rollout, in order.
        waves: Keyed<Wave>,
    }
}

impl Turnover {
    /// Returns whether it is still to be deployed.
    pub fn is_to_come(&self) -> bool {
        use TurnoverStatus::{Accepted, Draft, Submitted};
        self.status.as_ref().is_none_or(|status| matches!(status.value, Draft | Submitted | Accepted))
    }
}

choices! {
    /// Where a turnover stands.
    TurnoverStatus {
        /// It is being written.
        Draft = "draft",
        /// Operations have been asked.
        Submitted = "submitted",
        /// Operations have agreed.
        Accepted = "accepted",
        /// Operations have refused.
        Rejected = "rejected",
        /// It is live.
        Deployed = "deployed",
        /// It did not work.
        Failed = "failed",
        /// It was taken back.
        RolledBack = "rolled-back",
        /// It was called off.
        Cancelled = "cancelled",
    }
}
