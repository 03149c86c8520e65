//! `policy/none-applies`: where a plan has policies, one governs each train and release.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Course;
use crate::plan::kinds::Kind;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("none-applies.md"),
    check,
);

const NAME: &str = "policy/none-applies";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    if plan.of_kind(Kind::Policy).len() == 0 {
        return;
    }
    for course in plan.courses().filter(|course| plan.is_open(course.id)) {
        findings.extend(untyped(context, &course));
        if super::names_one(plan, &course) || plan.policy_of(course.id).is_some() {
            continue;
        }
        // What travels on a train that nothing governs is reported with the train.
        if plan.course_of_train(course.id).is_some() {
            continue;
        }
        let what = match course.r#type {
            Some(name) => format!("is of the type {}", &**name),
            None => "has no type".to_owned(),
        };
        let message = format!("no policy governs {}, which {what}", course.name());
        let finding = context.lacking(NAME, course.id, message);
        findings.push(
            finding.hint(
                "give it a type that a policy applies to, or name its policy under `policy:`",
            ),
        );
    }
}

/// Returns that a train or release on its way has no type, although its policy asks for something by type.
fn untyped(context: &Context<'_>, course: &Course<'_>) -> Option<Finding> {
    let plan = context.plan;
    let stage = plan.running_stage(course)?;
    let policy = plan.binding_policy(course.id)?;
    let of_train = plan.course_of_train(course.id);
    let first = policy.types.first()?;
    if course.r#type.is_some() || of_train.is_some() {
        return None;
    }
    let (name, id) = (course.name(), &policy.document.id);
    let message = format!("{name} is in {} and has no type", &**stage);
    let known: Vec<_> = policy.types.iter().map(|known| &*known.id.value).collect();
    let finding = context.lacking(NAME, course.id, message).also(
        plan.locate(policy.id, first.id.span),
        format!("policy {id} asks for something by type"),
    );
    let hint = format!("write one of {} under `type:`", known.join(", "));
    Some(finding.hint(hint))
}
