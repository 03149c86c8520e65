//! A commit's tree as a plan sees it: links resolved, hidden names left out, faults named.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::world::entry::{self, Entry, Fault};
use crate::world::git::GitError;
use crate::world::site;

/// As many links as a path may go through, as on Linux.
const MOST_LINKS: usize = 40;

/// What a path of the tree is.
#[derive(Debug)]
enum Node {
    /// A file, by its blob's name.
    File(String),
    /// A symbolic link, by its target.
    Link(String),
    /// Something that cannot be read.
    Faulty(Fault),
}

/// Where a link leads.
enum Target<'a> {
    File(&'a str),
    Folder(String),
}

/// The tree of a folder in a commit.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: BTreeMap<String, Node>,
}

impl Tree {
    /// Reads the output of `git ls-tree -r -z`; `blob` gives the target of a link.
    pub(super) fn parse(
        listing: &[u8],
        blob: impl Fn(&str) -> Result<Vec<u8>, GitError>,
    ) -> Result<Self, GitError> {
        let mut nodes = BTreeMap::new();
        for line in listing.split(|byte| *byte == 0) {
            // `<mode> SP <type> SP <name> TAB <path>`
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else {
                continue;
            };
            let facts = String::from_utf8_lossy(&line[..tab]);
            let mut facts = facts.split(' ');
            let (mode, name) = (facts.next(), facts.nth(1).unwrap_or_default());
            let path = String::from_utf8_lossy(&line[tab + 1..]);
            let node = match mode {
                _ if path.as_bytes() != &line[tab + 1..] => Node::Faulty(Fault::NotUtf8),
                Some("120000") => Node::Link(String::from_utf8_lossy(&blob(name)?).into_owned()),
                Some("160000") => Node::Faulty(Fault::Submodule),
                _ => Node::File(name.to_owned()),
            };
            nodes.insert(path.into_owned(), node);
        }
        Ok(Self { nodes })
    }

    /// Returns the plan's entries, sorted, and the blob of each that can be read.
    pub(super) fn plan(&self) -> (Vec<Entry>, FxHashMap<String, String>) {
        let mut plan = Plan::default();
        for (path, node) in &self.nodes {
            match node {
                _ if self.is_left_out(path) => {}
                Node::File(name) => plan.add(path.clone(), name),
                Node::Faulty(fault) => plan.refuse(path.clone(), fault.clone()),
                Node::Link(_) => match self.resolve(path) {
                    Ok(Target::File(name)) => plan.add(path.clone(), name),
                    Ok(Target::Folder(folder)) => self.add_folder(&mut plan, path, &folder),
                    Err(fault) => plan.refuse(path.clone(), fault),
                },
            }
        }
        plan.entries.sort_by(|a, b| a.path.cmp(&b.path));
        (plan.entries, plan.names)
    }

    /// Adds what is below `folder` as if it were below the link at `link`.
    fn add_folder(&self, plan: &mut Plan, link: &str, folder: &str) {
        if is_above(folder, link) {
            return plan.refuse(link.to_owned(), Fault::Loop);
        }
        for (path, node) in self.below(folder) {
            let seen = format!("{link}/{}", &path[folder.len()..]);
            match node {
                _ if self.is_left_out(path) => {}
                Node::File(name) => plan.add(seen, name),
                Node::Faulty(fault) => plan.refuse(seen, fault.clone()),
                Node::Link(_) => match self.resolve(path) {
                    Ok(Target::File(name)) => plan.add(seen, name),
                    Ok(Target::Folder(folder)) => {
                        let loops = [path, &seen].map(|link| is_above(&folder, link));
                        let fault = match loops.contains(&true) {
                            true => Fault::Loop,
                            false => Fault::NestedLink,
                        };
                        plan.refuse(seen, fault);
                    }
                    Err(fault) => plan.refuse(seen, fault),
                },
            }
        }
    }

    /// Returns where the link at `link` leads, through as many further links as it takes.
    fn resolve(&self, link: &str) -> Result<Target<'_>, Fault> {
        let mut steps: Vec<&str> = link.rsplit('/').collect();
        let mut at: Vec<&str> = Vec::new();
        let mut links = 0;
        while let Some(step) = steps.pop() {
            match step {
                "" | "." => continue,
                ".." => {
                    at.pop().ok_or(Fault::LeavesPlan)?;
                    continue;
                }
                name => at.push(name),
            }
            if let Some(Node::Link(target)) = self.nodes.get(&at.join("/")) {
                links += 1;
                if links > MOST_LINKS {
                    return Err(Fault::Loop);
                }
                if target.starts_with('/') {
                    return Err(Fault::LeavesPlan);
                }
                at.pop();
                steps.extend(target.rsplit('/'));
            }
        }
        self.target(&at)
    }

    fn target(&self, names: &[&str]) -> Result<Target<'_>, Fault> {
        if names.iter().any(|name| entry::is_hidden(name)) {
            return Err(Fault::PointsAtHidden);
        }
        if names.is_empty() {
            return Ok(Target::Folder(String::new()));
        }
        let path = names.join("/");
        match self.nodes.get(&path) {
            Some(Node::File(name)) => return Ok(Target::File(name)),
            Some(Node::Faulty(fault)) => return Err(fault.clone()),
            Some(Node::Link(_)) | None => {}
        }
        let folder = path + "/";
        let is_empty = self.below(&folder).next().is_none();
        match is_empty {
            true => Err(Fault::PointsAtNothing),
            false => Ok(Target::Folder(folder)),
        }
    }

    /// Returns what is below `folder`, which ends in a slash.
    fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a String, &'a Node)> {
        self.nodes
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
    }

    /// Returns whether `path` has a hidden name, or lies in a site that somebody committed.
    fn is_left_out(&self, path: &str) -> bool {
        let is_site = |folder: &str| {
            self.nodes
                .contains_key(&format!("{folder}/{}", site::MARKER))
        };
        path.split('/').any(entry::is_hidden)
            || path
                .match_indices('/')
                .any(|(slash, _)| is_site(&path[..slash]))
    }
}

/// Returns whether `folder`, which ends in a slash unless it is the top, contains or is `path`.
fn is_above(folder: &str, path: &str) -> bool {
    format!("{path}/").starts_with(folder)
}

/// A plan while its tree is walked.
#[derive(Default)]
struct Plan {
    entries: Vec<Entry>,
    names: FxHashMap<String, String>,
}

impl Plan {
    fn add(&mut self, path: String, name: &str) {
        self.names.insert(path.clone(), name.to_owned());
        self.entries.push(Entry::file(path));
    }

    fn refuse(&mut self, path: String, fault: Fault) {
        self.entries.push(Entry::faulty(path, fault));
    }
}
