//! Evidence → digests: the files that show that criteria are met are read once, and only to know that they are the same.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::plan::Plan;
use crate::plan::value::Digest;
use crate::world::World;

/// Digests every file that a criterion of `plan` names as its evidence. A path that leads out of the plan, or to
/// nothing, has no digest: the gate that relies on it says so.
pub(super) fn digest(plan: &mut Plan, world: &dyn World) {
    let named = |(id, _)| {
        plan.evidence_files(id)
            .filter_map(|(_, path)| path)
            .collect::<Vec<_>>()
    };
    let paths: BTreeSet<String> = plan.documents().flat_map(named).collect();
    let digest = |path: String| {
        let digest = Digest::of(&world.read(&path).ok()?);
        Some((path, digest))
    };
    plan.evidence = paths.into_par_iter().filter_map(digest).collect();
}
