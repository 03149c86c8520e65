//! Environments.

use crate::plan::parts::person::Who;
use crate::plan::record::{choices, record};
use crate::plan::value::{Map, Ref, VersionText};
use crate::text::Spanned;

record! {
    /// An environment: where releases are deployed.
    Environment {
        /// What it is for.
        category: Option<Spanned<EnvironmentCategory>>,
        /// Its place on the way to production, smallest first.
        order: Option<Spanned<u32>>,
        /// Whether several trains use it at the same time.
        shared: bool,
        /// Who may promote into it.
        promoters: Vec<Ref<Who>>,
        /// Whether it can be used.
        status: Option<Spanned<EnvironmentStatus>>,
        /// What is there now, by application. Without it, the turnovers say.
        versions: Map<Spanned<VersionText>>,
    }
}

choices! {
    /// What an environment is for.
    EnvironmentCategory {
        /// Building.
        Development = "development",
        /// Testing.
        Test = "test",
        /// Rehearsing.
        Staging = "staging",
        /// Real use.
        Production = "production",
    }
}

choices! {
    /// Whether an environment can be used.
    EnvironmentStatus {
        /// It can.
        Available = "available",
        /// Only its promoters may deploy to it.
        Restricted = "restricted",
        /// It cannot.
        Offline = "offline",
    }
}
