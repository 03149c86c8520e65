//! `approval/rejected-without-reason`: a rejection says why, and what to go back to.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault};
use crate::plan::kinds::approval::Decision;
use crate::rules::book::{Context, Rule};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("rejected-without-reason.md"),
    check,
);

const NAME: &str = "approval/rejected-without-reason";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for judged in ballot::underway(context) {
        findings.extend(unexplained(context, judged).or_else(|| astray(context, judged)));
    }
}

fn unexplained(context: &Context<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let (plan, vote) = (context.plan, &judged.vote);
    let has_stages = plan.course(vote.subject).is_some();
    let lacks = |fault: &VoteFault<'_>| match fault {
        VoteFault::NoReason => Some(("a reason", "`reason:`")),
        // Only trains and releases have stages to go back to.
        VoteFault::NoReturnStage if has_stages => Some(("a stage to return to", "`return_to:`")),
        _ => None,
    };
    let lacking: Vec<_> = judged.faults.iter().filter_map(lacks).collect();
    if lacking.is_empty() {
        return None;
    }
    let (facts, fields): (Vec<_>, Vec<_>) = lacking.into_iter().unzip();
    let message = format!(
        "{} without {}",
        rejected(context, judged),
        facts.join(" and ")
    );
    let decision = vote.approval.decision.as_ref();
    let at = decision.map_or(vote.at, |it| ballot::locate(plan, vote, it.span));
    let hint = format!("add {} to the decision", fields.join(" and "));
    Some(Finding::new(NAME, at, message).hint(hint))
}

/// Returns that the stage to return to does not exist, or lies beyond the gate.
fn astray(context: &Context<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let (plan, vote) = (context.plan, &judged.vote);
    let stage = vote.approval.return_to.as_ref()?;
    let course = plan.course(vote.subject)?;
    let is_rejection = vote.decision() == Some(Decision::Rejected);
    let stages = plan.stages_of(course.id);
    let gate = vote.gate.and_then(|gate| stages.gate_position(gate));
    let (why, known) = match stages.position(stage) {
        None => (
            format!("which is no stage of {}", course.name()),
            stages.names().count(),
        ),
        Some(to) if gate.is_some_and(|gate| gate < to) => {
            let gate = gate.unwrap_or_default();
            (format!("which comes after gate {}", vote.gate?), gate + 1)
        }
        Some(_) => return None,
    };
    let message = format!(
        "{} and returns it to {}, {why}",
        rejected(context, judged),
        stage.value
    );
    let finding = Finding::new(NAME, ballot::locate(plan, vote, stage.span), message);
    let hint = match nearest(stage, stages.names()).as_slice() {
        [best, ..] if known == stages.names().count() => format!("did you mean `{best}`?"),
        _ => {
            let before: Vec<_> = stages.names().take(known).collect();
            format!("name one of {}", before.join(", "))
        }
    };
    is_rejection.then(|| finding.hint(hint))
}

/// Returns who rejected what when, for a message.
fn rejected(context: &Context<'_>, judged: &JudgedVote<'_>) -> String {
    format!(
        "{} rejected {}{}",
        ballot::who(&judged.vote),
        ballot::what(context, &judged.vote),
        ballot::when(judged)
    )
}
