//! What needs attention: what stops a train or a release, and what is late there.

use super::members::of_train;
use crate::lifecycle::{Blocked, Obstacle};
use crate::pages::blocks;
use crate::pages::parts::{Link, State, Value};
use crate::pages::view::View;
use crate::plan::kinds::release::Release;
use crate::plan::{DocId, Kind};

/// Returns what stops a train or a release, as a link to the place where it is told.
pub(in crate::pages) fn obstacle<'p>(view: &View<'p>, blocked: &Blocked<'p>) -> Value<'p> {
    let (anchor, text) = match blocked.by {
        Obstacle::Hold(_) => (
            "stages".to_owned(),
            view.portal.locale.word("Work is on hold"),
        ),
        Obstacle::Criterion { gate, criterion } => {
            let of_gate = blocks::anchored("criterion", gate);
            let text = criterion
                .title()
                .map_or(criterion.id, |title| &*title.value);
            (blocks::anchored(&of_gate, criterion.id), text)
        }
    };
    let path = view.portal.path(blocked.document);
    path.map_or(text.into(), |path| {
        Link::new(view.href(&format!("{path}#{anchor}")), text).into()
    })
}

/// Returns how what is stopped stands: on hold, or with a criterion that is not met.
pub(in crate::pages) fn obstacle_state<'p>(blocked: &Blocked<'_>) -> State<'p> {
    State::new(match blocked.by {
        Obstacle::Hold(_) => "on-hold",
        Obstacle::Criterion { .. } => "not-met",
    })
}

/// Returns the worst that is known of the train or release `id` and of its releases: what stops it, else what is late,
/// else that nothing is. Nothing is said of one that is no longer on its way.
pub(in crate::pages) fn attention<'p>(view: &View<'p>, id: DocId) -> Value<'p> {
    let plan = view.portal.plan;
    if !plan.is_under_way(id) {
        return Value::Empty;
    }
    let is_train = plan.document(id).kind == Kind::Train;
    let members = is_train
        .then(|| of_train::<Release>(view, id))
        .into_iter()
        .flatten()
        .map(|release| release.id);
    let all: Vec<_> = std::iter::once(id).chain(members).collect();
    let stopped: Vec<_> = all
        .iter()
        .flat_map(|&id| view.portal.progress.obstacles(id))
        .collect();
    if let Some(first) = stopped.first() {
        let more = more(view, stopped.len());
        return blocks::several([obstacle_state(first).into(), obstacle(view, first), more]);
    }
    let promised = match plan.get::<Release>(id) {
        Some(release) => plan
            .release_milestones(release)
            .into_iter()
            .map(|entry| entry.milestone.id)
            .collect(),
        None => plan
            .own_milestones(id)
            .into_iter()
            .map(|milestone| milestone.id)
            .collect::<Vec<_>>(),
    };
    let late: Vec<_> = all
        .iter()
        .chain(&promised)
        .flat_map(|&id| view.portal.progress.late_in(id))
        .collect();
    match late.first() {
        Some(first) => blocks::several([
            State::new("overdue").into(),
            view.named(first.document, first.title),
            more(view, late.len()),
        ]),
        None => State::new("on-track")
            .worded("Nothing blocked or overdue")
            .into(),
    }
}

/// Returns how many there are besides the first of `count`.
fn more<'p>(view: &View<'p>, count: usize) -> Value<'p> {
    (count > 1)
        .then(|| {
            view.portal
                .locale
                .phrase("and {n} more", &[("n", &(count - 1))])
        })
        .into()
}
