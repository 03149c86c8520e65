//! Freeze periods: when nothing is deployed where, why, and who may all the same.

use crate::pages::agenda::month_link;
use crate::pages::blocks;
use crate::pages::deployment::{met_by, repeats, scope_facts, scope_words};
use crate::pages::listing::{listed, nearness, referrers};
use crate::pages::parts::{Fact, Section, State, Value};
use crate::pages::show::{Order, Show};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::exception::Exception;
use crate::plan::kinds::freeze::Freeze;
use crate::time::DayRange;

impl Show for Freeze {
    const COLUMNS: &'static [&'static str] = &["Freeze", "When", "Severity", "Covers", "Repeats"];

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        let days = view.portal.schedule.nearest_days(doc, view.as_of());
        let is_on = days.is_some_and(|days| days.contains(view.as_of()));
        let now = is_on.then(|| State::new("frozen").worded("Frozen now"));
        now.or_else(|| view.state(doc.severity.as_ref()))
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let freeze = doc.fields;
        vec![
            Fact::new("When", when(view, doc)),
            Fact::new("Severity", view.state(freeze.severity.as_ref())),
            Fact::new("Covers", scope_words(view, freeze.scope.as_ref())),
            Fact::new("Reason", view.text(freeze.reason.as_ref())),
            Fact::new("Repeats", repeats(view, freeze.repeats.as_ref())),
            Fact::new("First held", first(view, freeze)),
            Fact::new("In the calendar", month(view, doc)),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let mut exceptions: Vec<_> = referrers::<Exception>(view, doc.id, "freeze").collect();
        exceptions.sort_by_key(|exception| {
            let expires = exception
                .expires
                .as_ref()
                .and_then(|expires| expires.days());
            nearness(view.as_of(), expires)
        });
        let exceptions = listed(view, "Exceptions to this freeze", "Freeze", &exceptions);
        vec![
            blocks::section("meets", "What it hits", [Some(met_by(view, doc))]),
            blocks::section(
                "covers",
                "What it covers",
                [scope_facts(view, doc.fields.scope.as_ref())],
            ),
            blocks::section("exceptions", "Exceptions", exceptions),
        ]
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        let days = view.portal.schedule.nearest_days(doc, view.as_of());
        let heading = |days: DayRange| {
            let pattern = if days.last < view.as_of() {
                "{year}, over"
            } else {
                "{year}"
            };
            view.portal
                .locale
                .phrase(pattern, &[("year", &days.first.0.year())])
        };
        days.map(heading).into()
    }

    fn order(view: &View<'_>, doc: Doc<'_, Self>) -> Order {
        let days = view.portal.schedule.nearest_days(doc, view.as_of());
        (nearness(view.as_of(), days), Default::default())
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let freeze = doc.fields;
        vec![
            view.document(doc.id),
            when(view, doc),
            view.state(freeze.severity.as_ref()).into(),
            scope_words(view, freeze.scope.as_ref()),
            repeats(view, freeze.repeats.as_ref()),
        ]
    }
}

/// Returns the month of the calendar in which a freeze holds next, or held.
fn month<'p>(view: &View<'p>, doc: Doc<'p, Freeze>) -> Value<'p> {
    let days = view.portal.schedule.nearest_days(doc, view.as_of());
    let link = days.and_then(|days| month_link(view, days.first));
    link.map_or(Value::Empty, Value::from)
}

/// Returns when a freeze holds; one that repeats, when it does so next.
fn when<'p>(view: &View<'p>, doc: Doc<'p, Freeze>) -> Value<'p> {
    let next = doc
        .fields
        .repeats
        .as_ref()
        .and_then(|_| view.portal.schedule.nearest_days(doc, view.as_of()));
    next.map_or_else(
        || view.period(doc.fields.planned.as_ref()),
        |days| view.portal.dates().days(days.first.0, days.last.0).into(),
    )
}

/// Returns when a freeze that repeats held for the first time; the others hold once, which is said already.
fn first<'p>(view: &View<'p>, freeze: &'p Freeze) -> Value<'p> {
    let repeats = freeze.repeats.as_ref();
    repeats.map_or(Value::Empty, |_| view.period(freeze.planned.as_ref()))
}
