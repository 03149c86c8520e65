//! Which gates opened or closed from one day to another: what a change in one document means for the whole plan.

use crate::lifecycle::{GateState, Progress};
use crate::plan::{Kind, Plan};

/// A gate that opened or closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateMove {
    /// The kind of what it is a gate of: a train or a release.
    pub kind: Kind,
    /// The id of that.
    pub id: Box<str>,
    /// The gate.
    pub gate: String,
    /// Whether it was passed.
    pub before: GateState,
    /// Whether it is.
    pub after: GateState,
}

/// Returns the gates that are open now and were not, or the other way round, by train and release. Gates that are new
/// have not moved.
pub fn gate_moves(
    (old, before): (&Plan, &Progress<'_>),
    (new, after): (&Plan, &Progress<'_>),
) -> Vec<GateMove> {
    let mut moves = Vec::new();
    for course in new.courses() {
        let document = new.document(course.id);
        let Some(earlier) = old.find(document.kind, &document.id) else {
            continue;
        };
        for result in after.gates(course.id) {
            let gate = result.gate.id;
            let known = before.gate(earlier, gate);
            let known = known.filter(|known| known.state.is_open() != result.state.is_open());
            moves.extend(known.map(|known| GateMove {
                kind: document.kind,
                id: document.id.clone(),
                gate: gate.to_owned(),
                before: known.state,
                after: result.state,
            }));
        }
    }
    moves
}
