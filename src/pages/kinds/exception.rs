//! Freeze exceptions: what may be deployed in which freeze, who said so, and until when.

use crate::pages::blocks;
use crate::pages::parts::{Fact, Section, State, Value};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::exception::{Exception, RulingResult};

impl Show for Exception {
    const COLUMNS: &'static [&'static str] = &[
        "Exception",
        "Freeze",
        "For",
        "State",
        "Decided by",
        "Expires",
    ];

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        Some(standing(view, doc.fields))
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let exception = doc.fields;
        vec![
            Fact::new("Freeze", view.maybe(exception.freeze.as_ref())),
            Fact::new("For", view.maybe(exception.r#for.as_ref())),
            Fact::new("State", standing(view, exception)),
            Fact::new("Decided by", decided_by(view, exception)),
            Fact::new("Expires", view.when(exception.expires.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let exception = doc.fields;
        let requested = exception.requested.as_ref();
        let decision = exception.decision.as_ref();
        let request = [
            Fact::new("Why it cannot wait", view.text(exception.reason.as_ref())),
            Fact::new(
                "Asked for by",
                view.who(requested.and_then(|request| request.by.as_ref())),
            ),
            Fact::new(
                "Asked for on",
                view.when(requested.and_then(|request| request.date.as_ref())),
            ),
        ];
        let decision = decision.map(|decision| {
            [
                Fact::new("Result", view.state(decision.result.as_ref())),
                Fact::new(
                    "By",
                    view.who_as(decision.by.as_ref(), decision.role.as_ref()),
                ),
                Fact::new("Date", view.when(decision.date.as_ref())),
            ]
        });
        vec![
            blocks::section("request", "The request", [blocks::facts(request)]),
            blocks::section(
                "decision",
                "The decision",
                [blocks::facts(decision.into_iter().flatten())],
            ),
        ]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let exception = doc.fields;
        vec![
            view.document(doc.id),
            view.maybe(exception.freeze.as_ref()),
            view.maybe(exception.r#for.as_ref()),
            standing(view, exception).into(),
            decided_by(view, exception),
            view.when(exception.expires.as_ref()),
        ]
    }
}

fn decided_by<'p>(view: &View<'p>, exception: &'p Exception) -> Value<'p> {
    let decision = exception.decision.as_ref();
    let role = decision.and_then(|decision| decision.role.as_ref());
    view.who_as(decision.and_then(|decision| decision.by.as_ref()), role)
}

/// Returns where an exception stands: asked for, decided, or no longer valid.
fn standing<'p>(view: &View<'p>, exception: &Exception) -> State<'p> {
    let result = exception
        .decision
        .as_ref()
        .and_then(|decision| decision.result.as_ref());
    let expires = exception
        .expires
        .as_ref()
        .and_then(|expires| expires.days());
    let is_over = expires.is_some_and(|expires| expires.last < view.as_of());
    match result.map(|result| result.value) {
        Some(RulingResult::Approved) if is_over => State::new("expired"),
        Some(_) => view
            .state(result)
            .unwrap_or_else(|| State::new("requested")),
        None => State::new("requested"),
    }
}
