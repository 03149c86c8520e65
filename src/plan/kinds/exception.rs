//! Freeze exceptions.

use crate::plan::kinds::{Kind, freeze::Freeze};
use crate::plan::parts::person::Who;
use crate::plan::record::{choices, record};
use crate::plan::value::{Ref, Refers, Text, When};
use crate::text::Spanned;

record! {
    /// A freeze exception: a permission to deploy in a named freeze.
    Exception {
        /// The freeze.
        @required freeze: Option<Ref<Freeze>>,
        /// What may be deployed.
        @required r#for: Option<Ref<Deployable>>,
        /// Why it cannot wait.
        reason: Option<Text>,
        /// Who asked, and when.
        requested: Option<Request>,
        /// What was decided.
        decision: Option<Ruling>,
        /// The day on which it ends.
        expires: Option<When>,
    }
}

/// What an exception can be for.
#[derive(Debug)]
pub enum Deployable {}

impl Refers for Deployable {
    const KINDS: &'static [Kind] = &[Kind::Turnover, Kind::Release, Kind::Train];
}

record! {
    /// Who asked for an exception, and when.
    Request {
        /// Who asked.
        by: Option<Ref<Who>>,
        /// The day on which it was asked for.
        date: Option<When>,
    }
}

record! {
    /// What was decided on an exception.
    Ruling {
        /// Who decided.
        by: Option<Ref<Who>>,
        /// In which role.
        role: Option<Text>,
        /// The day on which it was decided.
        date: Option<When>,
        /// What was decided.
        result: Option<Spanned<RulingResult>>,
    }
}

choices! {
    /// What was decided on an exception.
    RulingResult {
        /// It may be deployed.
        Approved = "approved",
        /// It may not.
        Rejected = "rejected",
        /// It might have been, and no longer may.
        Reverted = "reverted",
    }
}
