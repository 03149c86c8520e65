//! `approval/duplicate`: a decision is written once.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault};
use crate::rules::book::{Context, Rule};
use crate::text::Location;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("duplicate.md"), check);

const NAME: &str = "approval/duplicate";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for vote in context.progress.votes() {
        let twin = vote.faults.iter().find_map(|fault| match fault {
            VoteFault::Duplicate(twin) => Some(*twin),
            _ => None,
        });
        findings.extend(twin.map(|twin| duplicate(context, vote, twin)));
    }
}

fn duplicate(context: &Context<'_>, judged: &JudgedVote<'_>, twin: Location) -> Finding {
    let (plan, vote) = (context.plan, &judged.vote);
    let level = judged
        .level
        .map_or_else(String::new, |level| format!(" at the level {level}"));
    let message = format!(
        "the decision of {} on {}{level} is written twice",
        ballot::who(vote),
        ballot::what(context, vote)
    );
    let finding = Finding::new(NAME, ballot::at_name(plan, vote), message);
    let finding = finding.also(twin, "it is written here as well");
    finding.hint("delete one of them; a later decision stands where the first one does")
}
