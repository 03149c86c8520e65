//! Release trains.

use crate::plan::kinds::{milestone::Milestone, model::Model, policy::Policy};
use crate::plan::parts::gate::Gate;
use crate::plan::parts::lifecycle::{OnHold, Outcome, Reservation, Transition};
use crate::plan::parts::person::Who;
use crate::plan::parts::task::{Communication, Risk, Support, Task};
use crate::plan::record::record;
use crate::plan::value::{Cadence, Inline, Keyed, Listed, Map, Period, Ref, Text};
use crate::text::Spanned;

record! {
    /// A release train: releases of several applications that move through the stages together.
    Train {
        /// What sort of train it is: major, minor, emergency, or the policy's own.
        r#type: Option<Text>,
        /// The model that it follows.
        model: Option<Ref<Model>>,
        /// The policy that governs it. Without it, the one that applies.
        policy: Option<Ref<Policy>>,
        /// Who runs it.
        manager: Option<Ref<Who>>,
        /// What it is for.
        purpose: Option<Text>,
        /// How often a train of this line leaves.
        cadence: Option<Spanned<Cadence>>,
        /// The train that this one replaces.
        supersedes: Option<Ref<Train>>,
        /// Since when and why nothing moves.
        on_hold: Option<OnHold>,
        /// When it is planned to be in each stage.
        schedule: Map<Period>,
        /// The stages that it has entered; the last entry is the current one.
        history: Listed<Transition>,
        /// Its gates.
        gates: Keyed<Gate>,
        /// Its dated promises.
        milestones: Keyed<Inline<Milestone>>,
        /// The environments that it uses, and when.
        reservations: Listed<Reservation>,
        /// What is to be done outside the gates.
        tasks: Keyed<Task>,
        /// Whom it tells what, and when.
        communications: Keyed<Communication>,
        /// What may go wrong.
        risks: Keyed<Risk>,
        /// How long its builders stand by after deployment.
        support: Option<Support>,
        /// How it ended.
        outcome: Option<Spanned<Outcome>>,
    }
}
