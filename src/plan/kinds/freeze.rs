//! Freeze periods.

use crate::plan::parts::scope::Scope;
use crate::plan::record::{choices, record};
use crate::plan::value::{Period, Text};
use crate::text::Spanned;
use crate::time::Recurrence;

record! {
    /// A freeze period: a time in which nothing is deployed where it holds.
    Freeze {
        /// When it holds; when it repeats, the first time.
        @required planned: Option<Period>,
        /// How strict it is.
        severity: Option<Spanned<FreezeSeverity>>,
        /// What it covers. Without it, everything.
        scope: Option<Scope>,
        /// Why.
        reason: Option<Text>,
        /// How it repeats.
        repeats: Option<Spanned<Recurrence>>,
    }
}

choices! {
    /// How strict a freeze is.
    FreezeSeverity {
        /// Nothing without an exception.
        Hard = "hard",
        /// Deployments need the extra approval.
        Soft = "soft",
    }
}
