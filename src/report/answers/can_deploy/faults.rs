//! Errors of the plan that touch the question.
//!
//! Where something cannot be read, nobody knows what it forbids, so the answer is no. That concerns what rules over
//! everybody (`trainboard.yaml`, freezes, windows, calendars, files that are no document), what decides for this place and
//! these applications (the environment, policies, the applications, who else reserves it or goes there), and all that the
//! train or the turnover says of itself. What `check` says of the time for which a turnover is planned is left out: the
//! question is about another time, and has its own answer.

use super::{Passes, Reason};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{DocId, Kind, Plan};
use crate::schedule::Request;

/// The groups of rules that tell what could not be read.
const READING: &[&str] = &["document", "reference", "value"];

/// The rules, and groups of them, whose question is answered for the time that is asked about.
const ANSWERED: &[&str] = &[
    "freeze",
    "window",
    "environment",
    "dependency",
    "turnover/not-accepted",
    "turnover/promotion-skipped",
    "turnover/artifact-differs",
    "turnover/does-not-fit",
    "approval/missing",
    "approval/quorum",
    "gate/not-passed",
    "change/unapproved",
];

/// Returns the errors of `diagnostics` that touch `request`.
pub(super) fn of(plan: &Plan, request: &Request<'_>, diagnostics: &[Diagnostic]) -> Vec<Reason> {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let touching = errors.filter(|diagnostic| touches(plan, request, diagnostic));
    touching
        .map(|Diagnostic { finding, .. }| Reason {
            kind: "plan",
            message: format!(
                "the plan has an error: {} ({})",
                finding.message, finding.rule
            ),
            at: finding.at,
            hint: finding.hint.clone(),
            passes: Passes::WithWork,
        })
        .collect()
}

fn touches(plan: &Plan, request: &Request<'_>, diagnostic: &Diagnostic) -> bool {
    let (rule, at) = (diagnostic.finding.rule.0, diagnostic.finding.at);
    let group = rule.split_once('/').map_or(rule, |(group, _)| group);
    let is_unread = READING.contains(&group);
    let Some(id) = plan.at_path(&plan.sources.get(at.file).path) else {
        return is_unread || plan.config_file == Some(at.file);
    };
    match plan.document(id).kind {
        Kind::Freeze | Kind::Window | Kind::Calendar => true,
        Kind::Policy => is_unread,
        Kind::Environment if id == request.environment.id => is_unread,
        Kind::Application => {
            let mut parts = request.target.parts.iter();
            is_unread && parts.any(|part| part.application == Some(id))
        }
        _ if is_own(plan, request, id) => !ANSWERED.contains(&group) && !ANSWERED.contains(&rule),
        _ => is_unread && may_go_there(plan, request, id),
    }
}

/// Returns whether the document `id` is about what is deployed: the train, its releases, the turnover, and what is decided
/// on them.
fn is_own(plan: &Plan, request: &Request<'_>, id: DocId) -> bool {
    let document = plan.document(id);
    let releases = || request.releases.iter().map(|release| release.id);
    let mut own = request
        .train
        .into_iter()
        .chain(request.turnover.map(|turnover| turnover.id))
        .chain(releases());
    match document.kind {
        Kind::Train | Kind::Release | Kind::Turnover => own.any(|of| of == id),
        Kind::Approval | Kind::Exception => own.any(|of| {
            document.belongs.train == Some(of)
                || document.belongs.release == Some(of)
                || plan.links_from(id).iter().any(|link| link.to == Some(of))
        }),
        Kind::Change => {
            releases().any(|of| plan.links_from(of).iter().any(|link| link.to == Some(id)))
        }
        _ => false,
    }
}

/// Returns whether the document `id` says, or may say, that somebody else uses the environment.
fn may_go_there(plan: &Plan, request: &Request<'_>, id: DocId) -> bool {
    let is_there = |to: Option<DocId>| to.is_none_or(|to| to == request.environment.id);
    if let Some(turnover) = plan.get::<Turnover>(id) {
        return is_there(
            turnover
                .fields
                .environment
                .as_ref()
                .and_then(|of| of.target),
        );
    }
    let of_train = plan
        .get::<Train>(id)
        .map(|train| &train.fields.reservations);
    let of_release = plan
        .get::<Release>(id)
        .map(|release| &release.fields.reservations);
    let unclear = of_train.or(of_release).is_some_and(|reservations| {
        reservations.iter().any(|reservation| {
            let to = reservation.environment.as_ref().and_then(|of| of.target);
            to.is_none() || reservation.planned.is_none() && is_there(to)
        })
    });
    unclear && plan.is_open(id)
}
