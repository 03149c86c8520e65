//! What the rules about links in bodies share: the links, and what a wrong one was probably meant to be.

use crate::plan::{DocId, INDEXES, LinkTarget, Plan};
use crate::syntax::body::{Destination, Link, LinkKind, relative};
use crate::text::{Location, nearest};

/// A link in the body of a document.
pub(super) struct BodyLink<'p> {
    /// The document.
    pub from: DocId,
    /// The link.
    pub link: &'p Link,
    /// What it leads to.
    pub target: LinkTarget<'p>,
}

impl BodyLink<'_> {
    /// Returns where its destination is written.
    pub(super) fn place(&self, plan: &Plan) -> Location {
        plan.locate(self.from, self.link.target)
    }
}

/// Returns the links in all bodies. The definition behind several reference links comes once.
pub(super) fn links(plan: &Plan) -> impl Iterator<Item = BodyLink<'_>> {
    plan.documents().flat_map(move |(from, document)| {
        let mut links: Vec<_> = document.body.outline.links.iter().collect();
        links.sort_by_key(|link| link.target);
        links.dedup_by_key(|link| link.target);
        links.into_iter().map(move |link| {
            let target = plan.link_target(from, Destination::of(&link.destination));
            BodyLink { from, link, target }
        })
    })
}

/// Returns whether `link`, which leads to `path`, is meant to show or fetch a file rather than to lead to a page.
pub(super) fn is_asset(link: &Link, path: &str) -> bool {
    let name = file_name(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    // `payments-4.2` is a document without its `.md`, and no file of the type `2`.
    let names_a_type = |extension: &str| {
        extension.contains(char::is_alphabetic) && !extension.eq_ignore_ascii_case("md")
    };
    link.kind == LinkKind::Image || extension.is_some_and(names_a_type)
}

/// Returns how to mend a link in `from` to `path`, at which there is nothing.
pub(super) fn hint(plan: &Plan, from: DocId, path: &str) -> Option<String> {
    if path.split('/').any(|name| name.starts_with(['_', '.'])) {
        return Some("names that start with `_` or `.` are never read: rename it".to_owned());
    }
    let meant = meant(plan, path)?;
    Some(format!(
        "did you mean `{}`?",
        relative(plan.path(from), meant)
    ))
}

/// Returns the file of `plan` that `path` was probably meant to be: one of the same name elsewhere, else one of a like
/// name in the same folder.
fn meant<'p>(plan: &'p Plan, path: &str) -> Option<&'p str> {
    let name = file_name(path);
    let folder = &path[..path.len() - name.len()];
    let files = || plan.sources.iter().map(|(_, source)| source.path.as_str());
    let is_named = |other: &str, name: &str| file_name(other).eq_ignore_ascii_case(name);
    let with_suffix = format!("{name}.md");
    let same = files()
        .filter(|other| is_named(other, name) || is_named(other, &with_suffix))
        .filter(|_| !INDEXES.contains(&name));
    let beside = files().filter_map(|other| other.strip_prefix(folder));
    let like = || {
        nearest(name, beside.filter(|other| !other.contains('/')))
            .first()
            .copied()
    };
    closest(path, same).or_else(|| {
        let name = like()?;
        files().find(|other| other.strip_prefix(folder) == Some(name))
    })
}

/// Returns the one of `paths` that has most folders in common with `path`.
fn closest<'p>(path: &str, paths: impl Iterator<Item = &'p str>) -> Option<&'p str> {
    let folders: Vec<_> = path.split('/').collect();
    let shared = |other: &&str| {
        other
            .split('/')
            .filter(|part| folders.contains(part))
            .count()
    };
    paths.max_by_key(|other| (shared(other), std::cmp::Reverse(*other)))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
