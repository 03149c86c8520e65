//! `approval/self`: nobody approves what they answer for.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault};
use crate::plan::value::Reference;
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule = Rule::checked(NAME, Severity::Error, include_str!("self.md"), check)
    .enforcing(&[Setting::SeparationOfDuties]);

const NAME: &str = "approval/self";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for vote in ballot::underway(context) {
        let own = vote.faults.iter().find_map(|fault| match fault {
            VoteFault::Own(field, named) => Some((*field, *named)),
            _ => None,
        });
        findings.extend(own.map(|own| approves_own(context, vote, own)));
    }
}

fn approves_own(
    context: &Context<'_>,
    judged: &JudgedVote<'_>,
    (field, named): (&str, &Reference),
) -> Finding {
    let (plan, vote) = (context.plan, &judged.vote);
    let (who, what) = (ballot::who(vote), ballot::what(context, vote));
    let subject = context.name(vote.subject);
    let by = vote.by().and_then(|by| by.target);
    // Only one of a team can have spoken.
    let whom = (by != named.target).then(|| format!("{} ", named.written));
    let message = format!(
        "{who} approved {what}{}, and {}is the {field} of {subject}",
        ballot::when(judged),
        whom.unwrap_or_default()
    );
    let finding = Finding::new(NAME, ballot::at_name(plan, vote), message).also(
        plan.locate(vote.subject, named.span),
        format!("the {field}"),
    );
    let action = "have somebody else decide";
    finding.hint(match judged.role {
        Some(role) => format!(
            "{action}; {}",
            ballot::held_by(plan, role, context.as_of, named.target.as_slice())
        ),
        None => action.to_owned(),
    })
}
