//! The portal's menus: the main one in the header, and every index in the footer.

use super::Route;
use super::frame::capitalised;
use super::parts::{Entry, Link};
use super::portal::{Portal, index_path};
use crate::plan::Kind;
use crate::plan::address::{
    ABOUT, ATTENTION, DEPENDENCIES, FORWARD_SCHEDULE, HISTORY, REFERENCE, REGISTERS, REPORTS,
    SEARCH, page_address, schedule_address,
};

/// The kinds in the main menu, each with its name in one word.
const MAIN: &[(Kind, &str)] = &[
    (Kind::Train, "Trains"),
    (Kind::Release, "Releases"),
    (Kind::Application, "Applications"),
    (Kind::Environment, "Environments"),
    (Kind::Freeze, "Freezes"),
    (Kind::Note, "Notes"),
];

/// Returns the main menu; the plan's own entries come last. One of them that leads to none of `routes` is left out.
pub fn main<'p>(portal: &Portal<'p>, routes: &[Route]) -> Vec<Entry<'p>> {
    let shown = MAIN
        .iter()
        .filter(|(kind, _)| !portal.published_of(*kind).is_empty());
    let mut menu: Vec<_> = shown
        .map(|&(kind, name)| Entry::inside(Link::new(index_path(kind), name)))
        .collect();
    menu.extend(portal.plan.config.menu.iter().filter_map(|entry| {
        own(
            &entry.url.as_ref()?.value,
            &entry.title.as_ref()?.value,
            routes,
        )
    }));
    menu
}

/// Returns an entry of the plan's own: an address elsewhere, or a page of the portal when there is one at `url`.
fn own<'p>(url: &'p str, title: &'p str, routes: &[Route]) -> Option<Entry<'p>> {
    if url.contains("://") || url.starts_with("mailto:") {
        return Some(Entry::outside(Link::new(url, title)));
    }
    let path = page_of(url);
    let (file, _) = path.split_once('#').unwrap_or((&path, ""));
    let is_there = routes.iter().any(|route| route.path == file);
    is_there.then(|| Entry::inside(Link::new(path, title)))
}

/// Returns the path of the page at the address `url` below the portal's root: `trains/a/index.html` for `/trains/a/`.
fn page_of(url: &str) -> String {
    let (address, anchor) = url.find('#').map_or((url, ""), |at| url.split_at(at));
    let address = address.trim_start_matches("./").trim_matches('/');
    let file = match address {
        "" => "index.html".to_owned(),
        page if page.ends_with(".html") => page.to_owned(),
        folder => format!("{folder}/index.html"),
    };
    file + anchor
}

/// The pages that list no kind, each with its folder and its name.
const OWN: &[(&str, &str)] = &[
    (SEARCH, "Search"),
    (ATTENTION, "Attention"),
    (FORWARD_SCHEDULE, "Forward schedule"),
    (DEPENDENCIES, "Dependencies"),
    (REGISTERS, "Registers"),
    (REPORTS, "Reports"),
    (HISTORY, "History of the plan"),
    (REFERENCE, "Reference"),
    (ABOUT, "About this portal"),
];

/// Returns the portal's own pages that list no kind, each with its name and its path.
pub(super) fn own_pages() -> impl Iterator<Item = (&'static str, String)> {
    let folders = OWN
        .iter()
        .map(|&(folder, name)| (name, page_address(folder, 1)));
    std::iter::once(("Schedule", schedule_address(None, None))).chain(folders)
}

/// Returns what the footer leads to: the portal's own pages, and every index.
pub fn all<'p>() -> Vec<Entry<'p>> {
    let own = own_pages().map(|(name, path)| Entry::inside(Link::new(path, name)));
    let index = |&kind: &Kind| Entry::inside(Link::new(index_path(kind), capitalised(kind.many())));
    own.chain(Kind::ALL.iter().map(index)).collect()
}

/// Returns the entry of the main menu to which the pages of `kind` belong; empty when none has them.
pub(super) fn place(kind: Kind) -> String {
    if MAIN.iter().any(|(of, _)| *of == kind) {
        index_path(kind)
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn an_address_below_the_root_is_a_page() {
        for (url, path) in [
            ("/", "index.html"),
            ("/trains/2026-q4/", "trains/2026-q4/index.html"),
            ("trains/2026-q4", "trains/2026-q4/index.html"),
            ("/trains/2026-q4/#gates", "trains/2026-q4/index.html#gates"),
            ("/404.html", "404.html"),
        ] {
            assert_eq!(page_of(url), path, "{url}");
        }
    }
}
