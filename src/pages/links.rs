//! Links in bodies: from paths of the plan to addresses in the portal, and the assets that they need.

use std::collections::BTreeSet;

use super::{Portal, View};
use crate::plan::{DocId, LinkTarget};
use crate::syntax::body::Destination;

/// Follows the links in the body of one document, as seen from its page.
pub(super) struct Links<'p> {
    /// The look from the page.
    pub view: View<'p>,
    /// The document whose body it is; none for the portal's own words.
    pub from: Option<DocId>,
}

impl Links<'_> {
    /// Returns the address of what `destination` leads to, or none when there is nothing to find.
    pub(super) fn address(&self, destination: &Destination<'_>) -> Option<String> {
        let portal = self.view.portal;
        let from = self.from?;
        match portal.plan.link_target(from, destination.clone()) {
            LinkTarget::Asset(path) => Some(self.view.href(&asset_path(&path))),
            LinkTarget::Document(id, anchor) => {
                let path = self.view.path_of(id)?;
                Some(
                    self.view
                        .href(&anchor.map_or(path.to_owned(), |anchor| format!("{path}#{anchor}"))),
                )
            }
            LinkTarget::External(_)
            | LinkTarget::Missing(_)
            | LinkTarget::Outside
            | LinkTarget::Unsafe(_) => None,
        }
    }
}

/// Returns where in the portal the file at `path` of the plan is copied to.
pub fn asset_path(path: &str) -> String {
    format!("files/{path}")
}

/// Returns the files of the plan that published bodies link to, each with its path in the portal.
pub fn assets(portal: &Portal<'_>) -> BTreeSet<(String, String)> {
    let plan = portal.plan;
    let links = portal.published().iter().flat_map(|&id| {
        plan.document(id)
            .body
            .outline
            .links
            .iter()
            .map(move |link| plan.link_target(id, Destination::of(&link.destination)))
    });
    let files = links.filter_map(|target| match target {
        LinkTarget::Asset(path) => Some(path),
        _ => None,
    });
    files
        .map(|path| (path.clone(), asset_path(&path)))
        .collect()
}
