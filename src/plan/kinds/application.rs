//! Applications and services.

use crate::plan::kinds::{Kind, environment::Environment, team::Team};
use crate::plan::record::{choices, record};
use crate::plan::value::{Ref, Refers, Text, Url};
use crate::text::Spanned;
use crate::time::VersionScheme;

record! {
    /// An application or service: what releases are made of.
    Application {
        /// The team that builds it.
        team: Option<Ref<Team>>,
        /// How much depends on it.
        criticality: Option<Spanned<Criticality>>,
        /// How its versions are numbered. Without it, the policy says.
        versioning: Option<Spanned<VersionScheme>>,
        /// The environments that it passes on its way to production, in order.
        path: Vec<Ref<Environment>>,
        /// The applications inside it; a scope that names it means them too.
        contains: Vec<Ref<Application>>,
        /// What it runs on.
        runs_on: Vec<Ref<Host>>,
        /// Where its source is kept.
        repository: Option<Spanned<Url>>,
        /// Where its artifacts are kept.
        library: Option<Spanned<Url>>,
        /// Its name in the configuration database.
        configuration_item: Option<Text>,
    }
}

/// What an application can run on.
#[derive(Debug)]
pub enum Host {}

impl Refers for Host {
    const KINDS: &'static [Kind] = &[Kind::Application, Kind::Environment];
}

choices! {
    /// How much depends on an application.
    Criticality {
        /// The business stops without it.
        Critical = "critical",
        /// Customers notice at once.
        High = "high",
        /// Work gets slower.
        Medium = "medium",
        /// It can wait.
        Low = "low",
    }
}
