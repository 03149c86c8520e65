//! Stage gates: exit criteria with evidence and waivers, and approvals.
//!
//! A gate's result is always computed, never written.

use super::person::Who;
use crate::plan::kinds::approval::Approval;
use crate::plan::kinds::environment::Environment;
use crate::plan::record::{choices, record};
use crate::plan::value::{Digest, Keyed, Listed, Ref, Text, Url, When};
use crate::text::Spanned;
use crate::time::Duration;

record! {
    /// A gate between two stages.
    Gate {
        /// What it is called.
        title: Option<Text>,
        /// The day by which it is passed.
        due: Option<When>,
        /// What has to be true.
        criteria: Keyed<Criterion>,
        /// What was decided.
        approvals: Listed<Approval>,
    }
}

record! {
    /// An exit criterion of a gate.
    Criterion {
        /// What has to be true; inherited from the policy when it defines the id.
        title: Option<Text>,
        /// Who shows it.
        owner: Option<Ref<Who>>,
        /// Where it is shown.
        environment: Option<Ref<Environment>>,
        /// The day by which it is met.
        due: Option<When>,
        /// Where it stands.
        status: Option<Spanned<CriterionStatus>>,
        /// What shows it.
        evidence: Option<Evidence>,
        /// The permission to pass without it.
        waiver: Option<Waiver>,
    }
}

choices! {
    /// Where a criterion stands.
    CriterionStatus {
        /// Nobody has looked yet.
        NotRun = "not-run",
        /// It holds.
        Met = "met",
        /// It does not hold.
        NotMet = "not-met",
    }
}

record! {
    /// What shows that a criterion is met: an address, or a file of the plan with its digest.
    Evidence {
        /// Where it can be seen.
        url: Option<Spanned<Url>>,
        /// The file that holds it, relative to the document.
        file: Option<Text>,
        /// The file's SHA-256 digest.
        sha256: Option<Spanned<Digest>>,
        /// The day on which it was made.
        date: Option<When>,
        /// How long it counts.
        valid_for: Option<Spanned<Duration>>,
    }
}

record! {
    /// A permission to pass a gate with a criterion that is not met.
    Waiver {
        /// Who gave it.
        by: Option<Ref<Who>>,
        /// The day on which it was given.
        date: Option<When>,
        /// Why.
        reason: Option<Text>,
        /// The day on which it ends.
        expires: Option<When>,
    }
}
