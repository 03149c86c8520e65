//! `person/no-role`: who decides has a role to decide in.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::person::Person;
use crate::plan::{Act, Doc, DocId, Plan};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("no-role.md"), check);

const NAME: &str = "person/no-role";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for (id, _) in plan.documents() {
        let decided = plan
            .acts(id)
            .into_iter()
            .filter(|act| act.deed.takes_role() && !super::is_told_of_role(context, id, act));
        findings.extend(decided.filter_map(|act| lacks_role(plan, id, &act)));
    }
}

/// Returns that whoever acted in the document `id` never held the role that is named, or any at all.
fn lacks_role(plan: &Plan, id: DocId, act: &Act<'_>) -> Option<Finding> {
    let person: Doc<'_, Person> = plan.get(act.by.target?)?;
    let name = &person.document.id;
    let (at, message) = match act.role {
        _ if person.roles.is_empty() => (
            act.by.span,
            format!("{name} {} and has no role in this plan", act.deed.phrase()),
        ),
        Some(role) if !holds(&person, role) => (
            role.span,
            format!(
                "{name} {} as {}, a role that {name} never held",
                act.deed.phrase(),
                &**role
            ),
        ),
        _ => return None,
    };
    let roles: Vec<_> = person
        .roles
        .iter()
        .filter_map(|role| role.role.as_ref())
        .map(|role| &*role.value)
        .collect();
    let label = if roles.is_empty() {
        "no roles here".to_owned()
    } else {
        format!("the roles: {}", roles.join(", "))
    };
    let finding =
        Finding::new(NAME, plan.locate(id, at), message).also(plan.head(person.id), label);
    Some(finding.hint(format!(
        "add the role under `roles:` in {}, or name who really decided",
        plan.path(person.id)
    )))
}

fn holds(person: &Person, wanted: &str) -> bool {
    person.roles.iter().any(|role| {
        role.role
            .as_ref()
            .is_some_and(|role| *role.value == *wanted)
    })
}
