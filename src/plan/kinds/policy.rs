//! Release policies.

use crate::plan::kinds::{application::Application, calendar::Calendar, environment::Environment};
use crate::plan::record::{choices, record};
use crate::plan::value::{Cadence, Keyed, Listed, Ref, Text, When};
use crate::text::Spanned;
use crate::time::{Duration, VersionScheme};

record! {
    /// A release policy: prose, and the rules that `check` enforces.
    Policy {
        /// What it governs. Without it, everything.
        applies_to: Option<PolicyScope>,
        /// The day from which it holds; older trains are exempt.
        since: Option<When>,
        /// The types of release that it knows, and what each asks for.
        types: Keyed<TypePolicy>,
        /// The gates that it asks for.
        gates: Keyed<PolicyGate>,
        /// How versions are numbered.
        versioning: Option<Spanned<VersionScheme>>,
        /// How often a train leaves.
        cadence: Option<Spanned<Cadence>>,
        /// Whether nobody may approve what they wrote themselves.
        separation_of_duties: bool,
        /// The environments that a release passes, in order.
        promotion: Listed<Promotion>,
        /// What an environment without a window means.
        windows: Option<Spanned<WindowDefault>>,
        /// The calendar of business days.
        calendar: Option<Ref<Calendar>>,
    }
}

record! {
    /// What a policy governs. An absent list means all.
    PolicyScope {
        /// The types of release.
        types: Vec<Text>,
        /// The applications, with all that they contain.
        applications: Vec<Ref<Application>>,
    }
}

record! {
    /// What a policy asks of one type of release.
    TypePolicy {
        /// The part of the version that it may raise.
        bump: Option<Spanned<BumpRule>>,
        /// How long before its start a deployment is announced.
        notice: Option<Spanned<Duration>>,
        /// How long its builders stand by after it.
        early_life_support: Option<Spanned<Duration>>,
        /// How soon after it the post mortem is held.
        post_mortem_within: Option<Spanned<Duration>>,
        /// How soon after it the skipped approvals are given.
        retrospective_approval: Option<Spanned<Duration>>,
        /// The stages that it may skip.
        skips: Vec<Text>,
        /// What it has to bring.
        requires: Vec<Spanned<Requirement>>,
    }
}

choices! {
    /// The part of the version that a type of release may raise.
    BumpRule {
        /// The first number.
        Major = "major",
        /// The second number.
        Minor = "minor",
        /// The third number.
        Patch = "patch",
        /// Any.
        Free = "free",
    }
}

choices! {
    /// What a type of release has to bring.
    Requirement {
        /// A way back.
        Backout = "backout",
        /// Release notes.
        Notes = "notes",
        /// Training.
        Training = "training",
        /// Smoke tests.
        Smoke = "smoke",
        /// An approved change request.
        Change = "change",
        /// Its artifacts in the definitive library.
        Artifacts = "artifacts",
    }
}

record! {
    /// A gate that a policy asks for.
    PolicyGate {
        /// What it is called.
        title: Option<Text>,
        /// What has to be true.
        criteria: Keyed<PolicyCriterion>,
        /// Who has to approve.
        approvals: Listed<RequiredApproval>,
    }
}

record! {
    /// An exit criterion that a policy asks for.
    PolicyCriterion {
        /// What has to be true.
        title: Option<Text>,
        /// Whether evidence is required.
        evidence: Option<Spanned<EvidenceRule>>,
        /// How long evidence counts.
        valid_for: Option<Spanned<Duration>>,
    }
}

choices! {
    /// Whether a criterion needs evidence.
    EvidenceRule {
        /// It does.
        Required = "required",
        /// It does not.
        Optional = "optional",
    }
}

record! {
    /// An approval that a policy asks for.
    RequiredApproval {
        /// The level of the decision.
        @required level: Option<Text>,
        /// The role that decides.
        role: Option<Text>,
        /// How many have to agree; one unless it says otherwise.
        quorum: Option<Spanned<u32>>,
    }
}

record! {
    /// One environment of the way to production.
    Promotion {
        /// The environment.
        @required environment: Option<Ref<Environment>>,
        /// How many of a turnover's releases have to have been deployed there: `all`, a number, or `optional`.
        require: Option<Text>,
    }
}

choices! {
    /// What an environment without a window means.
    WindowDefault {
        /// Deployments are allowed at any time.
        Open = "open",
        /// Deployments are not allowed.
        Closed = "closed",
    }
}
