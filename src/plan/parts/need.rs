//! Dependencies: what has to happen elsewhere first.

use crate::plan::kinds::{
    application::Application, environment::Environment, milestone::Milestone, release::Release,
    train::Train,
};
use crate::plan::record::{choices, record};
use crate::plan::value::{Lag, Ref, Text};
use crate::text::Spanned;
use crate::time::VersionConstraint;

record! {
    /// Something that a release needs: another release, a milestone, a train, a promise from outside, or a version of
    /// an application in an environment.
    Need {
        /// The release needed.
        release: Option<Ref<Release>>,
        /// The milestone needed.
        milestone: Option<Ref<Milestone>>,
        /// The train needed.
        train: Option<Ref<Train>>,
        /// What is needed from outside the plan, in words.
        external: Option<Text>,
        /// The application needed.
        application: Option<Ref<Application>>,
        /// The versions of the application that will do.
        version: Option<Spanned<VersionConstraint>>,
        /// The environment in which they are needed.
        environment: Option<Ref<Environment>>,
        /// How the two are tied; finish to start unless it says otherwise.
        r#type: Option<Spanned<NeedType>>,
        /// How long after; negative for before.
        lag: Option<Spanned<Lag>>,
        /// Whether both may need each other because one turnover deploys them.
        together: bool,
    }
}

choices! {
    /// How a need is tied to what needs it, as in any project plan.
    NeedType {
        /// Finish to start: it is done before this begins.
        FinishToStart = "FS",
        /// Start to start: it begins before this begins.
        StartToStart = "SS",
        /// Finish to finish: it is done before this is done.
        FinishToFinish = "FF",
        /// Start to finish: it begins before this is done.
        StartToFinish = "SF",
    }
}
