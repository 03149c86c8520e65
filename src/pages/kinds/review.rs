//! Post mortems: what a deployment taught, and what is done about it.

use crate::pages::blocks;
use crate::pages::listing::document;
use crate::pages::parts::{Fact, Section, Tally, Value};
use crate::pages::sections;
use crate::pages::show::{Place, Show};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::review::Review;

impl Show for Review {
    const COLUMNS: &'static [&'static str] =
        &["Post mortem", "Of", "Held", "Findings", "Actions done"];

    const PROSE: Place = Place::First;

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        vec![
            Fact::new("Of", view.maybe(doc.fields.of.as_ref())),
            Fact::new("Held", view.when(doc.fields.date.as_ref())),
            Fact::new("Actions done", actions_done(doc.fields)),
            Fact::new("Train", document(view, doc.document.belongs.train)),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        vec![
            findings(view, doc.fields),
            actions(view, doc.fields),
            attendees(view, doc.fields),
        ]
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        document(view, doc.document.belongs.train)
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        vec![
            view.document(doc.id),
            view.maybe(doc.fields.of.as_ref()),
            view.when(doc.fields.date.as_ref()),
            blocks::count(doc.fields.findings.len()),
            actions_done(doc.fields).into(),
        ]
    }
}

/// Returns how many of the actions are done. None when there are none.
fn actions_done(review: &Review) -> Option<Tally> {
    let count = review
        .actions
        .iter()
        .filter(|action| action.done.is_some())
        .count();
    (!review.actions.is_empty()).then_some(Tally {
        count,
        of: review.actions.len(),
    })
}

fn findings<'p>(view: &View<'p>, review: &'p Review) -> Section<'p> {
    let findings = review
        .findings
        .iter()
        .map(|finding| view.text(Some(finding)));
    blocks::section("findings", "Findings", [blocks::list(findings)])
}

fn actions<'p>(view: &View<'p>, review: &'p Review) -> Section<'p> {
    let columns = ["Action", "State", "Owner", "Due", "Done"];
    let table = blocks::keyed(
        "What is done about it",
        columns,
        "action",
        &review.actions,
        |action| {
            [
                blocks::name(view, action.title.as_ref(), &action.id.value),
                sections::standing(view, action.due.as_ref(), action.done.as_ref(), "done").into(),
                view.who(action.owner.as_ref()),
                view.when(action.due.as_ref()),
                view.when(action.done.as_ref()),
            ]
        },
    );
    blocks::section("actions", "Actions", [blocks::told(table)])
}

fn attendees<'p>(view: &View<'p>, review: &'p Review) -> Section<'p> {
    let attendees = review.attendees.iter().map(|who| view.who(Some(who)));
    blocks::section("attendees", "Attendees", [blocks::list(attendees)])
}
