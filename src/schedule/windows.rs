//! Whether a deployment lies in the windows that are open to it.

use super::openings::later;
use super::{Opening, Schedule, Target};
use crate::plan::Doc;
use crate::plan::kinds::policy::{Policy, WindowDefault};
use crate::plan::kinds::window::Window;
use crate::time::{Instant, InstantRange};

/// How far around a deployment openings are looked for, in days before and after it: wider from one to the next where
/// the nearer ones do not tell.
const AROUND: [(i64, i64); 3] = [(-1, 8), (-8, 62), (-31, 366)];

/// What the windows say to one deployment.
#[derive(Clone, Debug)]
pub struct WindowAnswer<'p> {
    /// The windows that govern it, by id.
    pub windows: Vec<Doc<'p, Window>>,
    /// When it may take place, as far around the deployment as tells: the union of its windows, in order; where several
    /// applications have windows of their own, what they have in common.
    pub open: Vec<InstantRange>,
    /// Whether it may take place when it does.
    pub verdict: WindowVerdict<'p>,
}

/// Whether a deployment lies in its windows.
#[derive(Clone, Copy, Debug)]
pub enum WindowVerdict<'p> {
    /// No window governs it.
    Unrestricted,
    /// No window governs it, and this policy closes what has none.
    Closed(Doc<'p, Policy>),
    /// It lies in this union of windows.
    Inside(InstantRange),
    /// It does not lie in the windows as a whole.
    Outside {
        /// The opening nearest to it, within a month before and a year after it.
        nearest: Option<InstantRange>,
    },
    /// It lies in its windows, and starts too late in one of them.
    AfterCutoff {
        /// The opening in which it starts.
        opening: Opening<'p>,
        /// The first instant at which nothing may be started any more.
        cutoff: Instant,
    },
}

/// What the windows allow a target within some time.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowance<'p> {
    /// The windows that govern it, by id.
    pub(super) windows: Vec<Doc<'p, Window>>,
    /// The policy that closes a part of it that has no window.
    pub(super) closed: Option<Doc<'p, Policy>>,
    /// When it may take place; none when no window governs it.
    pub(super) open: Option<Vec<InstantRange>>,
    /// The single openings, in order.
    pub(super) openings: Vec<Opening<'p>>,
}

impl<'p> Schedule<'p> {
    /// Returns what the windows say to a deployment of `target` that occupies `whole`, with its back-out reserve.
    ///
    /// The windows of a target are united, so that two that touch are one; the occupied interval lies inside of that
    /// union, and the start before the cutoff of each opening that it lies in (semantics, Windows).
    pub fn windows_for(&self, target: &Target<'p>, whole: InstantRange) -> WindowAnswer<'p> {
        let mut answer = None;
        for (before, after) in AROUND {
            let around = InstantRange::new(later(whole.start, before), later(whole.end, after));
            let allowance = self.allowance(target, around);
            let verdict = allowance.verdict(whole);
            let is_told = match verdict {
                WindowVerdict::Outside { .. } => false,
                // What goes on to the end of what was looked at may go on behind it.
                WindowVerdict::Inside(open) => open.end < around.end,
                _ => true,
            };
            answer = Some(WindowAnswer {
                windows: allowance.windows,
                open: allowance.open.unwrap_or_default(),
                verdict,
            });
            if is_told {
                break;
            }
        }
        answer.unwrap_or_else(WindowAnswer::unrestricted)
    }

    /// Returns what the windows allow `target` within `range`.
    pub(super) fn allowance(&self, target: &Target<'p>, range: InstantRange) -> Allowance<'p> {
        let covers = |window: &Doc<'p, Window>, part: &Target<'p>| {
            self.covers(window.fields.scope.as_ref(), part)
        };
        let windows = self
            .windows
            .iter()
            .copied()
            .filter(|window| covers(window, target));
        let windows: Vec<_> = windows
            .map(|window| (window, self.openings(window, range)))
            .collect();
        let mut allowance = Allowance::default();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for &part in &target.parts {
            let alone = Target {
                parts: vec![part],
                ..*target
            };
            let group: Vec<_> = (0..windows.len())
                .filter(|&at| covers(&windows[at].0, &alone))
                .collect();
            if group.is_empty() {
                allowance.closed = allowance.closed.or_else(|| self.closing_policy(&alone));
            } else if !groups.contains(&group) {
                groups.push(group);
            }
        }
        for group in groups {
            let openings = group.iter().flat_map(|&at| &windows[at].1);
            let union = InstantRange::union(openings.map(|opening| opening.occurrence.instants));
            allowance.open = Some(match allowance.open {
                None => union,
                Some(open) => common(&open, &union),
            });
        }
        for (window, openings) in windows {
            allowance.windows.push(window);
            allowance.openings.extend(openings);
        }
        allowance
            .openings
            .sort_by_key(|opening| (opening.occurrence.instants, opening.window.id));
        allowance
    }

    /// Returns the policy of `target` if it closes what has no window.
    fn closing_policy(&self, target: &Target<'p>) -> Option<Doc<'p, Policy>> {
        let part = target.parts.first()?;
        // A train that is older than its policy is left in peace by it, and by every other one.
        let owner = part.release.or(target.owner);
        let governed = owner.filter(|owner| self.plan.policy_of(*owner).is_some());
        if let Some(owner) = governed {
            let policy = self.plan.binding_policy(owner)?;
            return closes(&policy).then_some(policy);
        }
        let applies = |policy: &Doc<'p, Policy>| {
            self.plan
                .policy_applies(policy, part.r#type, part.application)
        };
        let policy = self.plan.all::<Policy>().find(applies)?;
        closes(&policy).then_some(policy)
    }
}

impl WindowAnswer<'_> {
    fn unrestricted() -> Self {
        Self {
            windows: Vec::new(),
            open: Vec::new(),
            verdict: WindowVerdict::Unrestricted,
        }
    }
}

impl<'p> Allowance<'p> {
    /// Returns what is said to a deployment that occupies `whole`.
    fn verdict(&self, whole: InstantRange) -> WindowVerdict<'p> {
        match (&self.closed, &self.open) {
            (Some(policy), _) => WindowVerdict::Closed(*policy),
            (None, None) => WindowVerdict::Unrestricted,
            (None, Some(open)) => match open.iter().find(|range| range.covers(whole)) {
                None => WindowVerdict::Outside {
                    nearest: nearest(open, whole),
                },
                Some(range) => self
                    .too_late(whole.start)
                    .unwrap_or(WindowVerdict::Inside(*range)),
            },
        }
    }

    /// Returns the opening in which a deployment that begins at `start` begins too late.
    fn too_late(&self, start: Instant) -> Option<WindowVerdict<'p>> {
        self.openings.iter().find_map(|&opening| {
            let cutoff = opening.cutoff.filter(|cutoff| *cutoff <= start)?;
            let inside = opening.occurrence.instants.contains(start);
            inside.then_some(WindowVerdict::AfterCutoff { opening, cutoff })
        })
    }
}

/// Returns whether `policy` closes what has no window.
fn closes(policy: &Policy) -> bool {
    let windows = policy.windows.as_ref();
    windows.is_some_and(|windows| windows.value == WindowDefault::Closed)
}

/// Returns the range of `open` that is nearest to `whole`.
fn nearest(open: &[InstantRange], whole: InstantRange) -> Option<InstantRange> {
    let distance = |range: &InstantRange| {
        let ahead = range
            .start
            .duration_since(whole.end)
            .max(whole.start.duration_since(range.end));
        (ahead.max(jiff::SignedDuration::ZERO), range.start)
    };
    open.iter().copied().min_by_key(distance)
}

/// Returns the instants that are in both, each of which is sorted and has no overlaps.
fn common(a: &[InstantRange], b: &[InstantRange]) -> Vec<InstantRange> {
    let (mut left, mut right) = (0, 0);
    let mut found = Vec::new();
    while let (Some(&one), Some(&other)) = (a.get(left), b.get(right)) {
        found.extend(one.intersection(other));
        if one.end <= other.end {
            left += 1;
        } else {
            right += 1;
        }
    }
    found
}
