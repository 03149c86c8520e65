//! How well deployments to production go: how often they take place, how many of them fail, how long it takes until
//! service is restored, and how long a change is on its way.
//!
//! [`Measures`] is computed from the turnovers of a plan and from its histories, for one day and the window before it;
//! [`Measures::figures`] answers for everything, an application or a train, and any days of the window. What the plan
//! does not say is never guessed: it is left out, and [`Gap`] tells how often. Nothing here words anything.

mod figures;
mod gaps;
mod leads;
mod restore;
mod tries;
mod window;

#[cfg(test)]
mod tests;

use crate::plan::DocId;
use crate::schedule::Schedule;
use crate::time::{Day, DayRange};

pub use figures::{Figures, Scope};
pub use gaps::Gap;
pub use leads::Lead;
pub use restore::Restored;
pub use tries::{Try, TryResult};
pub use window::{months, quarters};

/// The deployments of a plan in the window before a day, and what they come to.
#[derive(Clone, Debug)]
pub struct Measures<'p> {
    /// The days that are looked at: from the start of the quarter a year ago to the day itself.
    pub window: DayRange,
    /// Every try to deploy to production in the window, the earliest first.
    pub tries: Vec<Try<'p>>,
    /// Every release that reached production in the window, the earliest first.
    pub leads: Vec<Lead>,
    /// What the plan does not say, and how often.
    pub gaps: Vec<(Gap, usize)>,
}

impl<'p> Measures<'p> {
    /// Returns the measures as of `day` of what `counts` says may be counted: a portal does not count what it does not
    /// publish.
    pub fn new(schedule: &Schedule<'p>, day: Day, counts: impl Fn(DocId) -> bool) -> Self {
        let window = window::before(day);
        let mut gaps = Vec::new();
        let mut tries = tries::of(schedule, day, &counts, &mut gaps);
        restore::settle(&mut tries);
        let mut leads = leads::of(schedule, &tries, &counts, window, &mut gaps);
        tries.retain(|it| window.contains(it.day));
        gaps.extend(gaps::of_tries(&tries));
        gaps.extend(gaps::of_plan(schedule, &counts, window));
        gaps.retain(|(_, count)| *count > 0);
        gaps.sort_unstable();
        leads.sort_by_key(|lead| (lead.deployed, lead.release));
        Self {
            window,
            tries,
            leads,
            gaps,
        }
    }
}
