//! The page that is shown for an address at which there is nothing. It needs no other file.

use super::frame::{Layout, Page};
use super::parts::{Block, Document, Link, Section, Shell, Value};
use super::portal::index_path;
use super::{Route, Subject, View};
use crate::plan::Kind;

/// Returns the route of the page.
pub(super) fn route() -> Route {
    Route {
        path: "404.html".to_owned(),
        subject: Subject::NotFound,
    }
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>) -> Layout<'p> {
    let mut shell = Shell::new("not-found", view.path, "Page not found");
    shell.description = "There is nothing at this address".into();
    if let Some(base) = base(view) {
        shell.root = format!("{base}/");
    }
    let kinds = Kind::ALL
        .iter()
        .filter(|&&kind| !view.portal.published_of(kind).is_empty());
    let section = Section::new("where", "Where to look").block(Block::List(
        kinds.map(|&kind| Value::Link(index(view, kind))).collect(),
    ));
    let document = Document {
        kind: Some(
            "There is nothing at this address. What was here may have moved with its file.".into(),
        ),
        sections: vec![section],
        ..Document::default()
    };
    Page { shell, document }.with("404.html")
}

/// Returns the portal's own address, when the plan tells it. A server shows this page at any address, from which relative
/// ones lead nowhere.
fn base<'p>(view: &View<'p>) -> Option<&'p str> {
    let url = view.portal.plan.config.base_url.as_ref()?;
    Some(url.value.0.trim_end_matches('/'))
}

/// Returns a link to the index of `kind` that leads there from wherever this page is shown.
fn index<'p>(view: &View<'p>, kind: Kind) -> Link<'p> {
    let link = view.index(kind);
    match base(view) {
        Some(base) => Link {
            href: format!("{base}/{}", index_path(kind)).into(),
            ..link
        },
        None => link,
    }
}
