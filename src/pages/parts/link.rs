//! Links between pages. All are relative, so that the portal works under any address and from a folder.

use std::borrow::Cow;

use serde::Serialize;

pub use crate::syntax::body::relative;

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link<'a> {
    /// Where it leads: relative to the page that shows it (see [`relative`]), or an absolute address.
    pub href: Cow<'a, str>,
    /// What it says; never "here" or "more".
    pub text: Cow<'a, str>,
}

impl<'a> Link<'a> {
    /// Returns a link to `href` that says `text`.
    pub fn new(href: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }

    /// Returns a link from the page at `from` to `to` (both are paths from the portal's root, see [`relative`]).
    pub fn between(from: &str, to: &str, text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(relative(from, to), text)
    }
}

/// Returns the way from the page `from` up to the portal's root: `../../` for `trains/2026-q4/index.html`.
pub fn root(from: &str) -> String {
    relative(from, "")
}
