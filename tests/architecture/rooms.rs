//! Who may know whom: floors, and peers that do not know each other.

use std::collections::BTreeSet;

use crate::source::File;
use crate::{check, each, room, root};

/// The rooms, from the ground up. Imports go strictly down; rooms on one floor do not import each other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["diagnostic", "time"],
    &["world", "syntax"],
    &["plan"],
    &["schedule", "lifecycle", "load"],
    &[
        "rules",
        "diff",
        "edit",
        "ide",
        "markdown",
        "registers",
        "search",
        "measures",
        "scaffold",
    ],
    &["pages", "report"],
    &["outputs"],
    &["serve", "lsp"],
    &["cli"],
];

/// A folder whose modules do not know each other, so that one can be added, rewritten or deleted alone.
struct Peers {
    /// The modules of the folder, below the crate; `*` stands for any name.
    folder: &'static [&'static str],
    /// The modules in it that serve the others, and may be named.
    shared: &'static [&'static str],
}

const PEERS: &[Peers] = &[
    Peers {
        folder: &["rules"],
        shared: &["book", "coming", "doubt", "judge", "standing"],
    },
    Peers {
        folder: &["rules", "*"],
        shared: &[
            "ballot",
            "closed",
            "conflicts",
            "line",
            "links",
            "needs",
            "placement",
            "promotion",
            "request",
            "requires",
            "shortfall",
            "stated",
        ],
    },
    Peers {
        folder: &["pages"],
        shared: &[
            "agenda",
            "axis",
            "blocks",
            "channels",
            "decisions",
            "deployment",
            "frame",
            "freezing",
            "kinds",
            "lanes",
            "links",
            "listing",
            "menu",
            "notes",
            "parts",
            "portal",
            "sections",
            "show",
            "story",
            "theme",
            "view",
        ],
    },
    Peers {
        folder: &["pages", "kinds"],
        shared: &[],
    },
    Peers {
        folder: &["outputs"],
        shared: &["csv", "entry", "identity"],
    },
    Peers {
        folder: &["report"],
        shared: &["fingerprint", "place", "plain"],
    },
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn unknown_rooms(files: &[File]) -> Vec<String> {
    each(files, |file| {
        let unknown = room(file).filter(|room| floor(room).is_none());
        unknown
            .map(|room| format!("{room} has no floor"))
            .into_iter()
            .collect()
    })
}

#[test]
fn every_room_has_one_floor() {
    let rooms: Vec<&str> = FLOORS.iter().copied().flatten().copied().collect();
    let distinct: BTreeSet<&str> = rooms.iter().copied().collect();
    assert_eq!(distinct.len(), rooms.len(), "a room has two floors");
    check(
        unknown_rooms,
        &[("src/util/strings.rs", "")],
        &[("src/lib.rs", ""), ("src/plan/kinds.rs", "")],
    );
}

fn imports_up(files: &[File]) -> Vec<String> {
    each(files, |file| {
        let Some((home, height)) = room(file).and_then(|room| Some((room, floor(room)?))) else {
            return Vec::new();
        };
        let paths = file.paths().into_iter().filter(|path| path.in_crate);
        let upward = paths.filter(|path| {
            let target = path.segments.first().map_or("", String::as_str);
            target != home && floor(target).is_some_and(|floor| floor >= height)
        });
        upward
            .map(|path| format!("{home} is not above crate::{}", path.text()))
            .collect()
    })
}

#[test]
fn imports_go_strictly_down() {
    check(
        imports_up,
        &[
            ("src/text/span.rs", "use crate::plan::Plan;"),
            ("src/diagnostic.rs", "use crate::{text::Span, time::Day};"),
            (
                "src/load.rs",
                "use crate::{text::{self, Span}, rules::{self, Rule}};",
            ),
            ("src/load.rs", "fn load() { crate::rules::check(); }"),
            ("src/load/files.rs", "use super::super::pages;"),
            (
                "src/plan.rs",
                "macro_rules! m { () => { $crate::load::read() } }",
            ),
        ],
        &[
            (
                "src/plan/kinds.rs",
                "use crate::text::Span; use crate::plan::Plan; use super::parts;",
            ),
            (
                "src/load.rs",
                "// crate::rules\nconst A: &str = \"crate::rules::b\";",
            ),
            (
                "src/load.rs",
                "#[cfg(test)] mod tests { use crate::rules::judge; }",
            ),
            ("src/cli.rs", "use crate::serve; use std::rules::x;"),
        ],
    );
}

fn names_a_peer(files: &[File]) -> Vec<String> {
    each(files, |file| {
        PEERS
            .iter()
            .flat_map(|peers| peers.named_in(file))
            .collect()
    })
}

impl Peers {
    /// Returns the faults of `file` if it is one of these peers, or part of one.
    fn named_in(&self, file: &File) -> Vec<String> {
        let depth = self.folder.len();
        let is_here = |path: &[String]| {
            path.len() > depth
                && self
                    .folder
                    .iter()
                    .zip(path)
                    .all(|(name, segment)| *name == "*" || name == segment)
        };
        if !is_here(&file.module) || self.shared.contains(&file.module[depth].as_str()) {
            return Vec::new();
        }
        let own = &file.module[..=depth];
        let others = file.paths().into_iter().filter(|path| {
            path.in_crate
                && is_here(&path.segments)
                // An item of the folder's own module: a type, or a function that is called there.
                && is_module(&path.segments[..=depth])
                && path.segments[..depth] == own[..depth]
                && path.segments[depth] != own[depth]
                && !self.shared.contains(&path.segments[depth].as_str())
        });
        others
            .map(|path| format!("names its peer crate::{}", path.text()))
            .collect()
    }
}

/// Returns whether `path` is a module of the source, or an example's: those are called `peer`.
fn is_module(path: &[String]) -> bool {
    let file = root().join("src").join(path.join("/"));
    path.last().is_some_and(|name| name == "peer")
        || file.is_dir()
        || file.with_extension("rs").is_file()
}

#[test]
fn no_rule_page_output_or_format_names_another() {
    check(
        names_a_peer,
        &[
            (
                "src/rules/freeze/overlap.rs",
                "use crate::rules::freeze::peer::find;",
            ),
            ("src/rules/freeze/overlap.rs", "use super::peer;"),
            (
                "src/rules/freeze/overlap.rs",
                "use crate::rules::peer::overdue;",
            ),
            ("src/pages/train.rs", "fn f() { super::peer::context() }"),
            ("src/pages/train/stages.rs", "use super::super::peer;"),
            (
                "src/pages/kinds/train.rs",
                "use crate::pages::kinds::{Row, peer::Table};",
            ),
            ("src/outputs/atom.rs", "use crate::outputs::peer;"),
            (
                "src/report/sarif.rs",
                "use super::{json::Entry, place::Place};",
            ),
        ],
        &[
            ("src/rules.rs", "mod freeze; use self::freeze::overlap;"),
            ("src/rules/freeze.rs", "pub mod peer; use peer::RULE;"),
            (
                "src/pages/train.rs",
                "use super::parts::peer; use super::{Route, routes}; use self::peer::X;",
            ),
            ("src/pages/train/stages.rs", "use super::peer;"),
            ("src/report/sarif.rs", "use super::place::Place;"),
        ],
    );
}
