//! The nearest move that breaks nothing new, but for approvals, which lapse wherever it goes.
//!
//! A whole plan is read and judged for each move that is tried, so what deployments say by themselves is asked first: no
//! move that leaves one of them in a freeze, or outside its windows, needs to be tried.

use super::ShiftError;
use super::trial::Trial;
use crate::cli::plan::Judged;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId};
use crate::report::answers::shift::NextFit;
use crate::schedule::{ExceptionState, Schedule};

/// How many moves are tried at most.
const TRIES: usize = 40;

/// How much farther than asked a move is looked for, in days.
const FARTHEST: i64 = 366;

/// The longest way to the next window that is taken at one go, in days: a reservation moves along, and may open sooner.
const STRIDE: i64 = 7;

/// Returns the nearest move of `of`, by more than the `asked` days, that breaks nothing new; `tried` is the one that was
/// asked for.
pub(super) fn next_fit(
    judged: &Judged,
    of: DocId,
    asked: i64,
    tried: &Trial,
) -> Result<NextFit, ShiftError> {
    let now = Schedule::new(&judged.plan);
    let mut days = asked + step(&now, tried);
    for _ in 0..TRIES {
        if asked < 0 && days >= 0 {
            // It does not move at all, and nothing is new.
            return Ok(NextFit::By(0));
        }
        if days > asked + FARTHEST {
            break;
        }
        let trial = Trial::of(judged, of, days)?;
        if trial.consequences(judged).fits() {
            return Ok(NextFit::By(days));
        }
        days += step(&now, &trial);
    }
    Ok(NextFit::NoneUntil(days - 1))
}

/// Returns how many days later than `trial` the next move is that could break nothing.
fn step(now: &Schedule<'_>, trial: &Trial) -> i64 {
    let then = Schedule::new(&trial.plan);
    let turnovers = trial.plan.all::<Turnover>();
    let steps = turnovers.filter_map(|turnover| step_of(now, &then, turnover));
    steps.max().unwrap_or(1).max(1)
}

/// Returns how many days later `turnover` could be deployed, if it moves.
fn step_of<'p>(
    now: &Schedule<'_>,
    then: &Schedule<'p>,
    turnover: Doc<'p, Turnover>,
) -> Option<i64> {
    let start = then.occupied(turnover)?.deployment.start;
    // Both plans are read from the same files, so ids are the same.
    let before = now.occupied(now.plan().get(turnover.id)?)?.deployment.start;
    if start == before {
        return None;
    }
    let zone = then.zone(turnover.id);
    let until = |from, instant| zone.day(from).until(zone.day(instant));
    let conflicts = then.freeze_conflicts(turnover).into_iter();
    let frozen = conflicts
        .filter(|conflict| !matches!(conflict.exception, ExceptionState::Valid(_)))
        .map(|conflict| {
            // A wave may meet a freeze that the night itself does not.
            let met = conflict.occupied.map_or(start, |of| of.deployment.start);
            until(met, conflict.occurrence.end.earliest)
        });
    let fit = then.next_fit(turnover, start);
    let open = fit.map(|fit| until(start, fit.deployment.start).min(STRIDE));
    frozen.chain(open).max()
}
