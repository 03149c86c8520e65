//! `approval/not-in-role`: who decides holds the role on that day.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, Vote, VoteFault};
use crate::plan::Plan;
use crate::plan::kinds::person::Person;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("not-in-role.md"), check);

const NAME: &str = "approval/not-in-role";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let votes = ballot::judged(context);
    for vote in votes.filter(|vote| !claims_in_vain(context.plan, &vote.vote)) {
        let role = vote.faults.iter().find_map(|fault| match fault {
            VoteFault::NotInRole(role) => Some(*role),
            _ => None,
        });
        findings.extend(role.map(|role| not_in_role(context, &vote, role)));
    }
}

/// Returns whether who decided has no role at all, or never held the one that the decision names: that is reported of
/// the person, whatever the day.
fn claims_in_vain(plan: &Plan, vote: &Vote<'_>) -> bool {
    let person = vote
        .by()
        .and_then(|by| by.target)
        .and_then(|id| plan.get::<Person>(id));
    let Some(person) = person else {
        return false;
    };
    let named = vote.approval.role.as_ref();
    let mut held = person.roles.iter().filter_map(|held| held.role.as_ref());
    person.roles.is_empty() || named.is_some_and(|named| held.all(|role| role.value != named.value))
}

fn not_in_role(context: &Context<'_>, judged: &JudgedVote<'_>, role: &str) -> Finding {
    let (plan, vote) = (context.plan, &judged.vote);
    let message = format!(
        "{} decided on {}{}, and was not {role} then",
        ballot::who(vote),
        ballot::what(context, vote),
        ballot::when(judged)
    );
    let finding = Finding::new(NAME, ballot::at_name(plan, vote), message);
    let finding = match vote.by().and_then(|by| by.target) {
        Some(person) => finding.also(plan.head(person), "the roles are here"),
        None => finding,
    };
    let day = judged.days.map_or(context.as_of, |days| days.last);
    let held = ballot::held_by(plan, role, day);
    finding.hint(format!(
        "have it decided in the role, or mend the days under `roles:`; that day {held}"
    ))
}
