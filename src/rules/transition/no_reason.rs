//! `transition/no-reason`: who goes back or gives up says why, and who acts or decided.

use super::{Moved, list, moved};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Demand, Direction, StepFault};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("no-reason.md"), check);

const NAME: &str = "transition/no-reason";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for moved in moved(context) {
        let faults = moved.step.faults.iter();
        let lacking: Vec<_> = faults
            .filter_map(|fault| match fault {
                StepFault::Lacks(demand) => words(demand),
                _ => None,
            })
            .collect();
        // What is asked for on the one move is one fault.
        if !lacking.is_empty() {
            findings.push(unsaid(&moved, &lacking));
        }
    }
}

/// Returns what the entry does not say, and what to write; none for what stands elsewhere.
fn words(demand: &Demand<'_>) -> Option<(&'static str, &'static str)> {
    match demand {
        Demand::Reason => Some(("why", "why under `reason:`")),
        Demand::Addressee => Some(("who acts next", "who acts next under `addressee:`")),
        Demand::Decider => Some(("who decided", "who decided under `by:`")),
        Demand::Field(_) | Demand::Gate(..) | Demand::FailedTurnover | Demand::Closing => None,
    }
}

fn unsaid(moved: &Moved<'_>, lacking: &[(&str, &str)]) -> Finding {
    let (from, to) = (moved.step.from, &*moved.step.to.value);
    let (unsaid, action): (Vec<_>, Vec<_>) = lacking.iter().copied().unzip();
    let (name, on, unsaid) = (moved.course.name(), moved.on(), list(&unsaid, "or"));
    let message = match moved.step.direction {
        Some(Direction::Abandon) => format!("{name} is given up{on} without saying {unsaid}"),
        _ => format!("{name} returns from {from} to {to}{on} without saying {unsaid}"),
    };
    let hint = format!("write {}", list(&action, "and"));
    moved.at_stage(NAME, message).hint(hint)
}
