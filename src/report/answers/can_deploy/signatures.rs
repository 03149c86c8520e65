//! What has to be signed before production: the gates of the train and its releases, and their changes.

use super::super::name;
use super::{Passes, Reason};
use crate::lifecycle::{Clearance, GateResult, Progress};
use crate::plan::kinds::change::Change;
use crate::plan::kinds::policy::Requirement;
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Doc, DocId, Plan};
use crate::schedule::Request;
use crate::text::Location;

/// Returns what is not signed that `request` needs, as of the day of `progress`; nothing for what does not go to
/// production.
pub(super) fn missing(plan: &Plan, progress: &Progress<'_>, request: &Request<'_>) -> Vec<Reason> {
    if !request.is_production() {
        return Vec::new();
    }
    let releases = request.releases.iter().map(|release| release.id);
    let courses: Vec<_> = request.train.into_iter().chain(releases).collect();
    let gates = courses
        .iter()
        .flat_map(|&course| closed_gates(plan, progress, course));
    let changes = changes(plan, request);
    let changes = changes
        .into_iter()
        .filter(|change| progress.clearance(*change) != Clearance::Granted);
    gates
        .chain(changes.map(|change| unapproved(plan, change)))
        .collect()
}

/// Returns the gates before the deployment of the train or release `id` that are not passed. One that opens only after
/// another one is told with that: the first is the one to mend.
fn closed_gates(plan: &Plan, progress: &Progress<'_>, id: DocId) -> Vec<Reason> {
    let stages = plan.stages_of(id);
    let deployment = stages
        .named(Stage::Deployment)
        .and_then(|stage| stages.position(stage));
    let is_before = |result: &&GateResult<'_>| match (result.gate.position, deployment) {
        (Some(position), Some(deployment)) => position < deployment,
        (position, None) => position.is_some(),
        (None, _) => false,
    };
    let closed = progress
        .gates(id)
        .iter()
        .filter(is_before)
        .filter(|result| !result.is_passed());
    closed
        .map(|result| Reason {
            kind: "gate",
            message: format!("gate {} of {} is {result}", result.gate.id, name(plan, id)),
            at: place(plan, id, result),
            hint: Some(format!(
                "`trainboard approve {}/{}` says what is open",
                plan.document(id).id,
                result.gate.id
            )),
            passes: Passes::WithWork,
        })
        .collect()
}

fn place(plan: &Plan, id: DocId, result: &GateResult<'_>) -> Location {
    let own = result.gate.own.map(|own| plan.locate(id, own.id.span));
    let asked = || {
        let policy = plan.binding_policy(id)?;
        Some(plan.locate(policy.id, result.gate.asked?.id.span))
    };
    own.or_else(asked).unwrap_or_else(|| plan.head(id))
}

/// Returns the changes that the policy asks the releases of `request` to have, by id.
fn changes<'p>(plan: &'p Plan, request: &Request<'p>) -> Vec<Doc<'p, Change>> {
    let asked = |release: &&Doc<'p, Release>| {
        let course = plan.course(release.id);
        let r#type = course.and_then(|course| course.r#type);
        let r#type = r#type.or_else(|| plan.course_of_train(release.id)?.r#type);
        let policy = plan.binding_policy(release.id);
        let of_type = r#type.and_then(|name| policy?.fields.types.get(name));
        of_type.is_some_and(|of| of.requires.iter().any(|it| it.value == Requirement::Change))
    };
    let releases: Vec<_> = request.releases.iter().filter(asked).collect();
    let named = releases.iter().flat_map(|release| {
        release
            .fields
            .changes
            .iter()
            .filter_map(|change| change.target)
    });
    let naming = releases
        .iter()
        .flat_map(|release| plan.links_to(release.id))
        .filter(|link| link.field.top == "releases")
        .map(|link| link.from);
    let mut ids: Vec<_> = named.chain(naming).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| plan.get(id)).collect()
}

fn unapproved(plan: &Plan, change: Doc<'_, Change>) -> Reason {
    let status = change.fields.status.as_ref();
    let at = status.map_or_else(
        || plan.head(change.id),
        |status| plan.locate(change.id, status.span),
    );
    Reason {
        kind: "change",
        message: format!("{} is not approved", name(plan, change.id)),
        at,
        hint: Some(format!(
            "`trainboard approve change:{}` writes the approval",
            change.document.id
        )),
        passes: Passes::WithWork,
    }
}
