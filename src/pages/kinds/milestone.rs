//! Milestones: when a promise is due, and how it stands.

use crate::pages::blocks;
use crate::pages::listing::{by_train, document, train_heading};
use crate::pages::parts::{Fact, Section, State, Value};
use crate::pages::sections;
use crate::pages::show::{Order, Show};
use crate::pages::view::View;
use crate::plan::kinds::milestone::Milestone;
use crate::plan::{Doc, Kind};

impl Show for Milestone {
    const COLUMNS: &'static [&'static str] =
        &["Milestone", "Due", "State", "Reached", "Category", "Gate"];

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        Some(sections::milestone_state(view, doc))
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let belongs = doc.document.belongs;
        vec![
            Fact::new("Due", view.when(doc.fields.due.as_ref())),
            Fact::new("Reached", view.when(doc.fields.done.as_ref())),
            Fact::new("Release", document(view, belongs.release)),
            Fact::new("Train", document(view, belongs.train)),
            Fact::new("Category", view.choice(doc.fields.category.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let facts = [
            Fact::new("Gate", gate(view, doc)),
            Fact::new("Holds for", view.references(&doc.fields.applies_to)),
            Fact::new("Date of the train", train_date(view, doc)),
            Fact::new("Reason", view.text(doc.fields.reason.as_ref())),
        ];
        vec![blocks::section(
            "promise",
            "What it binds",
            [blocks::facts(facts)],
        )]
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        train_heading(view, doc.document.belongs.train)
    }

    fn order(view: &View<'_>, doc: Doc<'_, Self>) -> Order {
        let due = doc
            .due
            .as_ref()
            .and_then(|due| due.days())
            .map(|days| view.as_of().until(days.first));
        (
            by_train(view, doc.document.belongs.train),
            (due.is_none(), due.unwrap_or_default()),
        )
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        vec![
            view.document(doc.id),
            view.when(doc.fields.due.as_ref()),
            sections::milestone_state(view, doc).into(),
            view.when(doc.fields.done.as_ref()),
            view.choice(doc.fields.category.as_ref()),
            gate(view, doc),
        ]
    }
}

fn gate<'p>(view: &View<'p>, doc: Doc<'p, Milestone>) -> Value<'p> {
    let belongs = doc.document.belongs;
    sections::gate_link(
        view,
        belongs.release.or(belongs.train),
        doc.fields.gate.as_ref(),
    )
}

/// Returns the date of the milestone of the train that this one, of a release, changes or leaves out.
fn train_date<'p>(view: &View<'p>, doc: Doc<'p, Milestone>) -> Value<'p> {
    let plan = view.portal.plan;
    let changed = || {
        let belongs = doc.document.belongs;
        let train = plan.document(belongs.release.and(belongs.train)?);
        let id = plan.find(
            Kind::Milestone,
            &format!("{}/{}", train.id, doc.document.short_id()),
        )?;
        plan.get::<Milestone>(id)
            .filter(|theirs| theirs.id != doc.id && view.portal.path(theirs.id).is_some())
    };
    changed().map_or(Value::Empty, |theirs| {
        view.of(theirs.id).when(theirs.fields.due.as_ref())
    })
}
