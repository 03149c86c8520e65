//! Notices: diagnostics that concern the page on which they stand.

use std::borrow::Cow;

use serde::Serialize;

use super::{Link, State};

/// A diagnostic that concerns the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice<'a> {
    /// How much it matters: the severity's word, as a state.
    pub severity: State<'a>,
    /// The rule, as a link to its page in the rule book.
    pub rule: Link<'a>,
    /// The fact.
    pub message: Cow<'a, str>,
    /// The action that mends it.
    pub hint: Option<Cow<'a, str>>,
    /// The place in the source file: `freezes/year-end-2026.md:3`.
    pub place: Cow<'a, str>,
}
