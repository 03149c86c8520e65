//! Post mortems.

use crate::plan::kinds::{Kind, train::Train};
use crate::plan::parts::person::Who;
use crate::plan::record::record;
use crate::plan::value::{Keyed, Ref, Refers, Text, When};

record! {
    /// A post mortem: what a deployment taught.
    Review {
        /// What is looked back on.
        of: Option<Ref<Reviewed>>,
        /// The train that it belongs to. Without it, the one whose folder it is in.
        train: Option<Ref<Train>>,
        /// The day on which it was held.
        date: Option<When>,
        /// Who took part.
        attendees: Vec<Ref<Who>>,
        /// What was found.
        findings: Vec<Text>,
        /// What is done about it.
        actions: Keyed<Action>,
    }
}

/// What a review can look back on.
#[derive(Debug)]
pub enum Reviewed {}

impl Refers for Reviewed {
    const KINDS: &'static [Kind] = &[Kind::Turnover, Kind::Release, Kind::Train, Kind::Change];
}

record! {
    /// Something that a review asks for.
    Action {
        /// What is to be done.
        title: Option<Text>,
        /// Who does it.
        owner: Option<Ref<Who>>,
        /// The day by which it is done.
        due: Option<When>,
        /// The day on which it was done.
        done: Option<When>,
    }
}
