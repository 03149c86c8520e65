//! Approvals: decisions on gates.

use crate::plan::kinds::Kind;
use crate::plan::parts::person::Who;
use crate::plan::record::{choices, record};
use crate::plan::value::{Ref, Refers, Text, When};
use crate::text::Spanned;

record! {
    /// An approval: one decision of one person on one gate. As a file its body is the comment; inline it stands in
    /// the gate that it decides on. Both mean the same.
    Approval {
        /// What it decides on.
        r#for: Option<Ref<Approvable>>,
        /// The gate.
        gate: Option<Text>,
        /// The level of the decision, such as `development` or `executive`.
        level: Option<Text>,
        /// The role in which it is decided.
        role: Option<Text>,
        /// Who decides.
        by: Option<Ref<Who>>,
        /// What was decided.
        decision: Option<Spanned<Decision>>,
        /// The day on which it was decided.
        date: Option<When>,
        /// Why; a rejection needs it.
        reason: Option<Text>,
        /// The stage to return to; a rejection needs it.
        return_to: Option<Text>,
        /// The fingerprint of what was approved.
        covers: Option<Text>,
    }
}

/// What an approval can be for.
#[derive(Debug)]
pub enum Approvable {}

impl Refers for Approvable {
    const KINDS: &'static [Kind] = &[Kind::Train, Kind::Release, Kind::Change, Kind::Turnover];
}

choices! {
    /// What was decided.
    Decision {
        /// It may pass.
        Approved = "approved",
        /// It may not.
        Rejected = "rejected",
        /// No vote either way.
        Abstained = "abstained",
    }
}
