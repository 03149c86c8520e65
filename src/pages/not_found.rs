//! The page that is shown for an address at which there is nothing.

use super::frame::Page;
use super::parts::{Block, Document, Section, Shell, Value};
use super::theme::{TemplateError, Theme};
use super::{Route, Subject, View};
use crate::plan::Kind;

/// Returns the route of the page.
pub(super) fn route() -> Route {
    Route {
        path: "404.html".to_owned(),
        subject: Subject::Plan,
        render,
    }
}

fn render(
    view: &View<'_>,
    theme: &Theme,
    _: Subject,
    page: &mut Vec<u8>,
) -> Result<(), TemplateError> {
    let mut shell = Shell::new("not-found", view.path, "Page not found");
    shell.description = "There is nothing at this address".into();
    let kinds = Kind::ALL
        .iter()
        .filter(|&&kind| !view.portal.published_of(kind).is_empty());
    let section = Section::new("where", "Where to look").block(Block::List(
        kinds.map(|&kind| Value::Link(view.index(kind))).collect(),
    ));
    let document = Document {
        summary: Some(view.prose(
            "There is nothing at this address. What was here may have moved with its file.",
        )),
        sections: vec![section],
        ..Document::default()
    };
    Page { shell, document }.render(theme, "404.html", page)
}
