//! `approval/out-of-order`: a level approves after the levels before it.

use super::{ballot, placement, shortfall};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{GateResult, JudgedVote, SignoffResult, VoteFault};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("out-of-order.md"),
    check,
);

const NAME: &str = "approval/out-of-order";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.courses().filter(|course| plan.is_open(course.id)) {
        for gate in context.progress.gates(course.id) {
            // What does not count for another reason comes before nothing.
            let counting = gate.votes.iter().filter(|vote| vote.grants());
            findings.extend(counting.filter_map(|vote| early(context, gate, vote)));
        }
    }
}

fn early(context: &Context<'_>, gate: &GateResult<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let before = judged.faults.iter().find_map(|fault| match fault {
        VoteFault::OutOfOrder(level) => Some(*level),
        _ => None,
    })?;
    // What nobody asks for has no place in the order.
    if placement::astray(context.plan, judged).is_some() {
        return None;
    }
    let mut signoffs = gate.signoffs.iter();
    let first = signoffs.find(|result| result.signoff.level == before)?;
    // An earlier approval that is at fault is reported there.
    if !first.is_granted() && shortfall::approved(first) >= first.signoff.quorum {
        return None;
    }
    let (plan, vote) = (context.plan, &judged.vote);
    let level = judged.level.unwrap_or("this level");
    let message = format!(
        "{} approved {}{} at the level {level}, before {before} was granted",
        ballot::who(vote),
        ballot::what(context, vote),
        ballot::when(judged)
    );
    let finding = Finding::new(NAME, ballot::at_name(plan, vote), message);
    Some(hint(later(finding, first), first, level))
}

/// Adds to `finding` the approvals of the earlier level, which came later.
fn later(finding: Finding, first: &SignoffResult<'_>) -> Finding {
    first.granted.iter().fold(finding, |finding, vote| {
        let label = format!("{} approved{}", ballot::who(&vote.vote), ballot::when(vote));
        finding.also(vote.vote.at, label)
    })
}

fn hint(finding: Finding, first: &SignoffResult<'_>, level: &str) -> Finding {
    let before = first.signoff.level;
    if first.is_granted() {
        finding.hint(format!(
            "mend the dates, or have {level} confirm it now that {before} is granted"
        ))
    } else {
        finding.hint(format!("have {before} decide, and {level} after it"))
    }
}
