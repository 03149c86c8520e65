//! How something that is due on a day stands, seen from the as-of day.

use crate::lifecycle::SOON;
use crate::pages::parts::State;
use crate::pages::view::View;
use crate::plan::value::When;

/// Returns how something stands that is due on `due` and was done on `done`; `kept` is the word for its being done.
///
/// A coarse date is overdue only when no day that it can mean is left, and due soon as soon as one of them is.
pub(in crate::pages) fn standing<'p>(
    view: &View<'p>,
    due: Option<&When>,
    done: Option<&When>,
    kept: &'static str,
) -> State<'p> {
    let today = view.as_of();
    State::new(match due.and_then(When::days) {
        _ if done.is_some() => kept,
        Some(days) if days.last < today => "overdue",
        Some(days) if today.until(days.first) <= i64::from(SOON) => "due-soon",
        _ => "planned",
    })
}
