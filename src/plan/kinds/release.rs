//! Application releases.

use crate::plan::kinds::{
    application::Application, change::Change, milestone::Milestone, model::Model, policy::Policy, train::Train,
};
use crate::plan::parts::artifact::{Artifact, Records, Training};
use crate::plan::parts::deployment::Backout;
use crate::plan::parts::gate::Gate;
use crate::plan::parts::item::Item;
use crate::plan::parts::lifecycle::{OnHold, Outcome, Reservation, Transition};
use crate::plan::parts::need::Need;
use crate::plan::parts::person::Who;
use crate::plan::parts::task::{Communication, Risk, Support, Task};
use crate::plan::record::{choices, record};
use crate::plan::value::{Cadence, Inline, Keyed, Listed, Map, Period, Ref, Text, VersionText};
use crate::text::Spanned;

record! {
    /// An application release: one version of one application, on its way through the stages.
    Release {
        /// The application.
        @required application: Option<Ref<Application>>,
        /// Its version, in quotes.
        version: Option<Spanned<VersionText>>,
        /// The train that it travels with. Without it, the one whose folder it is in.
        train: Option<Ref<Train>>,
        /// Whether it replaces the whole application or a part.
        extent: Option<Spanned<Extent>>,
        /// What sort of release it is: major, minor, emergency, or the policy's own.
        r#type: Option<Text>,
        /// The model that it follows. Without it, its train's.
        model: Option<Ref<Model>>,
        /// The policy that governs it. Without it, its train's, or the one that applies.
        policy: Option<Ref<Policy>>,
        /// Who runs it.
        manager: Option<Ref<Who>>,
        /// What it is for.
        purpose: Option<Text>,
        /// How often a release of this line leaves.
        cadence: Option<Spanned<Cadence>>,
        /// The release that this one replaces.
        supersedes: Option<Ref<Release>>,
        /// Since when and why nothing moves.
        on_hold: Option<OnHold>,
        /// When it is planned to be in each stage.
        schedule: Map<Period>,
        /// The stages that it has entered; the last entry is the current one.
        history: Listed<Transition>,
        /// Its gates.
        gates: Keyed<Gate>,
        /// Its own dated promises; those of its train are inherited.
        milestones: Keyed<Inline<Milestone>>,
        /// The environments that it uses, and when.
        reservations: Listed<Reservation>,
        /// What has to happen elsewhere first.
        needs: Listed<Need>,
        /// What it brings.
        items: Keyed<Item>,
        /// The change requests that it belongs to.
        changes: Vec<Ref<Change>>,
        /// Exactly what is deployed.
        artifacts: Listed<Artifact>,
        /// The configuration items that it touches.
        components: Vec<Text>,
        /// How it is taken back.
        backout: Option<Backout>,
        /// How people learn what changes.
        training: Option<Training>,
        /// The records that closing requires.
        records: Option<Records>,
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

choices! {
    /// How much of the application a release replaces.
    Extent {
        /// The whole application.
        Full = "full",
        /// A part of it.
        Partial = "partial",
    }
}
