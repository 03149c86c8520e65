//! `approval/incomplete`: a decision says who decided what, on a day that has come.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("incomplete.md"),
    check,
);

const NAME: &str = "approval/incomplete";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for judged in ballot::underway(context) {
        findings.extend(unsaid(context, judged).or_else(|| future(context, judged)));
    }
}

/// Returns what the decision does not say.
fn unsaid(context: &Context<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let vote = &judged.vote;
    let has = |fault: fn(&VoteFault<'_>) -> bool| judged.faults.iter().any(fault);
    let unsaid = [
        (
            has(|it| matches!(it, VoteFault::Unnamed)),
            "who decided",
            "`by:`",
        ),
        (vote.decision().is_none(), "what was decided", "`decision:`"),
        (
            has(|it| matches!(it, VoteFault::Undated)),
            "when",
            "`date:`",
        ),
    ];
    let unsaid = unsaid.into_iter().filter(|(is_unsaid, ..)| *is_unsaid);
    let (facts, fields): (Vec<_>, Vec<_>) = unsaid.map(|(_, fact, field)| (fact, field)).unzip();
    if facts.is_empty() {
        return None;
    }
    let what = ballot::what(context, vote);
    let message = format!("a decision on {what} does not say {}", facts.join(" and "));
    let finding = Finding::new(NAME, ballot::at_name(context.plan, vote), message);
    Some(finding.hint(format!(
        "add {}; until then it does not count",
        fields.join(" and ")
    )))
}

/// Returns that the decision is of a day that has not come.
fn future(context: &Context<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let vote = &judged.vote;
    let date = vote.approval.date.as_ref()?;
    let mut faults = judged.faults.iter();
    faults.find(|fault| matches!(fault, VoteFault::Future))?;
    let message = format!(
        "{} decides on {}{}, and today is {}",
        ballot::who(vote),
        ballot::what(context, vote),
        ballot::when(judged),
        context.as_of.words()
    );
    let at = ballot::locate(context.plan, vote, date.span);
    let finding = Finding::new(NAME, at, message);
    Some(finding.hint("correct the date; nobody decides ahead of the day"))
}
