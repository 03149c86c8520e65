//! `release/late-notice`: a deployment is announced as long before as its type asks.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::value::When;
use crate::plan::{Doc, DocId, Plan};
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::Asked;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("late-notice.md"),
    check,
)
.resting_on(&[
    "communications",
    "planned",
    "status",
    "environment",
    "category",
    "contents",
])
.enforcing(&[Setting::Notice]);

const NAME: &str = "release/late-notice";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    if !plan.all::<Turnover>().any(|turnover| turnover.is_to_come()) {
        return;
    }
    let schedule = context.schedule;
    for turnover in plan.all::<Turnover>().filter(|it| it.is_to_come()) {
        if schedule.is_production(turnover.fields) {
            findings.extend(fault(context, turnover));
        }
    }
}

fn fault(context: &Context<'_>, turnover: Doc<'_, Turnover>) -> Option<Finding> {
    let plan = context.plan;
    let belongs = turnover.document.belongs;
    let owner = belongs
        .release
        .or(belongs.train)
        .filter(|owner| plan.is_open(*owner))?;
    let asked = Asked::of(plan, owner)?;
    let notice = asked.of_type.value.notice.as_ref()?;
    let planned = turnover.fields.planned.as_ref()?;
    let start = planned.resolved.from().days()?.last;
    let latest = asked.announced_by(plan, owner, start)?;
    let contents = context.schedule.contents(turnover);
    let told = announcement(
        plan,
        [owner].into_iter().chain(contents.iter().map(|it| it.id)),
    );
    let name = turnover.document.short_id();
    let starts = planned.resolved.from().words();
    let finding = match told {
        Some((of, date)) if date.days()?.first > latest => Finding::new(
            NAME,
            plan.locate(of, date.span),
            format!(
                "turnover {name} is announced {}, and starts {starts}",
                date.resolved.words()
            ),
        )
        .also(plan.locate(turnover.id, planned.span), "it starts here"),
        None if context.as_of > latest => Finding::new(
            NAME,
            plan.locate(turnover.id, planned.span),
            format!("turnover {name} starts {starts}, and nobody has been told"),
        ),
        _ => return None,
    };
    let because = format!(
        "{} asks for a notice of {}",
        asked.policy.document.id, notice.value
    );
    let finding = finding.also(asked.locate(plan, notice.span), because);
    Some(finding.hint(format!(
        "announce it by {}, or deploy it later",
        latest.words()
    )))
}

/// Returns the first message that is sent, or due, about the trains and releases `ids`, and the document that has it.
fn announcement(plan: &Plan, ids: impl Iterator<Item = DocId>) -> Option<(DocId, &When)> {
    let courses = ids.filter_map(|id| plan.course(id));
    let messages = courses.flat_map(|course| {
        let each = course.communications.iter();
        each.filter_map(move |it| {
            Some((course.id, it.value.sent.as_ref().or(it.value.due.as_ref())?))
        })
    });
    let dated = messages.filter_map(|(id, when)| Some((when.days()?.first, id, when)));
    let first = dated.min_by_key(|(first, id, _)| (*first, *id));
    first.map(|(_, id, when)| (id, when))
}
