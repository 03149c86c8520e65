//! `transition/retrospective-approval-missing`: who skips an approval gives it afterwards, in time.

use super::on;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Retrospective, RetrospectiveState, retrospective};
use crate::plan::Course;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("retrospective-approval-missing.md"),
    check,
);

const NAME: &str = "transition/retrospective-approval-missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for course in context.plan.courses() {
        let owed = retrospective(context.plan, course.id, context.as_of);
        findings.extend(
            owed.iter()
                .filter_map(|owed| unpaid(context, &course, owed)),
        );
    }
}

fn unpaid(context: &Context<'_>, course: &Course<'_>, owed: &Retrospective<'_>) -> Option<Finding> {
    let (name, level, gate) = (course.name(), owed.signoff.level, &owed.gate.id.value);
    let (deadline, entry) = (owed.deadline.words(), &owed.skipped_by.value);
    let (message, hint) = match owed.state {
        RetrospectiveState::Given(_) | RetrospectiveState::Open => return None,
        RetrospectiveState::Missing => (
            format!("{name} owes the {level} approval of gate {gate}, which was due on {deadline}"),
            format!("have it decided, and write it down under the gate {gate}"),
        ),
        RetrospectiveState::Late(days) => (
            format!(
                "{name} got the {level} approval of gate {gate} on {}, but it was due on {deadline}",
                days.last.words()
            ),
            "correct its date, or allow it here with the reason for the delay".to_owned(),
        ),
    };
    let stage = entry.stage.as_ref()?;
    let label = format!("{} was entered{} without the gate", stage.value, on(entry));
    let asked = context.plan.binding_policy(course.id)?;
    let finding = Finding::new(NAME, course.locate(stage.span), message).label(label);
    let asks = format!("policy {} asks for it", asked.document.id);
    let finding = finding.also(context.plan.locate(asked.id, owed.asked.span), asks);
    Some(finding.hint(hint))
}
