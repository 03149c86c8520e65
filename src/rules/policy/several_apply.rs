//! `policy/several-apply`: one policy governs each train and release.

use crate::diagnostic::{Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::policy::Policy;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("several-apply.md"),
    check,
);

const NAME: &str = "policy/several-apply";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let policies: Vec<Doc<'_, Policy>> = plan.all().collect();
    if policies.len() < 2 {
        return;
    }
    for course in plan.courses().filter(|course| plan.is_open(course.id)) {
        let by_train = plan.course_of_train(course.id).is_some();
        if by_train || super::names_one(plan, &course) {
            continue;
        }
        let application = course.document.belongs.application;
        let r#type = course.r#type.map(|name| &*name.value);
        let governs = |it: &&Doc<'_, Policy>| plan.policy_applies(it.fields, r#type, application);
        let governing: Vec<_> = policies.iter().filter(governs).collect();
        if let [taken, others @ ..] = governing.as_slice()
            && let [other, ..] = others
        {
            let (one, two) = (&taken.document.id, &other.document.id);
            let message = format!("policies {one} and {two} both apply to {}", course.name());
            let finding = context.lacking(NAME, course.id, message);
            let finding = finding.also(plan.head(taken.id), "this one is taken, by its id");
            let finding = finding.also(plan.head(other.id), "this one applies as well");
            findings.push(
                finding
                    .hint("name the one that governs it under `policy:`, or narrow `applies_to`"),
            );
        }
    }
}
