//! `approval/not-in-role`: who decides holds the role on that day.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault};
use crate::plan::kinds::person::Person;
use crate::plan::kinds::team::Team;
use crate::plan::{DocId, Plan};
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("not-in-role.md"), check)
        .enforcing(&[Setting::Role]);

const NAME: &str = "approval/not-in-role";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for vote in ballot::underway(context) {
        let role = vote.faults.iter().find_map(|fault| match fault {
            VoteFault::NotInRole(role) => Some(*role),
            _ => None,
        });
        findings.extend(role.map(|role| not_in_role(context, vote, role)));
    }
}

/// Returns whether `who`, or somebody in that team, held `role` at any time.
fn has_held(plan: &Plan, who: DocId, role: &str) -> bool {
    let has = |person: &Person| {
        let mut roles = person.roles.iter().filter_map(|held| held.role.as_ref());
        roles.any(|held| *held.value == *role)
    };
    let members = plan.get::<Team>(who).map(|team| &team.fields.members);
    let mut members = members.into_iter().flatten();
    plan.get::<Person>(who).is_some_and(|person| has(&person))
        || members.any(|it| plan.follow(Some(it)).is_some_and(|member| has(&member)))
}

fn not_in_role(context: &Context<'_>, judged: &JudgedVote<'_>, role: &str) -> Finding {
    let (plan, vote) = (context.plan, &judged.vote);
    let by = vote.by().and_then(|by| by.target);
    let was_ever = by.is_some_and(|by| has_held(plan, by, role));
    let message = format!(
        "{} decided on {}{}, and {}",
        ballot::who(vote),
        ballot::what(context, vote),
        ballot::when(judged),
        if was_ever {
            format!("was not {role} then")
        } else {
            format!("never was {role}")
        }
    );
    let finding = Finding::new(NAME, ballot::at_name(plan, vote), message);
    let finding = match by {
        Some(person) => finding.also(plan.head(person), "the roles are here"),
        None => finding,
    };
    let held = ballot::held_by(plan, role, context.as_of, by.as_slice());
    finding.hint(format!(
        "have it decided in the role, or mend the days under `roles:`; {held}"
    ))
}
