//! Maintenance windows.

use crate::plan::parts::scope::Scope;
use crate::plan::record::{choices, record};
use crate::plan::value::When;
use crate::text::Spanned;
use crate::time::{Duration, Recurrence};

record! {
    /// A maintenance window: a time in which deployments are allowed, usually recurring.
    Window {
        /// What it covers. Without it, everything.
        scope: Option<Scope>,
        /// When it opens for the first time.
        @required starts: Option<When>,
        /// How long it stays open.
        @required duration: Option<Spanned<Duration>>,
        /// How it repeats.
        repeats: Option<Spanned<Recurrence>>,
        /// The day after which it opens no more.
        until: Option<When>,
        /// How long before its end nothing may be started any more.
        cutoff: Option<Spanned<Duration>>,
        /// What happens when the clocks leave out its start.
        on_gap: Option<Spanned<OnGap>>,
    }
}

choices! {
    /// What happens to an occurrence whose start the clocks leave out.
    OnGap {
        /// It does not take place.
        Skip = "skip",
        /// It starts that much later.
        Shift = "shift",
    }
}
