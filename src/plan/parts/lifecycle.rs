//! How a train or a release moves through its stages.

use super::person::Who;
use crate::plan::kinds::environment::Environment;
use crate::plan::record::{choices, record};
use crate::plan::value::{Period, Ref, Text, When};

record! {
    /// One entry of the append-only history: the stage that was entered. The last one is the current stage.
    Transition {
        /// The stage entered.
        @required stage: Option<Text>,
        /// The day on which it was entered.
        @required date: Option<When>,
        /// Who decided it.
        by: Option<Ref<Who>>,
        /// Why, when the move is a return, a rejection or an end.
        reason: Option<Text>,
        /// Who has to act after a return.
        addressee: Option<Ref<Who>>,
    }
}

record! {
    /// A pause: the stage stays, nothing moves.
    OnHold {
        /// The day on which it began.
        since: Option<When>,
        /// Why.
        reason: Option<Text>,
    }
}

record! {
    /// The use of an environment by a train. It is exclusive unless both sides are `shared`.
    Reservation {
        /// The environment.
        @required environment: Option<Ref<Environment>>,
        /// When.
        @required planned: Option<Period>,
        /// What for.
        purpose: Option<Text>,
        /// Whether others may use it at the same time.
        shared: bool,
    }
}

choices! {
    /// How it ended, apart from its stage.
    Outcome {
        /// It is live and does what it should.
        Successful = "successful",
        /// It did not work.
        Failed = "failed",
        /// It was taken back.
        RolledBack = "rolled-back",
    }
}

choices! {
    /// The canonical stages. A model may rename them or add to them.
    Stage {
        /// An idea.
        Draft = "draft",
        /// What goes in is being decided.
        Scoping = "scoping",
        /// It is being built.
        Construction = "construction",
        /// It is being tested.
        Verification = "verification",
        /// It is being rolled out.
        Deployment = "deployment",
        /// It is done.
        Closed = "closed",
        /// It was given up.
        Abandoned = "abandoned",
    }
}
