//! What the home page and the freeze calendar answer first: is a freeze on today, and which is next.

use super::agenda::month_link;
use super::parts::{Answer, State, Tone, Value};
use super::view::View;
use crate::plan::Kind;
use crate::schedule::Freezing;

/// Whether a freeze holds today.
pub(super) fn frozen_now<'p>(view: &View<'p>) -> Answer<'p> {
    let now = view.portal.schedule.freezes_on(view.as_of());
    let (slug, label) = ("frozen-now", "Frozen now");
    let Some(first) = now.first() else {
        let state = State::new("open").worded("Not frozen").toned(Tone::Good);
        return Answer::new((slug, label), state, Vec::new());
    };
    let details = vec![
        view.of(first.freeze.id)
            .period(first.freeze.fields.planned.as_ref()),
        view.text(first.freeze.fields.reason.as_ref()),
    ];
    let severity = view.state(first.freeze.fields.severity.as_ref());
    let state = severity.map(|severity| severity.worded("Frozen"));
    Answer {
        state,
        ..Answer::new((slug, label), view.document(first.freeze.id), details)
    }
}

/// Which freeze begins next, and where it stands in the calendar.
pub(super) fn next_freeze<'p>(view: &View<'p>) -> Answer<'p> {
    let (slug, label) = ("next-freeze", "Next freeze");
    match view.portal.schedule.next_freeze(view.as_of()) {
        None => Answer::new(
            (slug, label),
            Value::word("No freeze is planned"),
            vec![view.index(Kind::Freeze).into()],
        ),
        Some(Freezing { freeze, days }) => {
            let state = view.state(freeze.fields.severity.as_ref());
            let when = view.portal.dates().days(days.first.0, days.last.0);
            let month = month_link(view, days.first);
            let details = std::iter::once(when.into()).chain(month.map(Value::from));
            Answer {
                state,
                ..Answer::new((slug, label), view.document(freeze.id), details)
            }
        }
    }
}
