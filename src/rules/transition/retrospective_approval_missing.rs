//! `transition/retrospective-approval-missing`: who skips an approval gives it afterwards, in time.

use super::on;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Retrospective, RetrospectiveState, retrospective};
use crate::plan::Course;
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::Asked;
use crate::time::DayRange;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("retrospective-approval-missing.md"),
    check,
)
.enforcing(&[Setting::RetrospectiveApproval]);

const NAME: &str = "transition/retrospective-approval-missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan
        .courses()
        .filter(|course| !plan.is_abandoned(course.id))
    {
        let owed = retrospective(context.plan, course.id, context.as_of);
        findings.extend(
            owed.iter()
                .filter_map(|owed| unpaid(context, &course, owed)),
        );
    }
}

fn unpaid(context: &Context<'_>, course: &Course<'_>, owed: &Retrospective<'_>) -> Option<Finding> {
    let (name, level, gate) = (course.name(), owed.signoff.level, &*owed.gate.id.value);
    let (deadline, entry) = (owed.deadline.words(), &owed.skipped_by.value);
    let (message, hint) = match owed.state {
        RetrospectiveState::Given(_) | RetrospectiveState::Open => return None,
        RetrospectiveState::Missing => (
            format!(
                "{name} owes the {level} approval of gate {gate}, which was due on {deadline}{}",
                so_far(owed)
            ),
            format!(
                "have it decided and written down: `trainboard approve {}/{gate} --level {level}`",
                course.document.id
            ),
        ),
        RetrospectiveState::Late(days) => (
            format!(
                "{name} got the {level} approval of gate {gate} on {}, but it was due on {deadline}",
                days.last.words()
            ),
            "correct the date, or allow the rule here with the reason for the delay".to_owned(),
        ),
    };
    let stage = entry.stage.as_ref()?;
    let label = format!("{} was entered{} without the gate", stage.value, on(entry));
    let asked = Asked::of(context.plan, course.id)?;
    let within = asked.of_type.value.retrospective_approval.as_ref()?;
    let mut finding = Finding::new(NAME, course.locate(stage.span), message).label(label);
    let asks = format!("policy {} asks for it", asked.policy.document.id);
    finding = finding.also(asked.locate(context.plan, owed.asked.span), asks);
    let in_time = format!("{} after that", within.value);
    finding = finding.also(asked.locate(context.plan, within.span), in_time);
    for vote in &owed.granted {
        let when = vote.days.map(DayRange::words).unwrap_or_default();
        let who = vote.vote.by().map_or("nobody", |by| &by.written);
        finding = finding.also(vote.vote.at, format!("{who} approved {when}"));
    }
    Some(finding.hint(hint))
}

/// Returns how many have approved, where some have and more have to.
fn so_far(owed: &Retrospective<'_>) -> String {
    match (owed.granted.len(), owed.signoff.quorum) {
        (0, _) => String::new(),
        (given, needed) => format!(" and is given by {given} of {needed}"),
    }
}
