//! `transition/illegal`: a history moves as its model allows.

use super::{Moved, list, moved};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Direction, StepFault};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("illegal.md"), check);

const NAME: &str = "transition/illegal";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for moved in moved(context) {
        let illegal = moved.step.faults.iter().find_map(|fault| match fault {
            StepFault::Illegal(known) => Some(known),
            _ => None,
        });
        if let Some(known) = illegal {
            findings.push(illegal_move(context, &moved, known));
        }
    }
}

fn illegal_move(context: &Context<'_>, moved: &Moved<'_>, known: &[&str]) -> Finding {
    let (from, to) = (moved.step.from, &*moved.step.to.value);
    let (name, on) = (moved.course.name(), moved.on());
    let message = match moved.step.direction {
        _ if known.is_empty() => format!("{name} enters {to}{on} although {from} is final"),
        None => format!("{name} enters {to}{on} although it is there already"),
        Some(Direction::Return) => {
            format!("{name} returns from {from} to {to}{on}, which is not allowed")
        }
        Some(_) => format!("{name} goes from {from} to {to}{on}, which is not allowed"),
    };
    let finding = moved.at_stage(NAME, message);
    if known.is_empty() {
        let id = &moved.course.document.id;
        return finding.hint(format!(
            "remove the entry; a successor is a file of its own that says `supersedes: {id}`"
        ));
    }
    if moved.step.direction.is_none() {
        return finding.hint("remove the entry: only moves are written down");
    }
    let ways = list(known, "or");
    let model = context.plan.model_of(moved.course.id);
    match model.filter(|model| !model.transitions.is_empty()) {
        Some(model) => finding
            .also(
                context.plan.head(model.id),
                format!("model {} lists the moves", model.document.id),
            )
            .hint(format!(
                "from {from} enter {ways}, or add the move to the model"
            )),
        None => finding.hint(format!("from {from} enter {ways}")),
    }
}
