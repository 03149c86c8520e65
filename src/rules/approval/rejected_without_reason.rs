//! `approval/rejected-without-reason`: a rejection says why, and what to go back to.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("rejected-without-reason.md"),
    check,
);

const NAME: &str = "approval/rejected-without-reason";

fn check(context: &Context<'_>, findings: &mut Findings) {
    findings.extend(ballot::judged(context).filter_map(|vote| unexplained(context, &vote)));
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
        "{} rejected {}{} without {}",
        ballot::who(vote),
        ballot::what(context, vote),
        ballot::when(judged),
        facts.join(" and ")
    );
    let decision = vote.approval.decision.as_ref();
    let at = decision.map_or(vote.at, |it| ballot::locate(plan, vote, it.span));
    let hint = format!("add {} to the decision", fields.join(" and "));
    Some(Finding::new(NAME, at, message).hint(hint))
}
