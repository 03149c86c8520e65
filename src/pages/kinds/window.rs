//! Maintenance windows: when deployments are allowed, and where.

use crate::pages::blocks;
use crate::pages::deployment::{has_ended, openings, repeats, scope_facts, scope_words};
use crate::pages::parts::{Fact, Section, State, Value};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::window::{OnGap, Window};

impl Show for Window {
    const COLUMNS: &'static [&'static str] = &[
        "Window",
        "Opens first",
        "Repeats",
        "Stays open",
        "Until",
        "Covers",
    ];

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        has_ended(view, doc.fields).then(|| State::new("closed").worded("Opens no more"))
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let window = doc.fields;
        vec![
            Fact::new("Opens first", view.when(window.starts.as_ref())),
            Fact::new("Stays open", view.duration(window.duration.as_ref())),
            Fact::new("Repeats", repeats(view, window.repeats.as_ref())),
            Fact::new("Until", view.when(window.until.as_ref())),
            Fact::new("Covers", scope_words(view, window.scope.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let window = doc.fields;
        let on_gap = window.on_gap.as_ref().map(|on_gap| match on_gap.value {
            OnGap::Skip => Value::word("it does not take place"),
            OnGap::Shift => Value::word("it starts that much later"),
        });
        let rules = [
            Fact::new(
                "No start in the last",
                view.duration(window.cutoff.as_ref()),
            ),
            Fact::new("When the clocks leave out its start", on_gap),
        ];
        vec![
            blocks::section(
                "openings",
                "When it opens next",
                [Some(openings(view, doc))],
            ),
            blocks::section("starting", "Starting in it", [blocks::facts(rules)]),
            blocks::section(
                "covers",
                "What it covers",
                [scope_facts(view, window.scope.as_ref())],
            ),
        ]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let window = doc.fields;
        vec![
            view.document(doc.id),
            view.when(window.starts.as_ref()),
            repeats(view, window.repeats.as_ref()),
            view.duration(window.duration.as_ref()),
            view.when(window.until.as_ref()),
            scope_words(view, window.scope.as_ref()),
        ]
    }
}
