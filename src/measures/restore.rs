//! How long it took until service was as it should be after a deployment that failed.

use super::tries::{Try, TryResult};

/// When service was as it should be again after a try that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// So many seconds after the try began.
    After(i64),
    /// It is not yet.
    NotYet,
    /// The plan does not tell the times of day that it takes to say so.
    Unknown,
}

/// Says of each failed try of `tries`, which stand in order, when service was restored: by the end of the roll-back where
/// it was taken back, else by the end of the next try that succeeded in the same environment with one of its applications.
pub(super) fn settle(tries: &mut [Try<'_>]) {
    let settled: Vec<_> = tries
        .iter()
        .enumerate()
        .map(|(at, failed)| match failed.result {
            TryResult::Deployed => None,
            TryResult::RolledBack => Some(lasting(failed, failed)),
            TryResult::Failed => {
                let mended = tries[at + 1..].iter().find(|later| mends(later, failed));
                Some(mended.map_or(Restored::NotYet, |mended| lasting(failed, mended)))
            }
        })
        .collect();
    for (of, restored) in tries.iter_mut().zip(settled) {
        of.restored = restored;
    }
}

/// Returns the time from the start of `failed` to the end of `mended`.
fn lasting(failed: &Try<'_>, mended: &Try<'_>) -> Restored {
    match failed.range.zip(mended.range) {
        Some((from, to)) => Restored::After(to.end.duration_since(from.start).as_secs()),
        None => Restored::Unknown,
    }
}

fn mends(later: &Try<'_>, failed: &Try<'_>) -> bool {
    let environment = |of: &Try<'_>| of.turnover.fields.environment.as_ref()?.target;
    let shares = || {
        later
            .applications
            .iter()
            .any(|of| failed.applications.contains(of))
    };
    let is_same = later.turnover.id == failed.turnover.id;
    !later.is_failure() && environment(later) == environment(failed) && (is_same || shares())
}
