//! Plain pages: prose, and nothing but what every document has.

use crate::pages::parts::{Fact, Value};
use crate::pages::show::{Place, Show};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::page::Page;

impl Show for Page {
    const COLUMNS: &'static [&'static str] = &["Page", "What it is about", "Owner"];

    const PROSE: Place = Place::First;

    fn facts<'p>(_: &View<'p>, _: Doc<'p, Self>) -> Vec<Fact<'p>> {
        Vec::new()
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let common = &doc.document.common;
        vec![
            view.document(doc.id),
            view.text(common.description.as_ref()),
            view.who(common.owner.as_ref()),
        ]
    }
}
