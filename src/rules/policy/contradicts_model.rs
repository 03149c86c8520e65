//! `policy/contradicts-model`: the gates and stages that a policy speaks of are in the models that follow it.

use std::collections::BTreeSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Plan;
use crate::plan::Stages;
use crate::plan::kinds::model::Model;
use crate::plan::kinds::policy::Policy;
use crate::plan::{Doc, DocId};
use crate::rules::book::{Context, Rule};
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("contradicts-model.md"),
    check,
);

const NAME: &str = "policy/contradicts-model";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut seen: BTreeSet<(DocId, DocId)> = BTreeSet::new();
    for course in plan.courses().filter(|course| plan.is_open(course.id)) {
        let pair = plan.binding_policy(course.id).zip(plan.model_of(course.id));
        let Some((policy, model)) = pair.filter(|(_, model)| !model.fields.stages.is_empty())
        else {
            continue;
        };
        // Many trains follow one model under one policy, and that is one contradiction.
        if seen.insert((policy.id, model.id)) {
            findings.extend(contradictions(
                plan,
                policy,
                model,
                &plan.stages_of(course.id),
            ));
        }
    }
}

fn contradictions(
    plan: &Plan,
    policy: Doc<'_, Policy>,
    model: Doc<'_, Model>,
    stages: &Stages<'_>,
) -> Vec<Finding> {
    let unknown = |what: &str, name: &Spanned<Box<str>>| {
        let (of, by) = (&policy.document.id, &model.document.id);
        let message = format!(
            "policy {of} {what} {}, which model {by} does not have",
            name.value
        );
        let finding = Finding::new(NAME, plan.locate(policy.id, name.span), message);
        let finding = finding.also(plan.head(model.id), format!("the stages of model {by}"));
        finding.hint("use the model's name for it, or add it to the model")
    };
    let gates = policy.fields.gates.iter().map(|gate| &gate.id);
    let gates = gates.filter(|gate| stages.gate_position(&gate.value).is_none());
    let skips = policy
        .fields
        .types
        .iter()
        .flat_map(|of_type| &of_type.value.skips);
    // A type may leave out a canonical stage that this model does not have in the first place.
    let known = |name: &str| {
        use crate::plan::parts::lifecycle::Stage;
        stages.position(name).is_some()
            || <Stage as crate::plan::value::Choices>::of(name).is_some()
    };
    let skips = skips.filter(|name| !known(&name.value));
    let gates = gates.map(|gate| unknown("asks for the gate", gate));
    gates
        .chain(skips.map(|name| unknown("lets a type skip the stage", name)))
        .collect()
}
