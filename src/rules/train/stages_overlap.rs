//! `train/stages-overlap`: a train is planned to be in one stage at a time.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Succession;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("stages-overlap.md"),
    check,
);

const NAME: &str = "train/stages-overlap";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.scheduled() {
        let calendar = plan.business_days(course.id);
        let pairs = plan.successions(&course, &calendar).into_iter();
        findings.extend(
            pairs
                .filter(Succession::overlaps)
                .map(|Succession { first, next }| {
                    let (name, starts) = (course.name(), &next.starts);
                    let clash = if next.starts == first.ends {
                        format!("which is still a day of {}", first.name)
                    } else {
                        format!("before {} ends {}", first.name, first.ends)
                    };
                    let message =
                        format!("{name} is planned to enter {} {starts}, {clash}", next.name);
                    let label = format!("{} is planned until then", first.name);
                    Finding::new(NAME, course.locate(next.period.span), message)
                        .also(course.locate(first.period.span), label)
                        .hint(format!(
                            "let {} start the day after {} ends",
                            next.name, first.name
                        ))
                }),
        );
    }
}
