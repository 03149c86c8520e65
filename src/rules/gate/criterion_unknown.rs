//! `gate/criterion-unknown`: what looks like a criterion or a gate of the policy is one.

use super::stated::{misspelt, open_courses};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{ExitCriterion, StageGate, gates};
use crate::plan::{Course, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::{Location, Span, nearest};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("criterion-unknown.md"),
    check,
);

const NAME: &str = "gate/criterion-unknown";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in open_courses(plan).filter(|course| !course.gates.is_empty()) {
        let gates = gates(plan, course.id);
        findings.extend(unknown_gates(plan, &course, &gates));
        for gate in &gates {
            for (own, meant) in misspelt(gate) {
                let here = format!("gate {}", gate.id);
                let at = course.locate(own.id.span);
                let known = asked_at(plan, gate.of, &meant);
                findings.push(unknown(
                    &here,
                    ("criterion", &own.id.value, at),
                    meant.id,
                    known,
                ));
            }
        }
    }
}

/// Returns the gates that only the train or release knows, that close no stage of it, and whose name is almost that of a
/// gate of which it says nothing.
fn unknown_gates(plan: &Plan, course: &Course<'_>, gates: &[StageGate<'_>]) -> Vec<Finding> {
    let is_asked = |gate: &&StageGate<'_>| gate.asked.is_some() || gate.model.is_some();
    let unsaid: Vec<_> = gates.iter().filter(|gate| gate.own.is_none()).collect();
    let added = gates
        .iter()
        .filter(|gate| !is_asked(gate) && gate.position.is_none());
    let meant = |gate: &StageGate<'_>| {
        let best = *nearest(gate.id, unsaid.iter().map(|known| known.id)).first()?;
        let known = unsaid.iter().find(|known| known.id == best)?;
        let at = course.locate(gate.own?.id.span);
        let place = super::stated::place(plan, known);
        Some(unknown(&course.name(), ("gate", gate.id, at), best, place))
    };
    added.filter_map(meant).collect()
}

/// Returns that `here` is asked for no such thing as is written, but for `best`.
fn unknown(
    here: &str,
    (what, written, at): (&str, &str, Location),
    best: &str,
    known: Option<Location>,
) -> Finding {
    let message = format!("{here} is asked for {best}, and not for {what} {written}");
    let finding = Finding::new(NAME, at, message);
    let finding = match known {
        Some(known) => finding.also(known, format!("nothing is said of this {what}")),
        None => finding,
    };
    finding.hint(format!("did you mean `{best}`?"))
}

/// Returns where `criterion` is asked for: by the policy, else by the model.
fn asked_at(
    plan: &Plan,
    of: crate::plan::DocId,
    criterion: &ExitCriterion<'_>,
) -> Option<Location> {
    let at = |id, span: Span| Some(plan.locate(id, span));
    match criterion.asked {
        Some(asked) => at(plan.binding_policy(of)?.id, asked.id.span),
        None => at(plan.model_of(of)?.id, criterion.model?.id.span),
    }
}
