//! `transition/out-of-order`: the days of a history go forward.

use super::{moved, on};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::StepFault;
use crate::plan::value::When;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("out-of-order.md"),
    check,
);

const NAME: &str = "transition/out-of-order";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for moved in moved(context) {
        let above = moved.step.faults.iter().find_map(|fault| match fault {
            StepFault::Early(above) => Some(&above.value),
            _ => None,
        });
        let dated = |date: &Option<When>| date.as_ref().map(|date| date.span);
        let Some((above, at)) = above.zip(dated(&moved.step.entry.value.date)) else {
            continue;
        };
        let (name, to) = (moved.course.name(), &moved.step.to.value);
        let earlier = above.stage.as_ref().map_or("", |stage| &*stage.value);
        let message = format!(
            "{name} enters {to}{}, before {earlier}{}, which stands above it",
            moved.on(),
            on(above)
        );
        let finding = Finding::new(NAME, moved.course.locate(at), message);
        let finding = match dated(&above.date) {
            Some(span) => finding.also(
                moved.course.locate(span),
                format!("{earlier} was entered{}", on(above)),
            ),
            None => finding,
        };
        findings
            .push(finding.hint("correct the date, or put the entries in the order of their days"));
    }
}
