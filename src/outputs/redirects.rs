//! Redirects: a page at each address that a document had before (`aliases`).

use serde::Serialize;

use super::{Build, OutputError, Sink};
use crate::pages::parts::relative;
use crate::plan::address::alias_address;

/// What the redirect's template lays out.
#[derive(Serialize)]
struct Redirect<'p> {
    /// The page as it is called now.
    title: &'p str,
    /// Where it is now, seen from the old address.
    href: String,
}

/// Writes a page at every earlier address of a published document.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let portal = build.portal;
    for &id in portal.published() {
        let document = portal.plan.document(id);
        let Some(target) = portal.path(id) else {
            continue;
        };
        for alias in &document.common.aliases {
            let path = alias_address(alias);
            let redirect = Redirect {
                title: &document.title,
                href: relative(&path, target),
            };
            let mut page = Vec::new();
            let rendered = build.theme.render("redirect.html", &redirect, &mut page);
            rendered.map_err(|error| error.on(&path))?;
            sink.put(&path, &page)?;
        }
    }
    Ok(())
}
