//! How documents of one kind are shown: what is particular to the kind, for its page and for its row in the index.

use super::listing::Nearness;
use super::parts::{Fact, Section, State, Value};
use super::view::View;
use crate::plan::{Doc, OfKind};

/// Where the document's own words stand on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Before what its fields say: they are what people come for.
    First,
    /// After what its fields say: they explain it.
    Last,
}

/// Where a row stands in its index: that of the group first, then its own within the group. The smallest comes first.
pub(super) type Order = (Nearness, Nearness);

/// A kind that is shown. Its page gets the frame, the common fields, the prose and the backlinks from
/// [`document`](super::document); its index gets paging from [`index`](super::index).
pub(super) trait Show: OfKind {
    /// The template of its page.
    const TEMPLATE: &'static str = "document.html";

    /// The columns of its index; the first one names the document.
    const COLUMNS: &'static [&'static str];

    /// The column that its [`group`](Self::group) says already; empty for none.
    const GROUPED_BY: &'static str = "";

    /// Where the document's own words stand on its page.
    const PROSE: Place = Place::Last;

    /// Returns the state beside the heading.
    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        let _ = (view, doc);
        None
    }

    /// Returns the three to five facts that people ask for first.
    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>>;

    /// Returns everything else that its fields say, in sections.
    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let _ = (view, doc);
        Vec::new()
    }

    /// Returns the heading under which its row stands in the index; rows under the same heading follow each other.
    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        let _ = (view, doc);
        Value::Empty
    }

    /// Returns where its row stands in the index; rows of the same order stand by id.
    fn order(view: &View<'_>, doc: Doc<'_, Self>) -> Order {
        let _ = (view, doc);
        Order::default()
    }

    /// Returns its row in the index: one value for each column.
    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>>;
}
