//! Release models: templates for trains and releases.

use crate::plan::kinds::{milestone::Milestone, turnover::Turnover};
use crate::plan::parts::gate::Gate;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::parts::task::{Communication, Task};
use crate::plan::record::record;
use crate::plan::value::{Inline, Keyed, Listed, Text};
use crate::text::Spanned;

record! {
    /// A release model: stages, gates, milestones and tasks with relative dates, from which a train is written.
    Model {
        /// The stages in order.
        stages: Keyed<ModelStage>,
        /// The moves that are allowed. Without it, those of the default model.
        transitions: Listed<ModelTransition>,
        /// The gates.
        gates: Keyed<Gate>,
        /// The milestones.
        milestones: Keyed<Inline<Milestone>>,
        /// What is to be done.
        tasks: Keyed<Task>,
        /// Whom it tells what, and when.
        communications: Keyed<Communication>,
        /// The turnovers.
        turnovers: Keyed<Inline<Turnover>>,
    }
}

record! {
    /// A stage of a model.
    ModelStage {
        /// What it is called.
        title: Option<Text>,
        /// The canonical stage that it stands for, when it has another name.
        canonical: Option<Spanned<Stage>>,
    }
}

record! {
    /// A move from one stage to another.
    ModelTransition {
        /// The stage that is left.
        @required from: Option<Text>,
        /// The stage that is entered.
        @required to: Option<Text>,
        /// The gates that have to be passed.
        requires: Vec<Text>,
    }
}
