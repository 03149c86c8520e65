//! What the relative dates of a document come to, by the places at which they are written.

use super::edit::Content;
use super::version::Dates;
use crate::plan::Document;
use crate::plan::value::{Period, Record as _, Visitor, When};

/// Returns what the relative dates of `document` come to, without those of the documents inside of it.
pub(super) fn dates(document: &Document) -> Dates {
    let mut collect = Collect::default();
    // A visitor may fill values in, so it is shown a copy.
    document.common.clone().visit_fields(&mut collect);
    document.detail.clone().visit(&mut collect);
    collect.dates
}

#[derive(Default)]
struct Collect {
    dates: Dates,
}

impl Visitor for Collect {
    fn when(&mut self, when: &mut When) {
        if when.resolved != when.written {
            let resolved = Content::Date(when.resolved.clone());
            self.dates.insert(when.span, resolved);
        }
    }

    fn period(&mut self, period: &mut Period) {
        if period.resolved != period.written {
            let resolved = Content::Period(period.resolved.clone());
            self.dates.insert(period.span, resolved);
        }
    }
}
