//! The frame: what surrounds every page's content, and what the whole portal shares.

use std::borrow::Cow;

use serde::Serialize;

use super::{Link, When, root};

/// What all pages share; the theme keeps it in the templates' global context as `site`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Site<'a> {
    /// The portal's title.
    pub title: Cow<'a, str>,
    /// The main menu.
    pub menu: Vec<Entry<'a>>,
    /// All that is not in the main menu, for the footer.
    pub index: Vec<Entry<'a>>,
    /// The program and its version.
    pub generator: Cow<'a, str>,
    /// The commit of the plan that was built, when it was built in a git checkout.
    pub commit: Option<Link<'a>>,
    /// The day on which everything was computed.
    pub as_of: When,
}

/// An entry of a menu that all pages share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry<'a> {
    /// The address and the words.
    #[serde(flatten)]
    pub link: Link<'a>,
    /// Whether the address is a path from the portal's root, and not an absolute one.
    pub is_inside: bool,
}

impl<'a> Entry<'a> {
    /// Returns an entry that leads to a page of the portal; its address is a path from the root.
    pub fn inside(link: Link<'a>) -> Self {
        Self {
            link,
            is_inside: true,
        }
    }

    /// Returns an entry that leads elsewhere; its address is absolute.
    pub fn outside(link: Link<'a>) -> Self {
        Self {
            link,
            is_inside: false,
        }
    }
}

/// Where a page's content is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source<'a> {
    /// The file's path in the plan.
    pub path: Cow<'a, str>,
    /// The address at which it is edited, when the plan names its repository.
    pub edit: Option<Cow<'a, str>>,
    /// The address of its history, when the plan names its repository.
    pub history: Option<Cow<'a, str>>,
}

/// The same content in another form: a feed, a calendar, data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternate<'a> {
    /// The relative address.
    pub href: Cow<'a, str>,
    /// The media type: `text/calendar`.
    pub media: Cow<'a, str>,
    /// What it is, in English: `Calendar`.
    pub title: Cow<'a, str>,
}

/// The frame of one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shell<'a> {
    /// The kind of page, for `data-page-type`: `train`.
    pub page_type: &'a str,
    /// The page's heading; unique together with its crumbs.
    pub title: Cow<'a, str>,
    /// The title of the window and of search results; unique in the portal.
    pub window_title: Cow<'a, str>,
    /// One sentence for search results; unique in the portal.
    pub description: Cow<'a, str>,
    /// The way up to the portal's root: `../../`.
    pub root: String,
    /// The entry of the main menu to which the page belongs: its path from the root.
    pub place: String,
    /// The pages above this one, from the home page down.
    pub crumbs: Vec<Link<'a>>,
    /// The file behind the page, unless it is computed from many.
    pub source: Option<Source<'a>>,
    /// Its feeds, calendars and data.
    pub alternates: Vec<Alternate<'a>>,
}

impl<'a> Shell<'a> {
    /// Returns the frame of the page at `path` (from the portal's root), without crumbs, source or alternates.
    pub fn new(page_type: &'a str, path: &str, title: impl Into<Cow<'a, str>>) -> Self {
        let title = title.into();
        Self {
            page_type,
            window_title: title.clone(),
            title,
            description: Cow::Borrowed(""),
            root: root(path),
            place: String::new(),
            crumbs: Vec::new(),
            source: None,
            alternates: Vec::new(),
        }
    }
}
