//! Somebody follows links: from any page, and from a folder without a server.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::stage::{Plan, TODAY, files_of};

#[test]
fn no_link_of_the_portal_leads_nowhere() {
    let plan = Plan::sample();
    plan.run(&format!("build --as-of {TODAY} --output ../site"))
        .exits(0);
    let site = plan.path("../site");
    let files = files_of(&site);
    let pages: BTreeMap<_, _> = files
        .iter()
        .filter(|path| path.ends_with(".html"))
        .map(|path| (path.as_str(), fs::read_to_string(site.join(path)).unwrap()))
        .collect();
    let anchors: BTreeSet<String> = pages
        .iter()
        .flat_map(|(path, html)| values(html, " id=\"").map(move |id| format!("{path}#{id}")))
        .collect();
    let leads = |target: &str| files.iter().any(|file| file == target) || anchors.contains(target);
    let mut dead = BTreeMap::<String, &str>::new();
    for (&page, html) in &pages {
        for link in values(html, " href=\"")
            .chain(values(html, " src=\""))
            .filter(|link| !link.contains(':'))
        {
            let target = target(page, link);
            if !leads(&target) {
                dead.entry(target).or_insert(page);
            }
        }
    }
    assert!(
        dead.is_empty(),
        "dead links, each with a page that has it: {dead:#?}"
    );
}

/// Returns the values of an attribute of the elements of `html`.
fn values<'h>(html: &'h str, attribute: &str) -> impl Iterator<Item = &'h str> {
    html.split(attribute)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

/// Returns the file, and the anchor in it, that `link` on `page` means; paths are relative to the portal.
fn target(page: &str, link: &str) -> String {
    if link.starts_with('#') {
        return format!("{page}{link}");
    }
    let mut folders: Vec<_> = page.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(
                folders.pop().is_some(),
                "{link} on {page} leaves the portal"
            ),
            part => folders.push(part),
        }
    }
    folders.join("/")
}
