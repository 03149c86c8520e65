//! `train/ends-before-start`: the stages are planned in their order.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Succession;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("ends-before-start.md"),
    check,
);

const NAME: &str = "train/ends-before-start";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.scheduled() {
        let calendar = plan.business_days(course.id);
        let pairs = plan.successions(&course, &calendar).into_iter();
        findings.extend(
            pairs
                .filter(Succession::is_reversed)
                .map(|Succession { first, next }| {
                    let message = format!(
                        "{} is planned to end {} {}, before {} starts {}",
                        course.name(),
                        next.name,
                        next.ends,
                        first.name,
                        first.starts
                    );
                    Finding::new(NAME, course.locate(next.period.span), message)
                        .also(
                            course.locate(first.period.span),
                            format!("{} comes first", first.name),
                        )
                        .hint("correct the dates: the month or the year is often the old one")
                }),
        );
    }
}
