//! Change requests: what may be changed when, who said so, and what came of it.

use crate::pages::blocks;
use crate::pages::decisions::{approvals_table, decisions_on};
use crate::pages::deployment::backout;
use crate::pages::parts::{Fact, Section, State, Value};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::change::Change;

impl Show for Change {
    const COLUMNS: &'static [&'static str] = &[
        "Change request",
        "Category",
        "Planned",
        "Status",
        "Services",
    ];

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        view.state(doc.status.as_ref())
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let change = doc.fields;
        vec![
            Fact::new("Category", view.choice(change.category.as_ref())),
            Fact::new("Planned", view.period(change.planned.as_ref())),
            Fact::new("Risk", view.text(change.risk.as_ref())),
            Fact::new("Impact", view.text(change.impact.as_ref())),
            Fact::new("Tracked at", view.url(change.url.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let change = doc.fields;
        let touched = [
            Fact::new("Releases", view.references(&change.releases)),
            Fact::new("Services", view.references(&change.services)),
        ];
        let inline = change.approvals.iter().map(|approval| &approval.value);
        let approvals =
            approvals_table(view, "Approvals", inline.chain(decisions_on(view, doc.id)));
        let evaluation = [Fact::new(
            "What came of it",
            view.text(change.evaluation.as_ref()),
        )];
        vec![
            blocks::section("touched", "What it touches", [blocks::facts(touched)]),
            blocks::section("approvals", "Approvals", [blocks::told(approvals)]),
            backout(view, change.backout.as_ref()),
            blocks::section("evaluation", "Evaluation", [blocks::facts(evaluation)]),
        ]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let change = doc.fields;
        vec![
            view.document(doc.id),
            view.choice(change.category.as_ref()),
            view.period(change.planned.as_ref()),
            view.state(change.status.as_ref()).into(),
            view.references(&change.services),
        ]
    }
}
