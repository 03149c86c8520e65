//! The exit criteria of a gate: where each stands, and what shows it.

use super::gates::AskedGate;
use crate::pages::blocks;
use crate::pages::parts::{State, Table, Value};
use crate::pages::view::View;
use crate::plan::kinds::policy::{EvidenceRule, PolicyCriterion};
use crate::plan::parts::gate::{Criterion, CriterionStatus, Evidence, Waiver};
use crate::plan::value::{Choices, Text};

/// A criterion: as the course has it, as its policy asks for it, or both.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedCriterion<'p> {
    id: &'p str,
    own: Option<&'p Criterion>,
    asked: Option<&'p PolicyCriterion>,
}

/// Returns the criteria of `gate`: those of its policy in order, then its own.
pub(super) fn of<'p>(gate: &AskedGate<'p>) -> Vec<AskedCriterion<'p>> {
    let own = |id: &str| {
        gate.own
            .and_then(|own| own.criteria.get(id))
            .map(|criterion| &criterion.value)
    };
    let of_policy = gate.asked.into_iter().flat_map(|asked| &asked.criteria);
    let mut criteria: Vec<_> = of_policy
        .map(|asked| AskedCriterion {
            id: &asked.id.value,
            own: own(&asked.id.value),
            asked: Some(&asked.value),
        })
        .collect();
    for own in gate.own.into_iter().flat_map(|own| &own.criteria) {
        if !criteria.iter().any(|known| known.id == &*own.id.value) {
            criteria.push(AskedCriterion {
                id: &own.id.value,
                own: Some(&own.value),
                asked: None,
            });
        }
    }
    criteria
}

impl<'p> AskedCriterion<'p> {
    /// Returns where it stands: one that nobody has written down was not looked at. A waiver counts until it ends.
    pub(super) fn state(&self, view: &View<'_>) -> State<'static> {
        let status = self
            .own
            .and_then(|own| own.status.as_ref())
            .map_or(CriterionStatus::NotRun, |status| status.value);
        let is_waived = self.waiver().is_some_and(|waiver| {
            let last = waiver
                .expires
                .as_ref()
                .and_then(|expires| expires.days())
                .map(|days| days.last);
            last.is_none_or(|last| view.as_of() <= last)
        });
        State::new(if is_waived && status != CriterionStatus::Met {
            "waived"
        } else {
            status.word()
        })
    }

    fn title(&self) -> Option<&'p Text> {
        self.own
            .and_then(|own| own.title.as_ref())
            .or_else(|| self.asked?.title.as_ref())
    }

    fn evidence(&self) -> Option<&'p Evidence> {
        self.own?.evidence.as_ref()
    }

    fn waiver(&self) -> Option<&'p Waiver> {
        self.own?.waiver.as_ref()
    }
}

/// Returns the table of the criteria of `gate`.
pub(super) fn table<'p>(view: &View<'p>, gate: &AskedGate<'p>) -> Table<'p> {
    let columns = [
        "Criterion",
        "State",
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
    let of_gate = blocks::anchored("criterion", gate.id);
    let mut table = Table::new("Exit criteria", columns);
    for criterion in of(gate) {
        table.anchored_row(
            blocks::anchored(&of_gate, criterion.id),
            row(view, &criterion),
        );
    }
    table
}

fn row<'p>(view: &View<'p>, criterion: &AskedCriterion<'p>) -> [Value<'p>; 12] {
    let (own, evidence, waiver) = (criterion.own, criterion.evidence(), criterion.waiver());
    let asked_validity = || criterion.asked?.valid_for.as_ref();
    [
        blocks::name(view, criterion.title(), criterion.id),
        criterion.state(view).into(),
        view.who(own.and_then(|own| own.owner.as_ref())),
        view.maybe(own.and_then(|own| own.environment.as_ref())),
        view.when(own.and_then(|own| own.due.as_ref())),
        proof(view, criterion),
        view.when(evidence.and_then(|evidence| evidence.date.as_ref())),
        view.duration(
            evidence
                .and_then(|evidence| evidence.valid_for.as_ref())
                .or_else(asked_validity),
        ),
        view.who(waiver.and_then(|waiver| waiver.by.as_ref())),
        view.when(waiver.and_then(|waiver| waiver.date.as_ref())),
        view.text(waiver.and_then(|waiver| waiver.reason.as_ref())),
        view.when(waiver.and_then(|waiver| waiver.expires.as_ref())),
    ]
}

/// Returns what shows that a criterion is met, or that something has to.
fn proof<'p>(view: &View<'p>, criterion: &AskedCriterion<'p>) -> Value<'p> {
    let Some(evidence) = criterion.evidence() else {
        let rule = criterion
            .asked
            .and_then(|asked| asked.evidence.as_ref())
            .map(|rule| rule.value);
        return if rule == Some(EvidenceRule::Required) {
            Value::word("required")
        } else {
            Value::Empty
        };
    };
    blocks::several([
        view.url(evidence.url.as_ref()),
        view.code(evidence.file.as_ref()),
        view.digest(evidence.sha256.as_ref()),
    ])
}
