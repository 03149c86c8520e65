//! `closing/support-not-ended`: early life support ends before the train or the release is closed.

use super::closed::{self, Closed};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Plan;
use crate::plan::parts::task::Support;
use crate::plan::value::When;
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::{self, Asked};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("support-not-ended.md"),
    check,
)
.enforcing(&[Setting::EarlyLifeSupport]);

const NAME: &str = "closing/support-not-ended";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for closed in closed::courses(context.plan) {
        if standing::was_in_vain(&closed.course) {
            continue;
        }
        let finding = match closed.course.support {
            Some(support) => unended(&closed, support),
            None => unwritten(context, &closed),
        };
        let finding = finding.map(|finding| finding.also(closed.at, closed.words()));
        findings.extend(
            finding
                .map(|it| it.hint("write the day on which it ended under `ended:` of `support:`")),
        );
    }
}

/// Returns that the support is not written to have ended, or that it ended only after the closing.
fn unended(closed: &Closed<'_>, support: &Support) -> Option<Finding> {
    let name = closed.course.name();
    let (date, message) = match (&support.ended, &support.until) {
        (Some(ended), _) => {
            let (end, close) = (ended.days()?, closed.on.days()?);
            let late = end.certainly_after(close);
            let when = ended.resolved.words();
            (
                ended,
                late.then(|| format!("{name} is closed, and its support ends {when}"))?,
            )
        }
        (None, Some(until)) => (
            until,
            format!("{name} is closed, and its support has not ended"),
        ),
        (None, None) => return None,
    };
    Some(at(closed, date, message))
}

fn at(closed: &Closed<'_>, date: &When, message: String) -> Finding {
    Finding::new(NAME, closed.course.locate(date.span), message)
}

/// Returns that the type asks for support and none is written. A release has its train's.
fn unwritten(context: &Context<'_>, closed: &Closed<'_>) -> Option<Finding> {
    let plan: &Plan = context.plan;
    let train = plan.course_of_train(closed.course.id);
    if train.is_some_and(|train| train.support.is_some()) {
        return None;
    }
    let asked = Asked::of(plan, closed.course.id)?;
    let length = asked.of_type.value.early_life_support.as_ref()?;
    let message = format!(
        "{} is closed, and had no early life support",
        closed.course.name()
    );
    let finding = context.lacking(NAME, closed.course.id, message);
    Some(finding.also(
        asked.locate(plan, length.span),
        format!("{} for {}", asked.words(), length.value),
    ))
}
