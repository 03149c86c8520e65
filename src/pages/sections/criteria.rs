//! The exit criteria of a gate: where each stands, what shows it, and what is wrong with that.

use crate::lifecycle::{CriterionResult, GateResult};
use crate::pages::blocks;
use crate::pages::parts::{State, Table, Value};
use crate::pages::view::View;
use crate::plan::address::criterion_anchor;

/// Returns the table of the criteria of a gate.
pub(super) fn table<'p>(view: &View<'p>, gate: &'p GateResult<'p>) -> Table<'p> {
    let columns = [
        "Criterion",
        "State",
        "What is wrong",
        "Owner",
        "Environment",
        "Due",
        "Evidence",
        "Evidence of",
        "Valid for",
        "Waived by",
        "Waived on",
        "Reason",
        "Waived until",
    ];
    let mut table = Table::new("Exit criteria", columns);
    for result in &gate.criteria {
        table.anchored_row(
            criterion_anchor(gate.gate.id, result.criterion.id),
            row(view, result),
        );
    }
    table
}

/// Returns where a criterion stands.
pub(in crate::pages) fn criterion_state<'p>(result: &CriterionResult<'_>) -> State<'p> {
    State::new(result.standing.word())
}

/// Returns what is wrong with the evidence and the waiver of a criterion.
fn criterion_faults<'p>(result: &CriterionResult<'_>) -> Value<'p> {
    let evidence = result
        .evidence
        .iter()
        .map(|fault| super::sentence(&fault.to_string()));
    let waiver = result.waiver.iter().flatten();
    let waiver = waiver.map(|fault| super::sentence(&format!("its waiver {fault}")));
    Value::list(evidence.chain(waiver))
}

fn row<'p>(view: &View<'p>, result: &'p CriterionResult<'p>) -> [Value<'p>; 13] {
    let criterion = &result.criterion;
    let own = criterion.own.map(|own| &own.value);
    let model = criterion.model.map(|model| &model.value);
    let evidence = own.and_then(|own| own.evidence.as_ref());
    let waiver = own.and_then(|own| own.waiver.as_ref());
    let validity = evidence.and_then(|evidence| evidence.valid_for.as_ref());
    let asked_validity = criterion
        .asked
        .and_then(|asked| asked.value.valid_for.as_ref());
    let environment = own.and_then(|own| own.environment.as_ref());
    [
        blocks::name(view, criterion.title(), criterion.id),
        criterion_state(result).into(),
        criterion_faults(result),
        view.who(criterion.owner()),
        view.maybe(environment.or_else(|| model?.environment.as_ref())),
        view.when(own.and_then(|own| own.due.as_ref())),
        proof(view, result),
        view.when(evidence.and_then(|evidence| evidence.date.as_ref())),
        view.duration(validity.or(asked_validity)),
        view.who(waiver.and_then(|waiver| waiver.by.as_ref())),
        view.when(waiver.and_then(|waiver| waiver.date.as_ref())),
        view.text(waiver.and_then(|waiver| waiver.reason.as_ref())),
        view.when(waiver.and_then(|waiver| waiver.expires.as_ref())),
    ]
}

/// Returns what shows that a criterion is met, or that something has to.
fn proof<'p>(view: &View<'p>, result: &CriterionResult<'p>) -> Value<'p> {
    let own = result.criterion.own;
    let Some(evidence) = own.and_then(|own| own.value.evidence.as_ref()) else {
        return match result.criterion.needs_evidence() {
            true => Value::word("required"),
            false => Value::Empty,
        };
    };
    blocks::several([
        view.url(evidence.url.as_ref()),
        view.code(evidence.file.as_ref()),
        view.digest(evidence.sha256.as_ref()),
    ])
}
