//! `transition/illegal`: a history moves as its model allows, and with what a move asks of turnovers.
//!
//! Gates are the group `gate`'s, what an end leaves behind is `closing`'s, and reasons are `transition/no-reason`'s.

use super::{Moved, list, moved};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Demand, Direction, Lack, Lacking, StepFault, closing};
use crate::plan::Plan;
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::SmokeResult;
use crate::rules::book::{Context, Rule};
use crate::rules::standing::{is_exempt, was_in_vain};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("illegal.md"), check);

const NAME: &str = "transition/illegal";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for moved in moved(context) {
        for fault in &moved.step.faults {
            findings.extend(match fault {
                StepFault::Illegal(known) => Some(illegal_move(context, &moved, known)),
                StepFault::Lacks(Demand::FailedTurnover) => unfounded_return(context, &moved),
                StepFault::Lacks(Demand::Closing) => early_end(context, &moved),
                _ => None,
            });
        }
    }
}

fn illegal_move(context: &Context<'_>, moved: &Moved<'_>, known: &[&str]) -> Finding {
    let (from, to) = (moved.step.from, &*moved.step.to.value);
    let (name, on) = (moved.course.name(), moved.on());
    let model = context.plan.model_of(moved.course.id);
    let model = model.filter(|model| !model.transitions.is_empty());
    let unknown = match model {
        Some(model) => format!("but model {} has no such move", model.document.id),
        None => "but there is no such move".to_owned(),
    };
    let message = match moved.step.direction {
        _ if known.is_empty() => format!("{name} enters {to}{on} although {from} is final"),
        None => format!("{name} enters {to}{on} although it is there already"),
        Some(Direction::Return) => {
            format!("{name} returns from {from} to {to}{on}, {unknown}")
        }
        Some(_) => format!("{name} goes from {from} to {to}{on}, {unknown}"),
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
    match model {
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

/// Returns that a deployment was left backwards although all of its turnovers are well.
fn unfounded_return(context: &Context<'_>, moved: &Moved<'_>) -> Option<Finding> {
    if is_exempt(context.plan, moved.course.id) {
        return None;
    }
    let (from, to) = (moved.step.from, &*moved.step.to.value);
    let message = format!(
        "{} returns from {from} to {to}{}, but no turnover of it failed or was rolled back",
        moved.course.name(),
        moved.on()
    );
    let hint = "write `status: failed` or `rolled-back` in the turnover that went wrong, or remove the entry";
    Some(moved.at_stage(NAME, message).hint(hint))
}

/// Returns that something was closed before it was in production, if that is what it lacks.
fn early_end(context: &Context<'_>, moved: &Moved<'_>) -> Option<Finding> {
    let (plan, course) = (context.plan, &moved.course);
    if is_exempt(plan, course.id) || was_in_vain(course) {
        return None;
    }
    let lacks = closing(plan, course.id, context.as_of);
    let left: Vec<_> = lacks
        .iter()
        .filter_map(|lack| Some((lack, words(plan, lack)?)))
        .collect();
    let (_, first) = left.first()?;
    let (to, on) = (&*moved.step.to.value, moved.on());
    let message = format!("{} enters {to}{on}, but {first}", course.name());
    let finding = moved.at_stage(NAME, message);
    let finding = left.iter().fold(finding, |finding, (lack, words)| {
        finding.also(lack.at, words)
    });
    Some(finding.hint(
        "write what became of the turnover and its smoke tests, or `outcome: failed` or `rolled-back` if nothing of it stayed",
    ))
}

/// Returns what is left to do in production. A smoke test that failed is a matter of `turnover/smoke-failed` as long as
/// the turnover is on its way.
fn words(plan: &Plan, lack: &Lack<'_>) -> Option<String> {
    match &lack.what {
        Lacking::Deployment(turnover) => {
            let id = &turnover.document.id;
            Some(format!("turnover {id} {}", standing(turnover.fields)))
        }
        Lacking::Smoke(turnover, test) => {
            let belongs = turnover.document.belongs;
            let mut owners = [belongs.release, belongs.train].into_iter().flatten();
            let on_the_way = owners.all(|owner| plan.is_open(owner));
            let result = test.value.result.as_ref().map(|result| result.value);
            let has_failed = result == Some(SmokeResult::Failed);
            let how = if has_failed { "failed" } else { "is not run" };
            let (test, id) = (&test.id.value, &turnover.document.id);
            (!has_failed || !on_the_way)
                .then(|| format!("smoke test {test} of turnover {id} {how}"))
        }
        _ => None,
    }
}

fn standing(turnover: &Turnover) -> &'static str {
    match turnover.status.as_ref().map(|status| status.value) {
        Some(TurnoverStatus::Failed) => "failed",
        Some(TurnoverStatus::RolledBack) => "was rolled back",
        _ => "is not deployed",
    }
}
