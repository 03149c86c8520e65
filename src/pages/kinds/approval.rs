//! Approvals: what was decided on a gate, by whom, in which role and why.

use crate::pages::blocks;
use crate::pages::decisions::decision;
use crate::pages::listing::document;
use crate::pages::parts::{Fact, Section, State, Value};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::approval::Approval;

impl Show for Approval {
    const COLUMNS: &'static [&'static str] = &["Approval", "Decision", "For", "Gate", "By", "Date"];

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        view.state(doc.decision.as_ref())
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let approval = doc.fields;
        vec![
            Fact::new("Decision", decision(view, approval)),
            Fact::new("For", decided_on(view, doc)),
            Fact::new("Gate", view.own_word(approval.gate.as_ref())),
            Fact::new(
                "By",
                view.who_as(approval.by.as_ref(), approval.role.as_ref()),
            ),
            Fact::new("Date", view.when(approval.date.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let approval = doc.fields;
        // The role stands beside the name, unless there is no name.
        let role = approval.role.as_ref().filter(|_| approval.by.is_none());
        let facts = [
            Fact::new("Level", view.own_word(approval.level.as_ref())),
            Fact::new("Role", view.own_word(role)),
            Fact::new("Reason", view.text(approval.reason.as_ref())),
            Fact::new("Return to", view.own_word(approval.return_to.as_ref())),
            Fact::new("Covers", view.code(approval.covers.as_ref())),
        ];
        vec![blocks::section(
            "terms",
            "On which terms",
            [blocks::facts(facts)],
        )]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let approval = doc.fields;
        vec![
            view.document(doc.id),
            decision(view, approval),
            decided_on(view, doc),
            view.own_word(approval.gate.as_ref()),
            view.who_as(approval.by.as_ref(), approval.role.as_ref()),
            view.when(approval.date.as_ref()),
        ]
    }
}

/// Returns what an approval decides on; one in the folder of a train decides on the train, unless it says otherwise.
fn decided_on<'p>(view: &View<'p>, doc: Doc<'p, Approval>) -> Value<'p> {
    match &doc.fields.r#for {
        Some(decided) => view.reference(decided),
        None => document(view, doc.document.belongs.train),
    }
}
