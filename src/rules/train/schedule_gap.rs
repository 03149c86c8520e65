//! `train/schedule-gap`: one stage begins where the one before it ends.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Succession;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("schedule-gap.md"),
    check,
);

const NAME: &str = "train/schedule-gap";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.scheduled() {
        let calendar = plan.business_days(course.id);
        let pairs = plan.successions(&course, &calendar);
        // A stage in the wrong place leaves gaps around its right one.
        if pairs.iter().any(Succession::is_reversed) {
            continue;
        }
        for pair in &pairs {
            // Nobody works on weekends and holidays: a stage may end before one and the next start after it.
            let Some(gap) = pair.gap().filter(|days| calendar.count(*days) > 0) else {
                continue;
            };
            let (first, next) = (&pair.first, &pair.next);
            let (name, when) = (course.name(), gap.words());
            let message = format!(
                "{name} is in no stage {when}, between {} and {}",
                first.name, next.name
            );
            let label = format!("{} is planned until then", first.name);
            let finding = Finding::new(NAME, course.locate(next.period.span), message);
            let finding = finding.also(course.locate(first.period.span), label);
            findings.push(finding.hint(format!(
                "let {} end later, or {} start earlier",
                first.name, next.name
            )));
        }
    }
}
