//! `train/unknown-type`: the type is one that the policy knows.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::policy::Policy;
use crate::rules::book::{Context, Rule, Setting};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("unknown-type.md"),
    check,
)
.enforcing(&[Setting::Types]);

const NAME: &str = "train/unknown-type";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.courses() {
        let Some(r#type) = course.r#type else {
            continue;
        };
        let Some(policy) = plan.binding_policy(course.id) else {
            continue;
        };
        let Some(first) = policy.types.first() else {
            continue;
        };
        if policy.types.get(r#type).is_some() || !plan.is_open(course.id) {
            continue;
        }
        let id = &policy.document.id;
        let message = format!("policy {id} knows no type `{}`", &**r#type);
        let finding = Finding::new(NAME, course.locate(r#type.span), message);
        let finding = finding.also(
            plan.locate(policy.id, first.id.span),
            format!("the types of {id}"),
        );
        let finding = finding.hint(hint(&policy, r#type));
        let mut types = policy.types.iter().map(|known| &*known.id.value);
        let meant = types.find(|known| known.eq_ignore_ascii_case(r#type));
        let written = plan.sources.slice(course.locate(r#type.span));
        findings.push(match meant.filter(|_| *written == *r#type.value) {
            Some(meant) => finding.fix(format!("write `{meant}`"), r#type.span, meant),
            None => finding,
        });
    }
}

fn hint(policy: &Policy, wrong: &str) -> String {
    let known = || policy.types.iter().map(|known| &*known.id.value);
    match nearest(wrong, known()).first() {
        Some(best) => format!("did you mean `{best}`?"),
        None => {
            let known: Vec<_> = known().map(|name| format!("`{name}`")).collect();
            format!("its types are {}", known.join(", "))
        }
    }
}
