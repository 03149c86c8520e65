//! `gate/due-after-stage`: a gate is due before its stage ends.

use super::stated::courses;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("due-after-stage.md"),
    check,
);

const NAME: &str = "gate/due-after-stage";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in courses(plan).filter(|course| plan.is_under_way(course.id)) {
        let stages = plan.stages_of(course.id);
        let planned = plan.planned_stages(&course);
        for gate in course.gates.iter() {
            let closes = stages.gate_position(&gate.id.value);
            let period = planned
                .iter()
                .find(|(name, _)| closes.is_some() && stages.position(name) == closes);
            let Some(((stage, period), due)) = period.zip(gate.value.due.as_ref()) else {
                continue;
            };
            let Some((days, end)) = due.days().zip(period.days()) else {
                continue;
            };
            if days.first <= end.last {
                continue;
            }
            let message = format!(
                "gate {} is due {}, but {} ends on {}",
                gate.id.value,
                due.resolved.words(),
                &***stage,
                end.last.words()
            );
            let finding = Finding::new(NAME, course.locate(due.span), message);
            let finding = finding.also(
                course.locate(period.span),
                format!("{} is planned until {}", &***stage, end.last.words()),
            );
            let hint = "let the gate be due by then, or plan a longer stage";
            findings.push(finding.hint(hint));
        }
    }
}
