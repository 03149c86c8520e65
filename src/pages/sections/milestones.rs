//! Milestones of a train and of a release, which inherits those of its train.

use super::gates::gate_link;
use super::standing::standing;
use crate::pages::blocks;
use crate::pages::parts::{Section, State, Table, Value};
use crate::pages::view::View;
use crate::plan::kinds::milestone::{Milestone, MilestoneCategory};
use crate::plan::kinds::release::Release;
use crate::plan::{Doc, DocId, Inherited, InheritedMilestone};

/// Returns how a milestone stands. An event, a freeze and a thaw are reached when their day has passed.
pub(in crate::pages) fn milestone_state<'p>(
    view: &View<'p>,
    milestone: Doc<'p, Milestone>,
) -> State<'p> {
    use MilestoneCategory::{Event, FreezeStart, Thaw};
    if milestone.skip {
        return State::new("skipped");
    }
    let comes_by_itself = milestone
        .category
        .as_ref()
        .is_some_and(|of| matches!(of.value, Event | FreezeStart | Thaw));
    match standing(
        view,
        milestone.due.as_ref(),
        milestone.done.as_ref(),
        "reached",
    ) {
        late if late.slug == "overdue" && comes_by_itself => State::new("reached"),
        late if late.slug == "overdue" && !is_awaited(view, milestone) => {
            State::new("not-recorded")
        }
        state => state,
    }
}

/// Returns whether the train or release of `milestone` has not come past it yet. Nobody notes a milestone any more once
/// its owner has.
fn is_awaited(view: &View<'_>, milestone: Doc<'_, Milestone>) -> bool {
    let belongs = milestone.document.belongs;
    let mut owners = [belongs.release, belongs.train].into_iter().flatten();
    owners.all(|owner| view.portal.plan.is_under_way(owner))
}

/// Returns the section of the milestones of the train `train`.
pub(in crate::pages) fn train_milestones<'p>(view: &View<'p>, train: DocId) -> Section<'p> {
    let own = view.portal.plan.own_milestones(train).into_iter();
    section(
        view,
        own.map(|milestone| (milestone, Value::Empty, Value::Empty)),
    )
}

/// Returns the section of the milestones that hold for `release`, each with where it comes from.
pub(in crate::pages) fn release_milestones<'p>(
    view: &View<'p>,
    release: Doc<'p, Release>,
) -> Section<'p> {
    let all = view.portal.plan.release_milestones(release).into_iter();
    section(
        view,
        all.map(|entry| (entry.milestone, source(entry), train_date(view, entry))),
    )
}

/// Returns where a milestone of a release comes from.
fn source<'p>(entry: InheritedMilestone<'p>) -> Value<'p> {
    Value::word(match entry.source {
        Inherited::FromTrain => "inherited",
        Inherited::Own => "own",
        Inherited::Overridden => "overridden",
    })
}

/// Returns the date that the train set for a milestone that a release has changed.
fn train_date<'p>(view: &View<'p>, entry: InheritedMilestone<'p>) -> Value<'p> {
    let of_train = entry
        .of_train
        .filter(|_| entry.source == Inherited::Overridden);
    of_train.map_or(Value::Empty, |theirs| {
        view.of(theirs.id).when(theirs.fields.due.as_ref())
    })
}

/// Returns the section of `milestones`, each with its source and its train's date.
fn section<'p>(
    view: &View<'p>,
    milestones: impl Iterator<Item = (Doc<'p, Milestone>, Value<'p>, Value<'p>)>,
) -> Section<'p> {
    let columns = [
        "Milestone",
        "Due",
        "State",
        "Reached",
        "Category",
        "Gate",
        "Holds for",
        "Source",
        "Date of the train",
        "Reason",
    ];
    let mut table = Table::new("Milestones in order of their dates", columns);
    for (milestone, source, train_date) in
        milestones.filter(|(doc, ..)| view.portal.path(doc.id).is_some())
    {
        let id = milestone.document.short_id();
        table.anchored_row(
            blocks::anchored("milestone", id),
            row(&view.of(milestone.id), milestone, source, train_date),
        );
    }
    blocks::section("milestones", "Milestones", [blocks::told(table)])
}

fn row<'p>(
    view: &View<'p>,
    milestone: Doc<'p, Milestone>,
    source: Value<'p>,
    train_date: Value<'p>,
) -> [Value<'p>; 10] {
    let fields = milestone.fields;
    let belongs = milestone.document.belongs;
    [
        view.document(milestone.id),
        view.when(fields.due.as_ref()),
        milestone_state(view, milestone).into(),
        view.when(fields.done.as_ref()),
        view.choice(fields.category.as_ref()),
        gate_link(
            view,
            belongs.release.or(belongs.train),
            fields.gate.as_ref(),
        ),
        view.references(&fields.applies_to),
        source,
        train_date,
        view.text(fields.reason.as_ref()),
    ]
}
