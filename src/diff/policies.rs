//! Which policies and models ask for something else, and of whom.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Entry, Fact, Subject};
use super::pairs::Pairs;
use super::plans::Side;
use crate::lifecycle::GateResult;
use crate::plan::{DocId, Kind, Plan};

/// What is asked for at one gate: its criteria, and who has to sign: level, role and how many.
type Asked<'p> = (BTreeSet<&'p str>, Vec<(&'p str, Option<&'p str>, usize)>);

/// Returns the policies and models of which `changed` tells that something changed in them, with the trains and releases
/// that are asked for something else by them.
pub(super) fn entries(
    old: &Side<'_>,
    new: &Side<'_>,
    pairs: &Pairs<'_>,
    changed: &BTreeSet<Subject>,
) -> Vec<Entry> {
    let mut affected: BTreeMap<Subject, Vec<Subject>> = BTreeMap::new();
    let governs = |subject: &&Subject| matches!(subject.kind, Some(Kind::Policy | Kind::Model));
    for subject in changed.iter().filter(governs) {
        affected.insert(subject.clone(), Vec::new());
    }
    for (one, other) in pairs.both() {
        let is_course = matches!(new.plan.document(other).kind, Kind::Train | Kind::Release);
        if !is_course || asked(old, one) == asked(new, other) {
            continue;
        }
        for governing in governing(new.plan, other) {
            if let Some(found) = affected.get_mut(&pairs.subject(governing)) {
                found.push(pairs.subject(other));
            }
        }
    }
    let entry = |(of, affected)| Entry {
        of,
        fact: Fact::Policy { affected },
    };
    affected.into_iter().map(entry).collect()
}

/// Returns the policy and the model that hold for the train or release `id`.
fn governing(plan: &Plan, id: DocId) -> impl Iterator<Item = DocId> {
    let policy = plan.policy_of(id).map(|policy| policy.id);
    let model = plan.model_of(id).map(|model| model.id);
    policy.into_iter().chain(model)
}

/// Returns what is asked for at each gate of the train or release `id`.
fn asked<'r>(side: &'r Side<'_>, id: DocId) -> BTreeMap<&'r str, Asked<'r>> {
    let of_gate = |result: &'r GateResult<'_>| {
        let criteria = result.gate.criteria.iter().map(|of| of.id).collect();
        let signoffs = result.gate.signoffs.iter();
        let signoffs = signoffs.map(|of| (of.level, of.role, of.quorum)).collect();
        (result.gate.id, (criteria, signoffs))
    };
    side.progress.gates(id).iter().map(of_gate).collect()
}
