//! What needs attention: what stops a train or a release, and what is late there.

use std::borrow::Cow;

use super::members::of_train;
use crate::lifecycle::{Blocked, Due, DueKind, ExitCriterion, Obstacle, Owner};
use crate::markdown;
use crate::pages::blocks;
use crate::pages::listing::{document, thing};
use crate::pages::parts::{Person, State, Table, Tone, Value};
use crate::pages::view::View;
use crate::plan::address::criterion_anchor;
use crate::plan::kinds::release::Release;
use crate::plan::{DocId, Kind};

/// Returns what stops a train or a release, as a link to the place where it is told.
pub(in crate::pages) fn obstacle<'p>(view: &View<'p>, blocked: &Blocked<'p>) -> Value<'p> {
    match blocked.by {
        Obstacle::Hold(_) => {
            let text = view.portal.locale.word("Work is on hold");
            thing(view, blocked.document, "stages", text)
        }
        Obstacle::Criterion { gate, criterion } => {
            criterion_link(view, blocked.document, gate, criterion)
        }
    }
}

/// Returns a link to `criterion` of the gate `gate` where the train or release `document` lists it.
pub(in crate::pages) fn criterion_link<'p>(
    view: &View<'p>,
    document: DocId,
    gate: &str,
    criterion: ExitCriterion<'p>,
) -> Value<'p> {
    let text = criterion
        .title()
        .map_or(criterion.id, |title| &*title.value);
    thing(view, document, &criterion_anchor(gate, criterion.id), text)
}

/// Returns how what is stopped stands: on hold, or with a criterion that is not met.
pub(in crate::pages) fn obstacle_state<'p>(blocked: &Blocked<'_>) -> State<'p> {
    State::new(match blocked.by {
        Obstacle::Hold(_) => "on-hold",
        Obstacle::Criterion { .. } => "not-met",
    })
}

/// Returns everything published that is stopped.
pub(in crate::pages) fn stopped<'p>(view: &View<'p>) -> Vec<Blocked<'p>> {
    let mut stopped = view.portal.progress.blocked();
    stopped.retain(|blocked| view.portal.path(blocked.document).is_some());
    stopped
}

/// Returns what is published of `due`.
pub(in crate::pages) fn shown<'p>(view: &View<'p>, mut due: Vec<Due<'p>>) -> Vec<Due<'p>> {
    due.retain(|due| view.portal.path(due.document).is_some());
    due
}

/// Returns a table of what is `stopped`, and by what.
pub(in crate::pages) fn blocked_table<'p: 'b, 'b>(
    view: &View<'p>,
    stopped: impl Iterator<Item = &'b Blocked<'p>>,
) -> Table<'p> {
    blocks::table(
        "Blocked",
        ["By what", "What", "State"],
        stopped,
        |blocked| {
            [
                obstacle(view, blocked),
                view.document(blocked.document),
                obstacle_state(blocked).into(),
            ]
        },
    )
}

/// Returns what is due, as a link to the place where it is told.
pub(in crate::pages) fn due_link<'p>(view: &View<'p>, due: &Due<'p>) -> Value<'p> {
    let id = due.id;
    let (gate, word) = (due.gate.unwrap_or_default(), due.kind.word());
    let anchor = match due.kind {
        DueKind::Criterion => criterion_anchor(gate, id),
        DueKind::Approval => blocks::anchored("gate", gate),
        DueKind::Task | DueKind::Communication | DueKind::Risk | DueKind::Action => {
            blocks::anchored(word, id)
        }
        DueKind::Training | DueKind::Support => word.to_owned(),
        DueKind::Milestone | DueKind::Deployment | DueKind::Change => String::new(),
    };
    let text: Cow<'p, str> = match due.kind {
        DueKind::Approval => State::new(due.title).word,
        DueKind::Support => view.portal.locale.word("Early life support").into(),
        DueKind::Training if due.title == id => view.portal.locale.word("Training").into(),
        _ => markdown::plain(due.title).into(),
    };
    thing(view, due.document, &anchor, text)
}

/// Returns who has to do something.
pub(in crate::pages) fn owner<'p>(view: &View<'p>, owner: Owner<'p>) -> Value<'p> {
    match owner {
        Owner::Known(id) => view.document(id),
        Owner::Named(name) => Person {
            name: name.into(),
            href: None,
            role: None,
        }
        .into(),
        Owner::Role(role) => Value::Word(State::new(role).word),
        Owner::Nobody => State::new("missing")
            .worded("No owner")
            .toned(Tone::Warn)
            .into(),
    }
}

/// Returns the release or the train in which something is due: what a document belongs to, where it is due itself.
pub(in crate::pages) fn due_where<'p>(view: &View<'p>, due: &Due<'p>) -> Value<'p> {
    let plan = view.portal.plan;
    match (due.kind, plan.course(due.document)) {
        (_, Some(course)) => view.document(course.id),
        (DueKind::Action, None) => view.document(due.document),
        (_, None) => document(view, due.whole(plan)),
    }
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
        .then(|| view.counted("and {n} more", count - 1))
        .into()
}
