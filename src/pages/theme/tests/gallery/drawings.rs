//! A page with a map and a board, and the table that says the same.

use super::{Page, shell};
use crate::pages::parts::*;

fn node(slug: &'static str, name: &str, state: Option<State<'static>>) -> Node<'static> {
    Node {
        link: (slug != "outside").then(|| Link::new("../index.html", name.to_owned())),
        slug,
        name: name.to_owned(),
        note: "12 Dec".to_owned(),
        state,
        label: format!("{name}, 12 Dec"),
    }
}

fn edge(from: usize, to: usize, slug: &'static str, name: &str) -> Edge {
    Edge {
        from,
        to,
        slug,
        name: name.to_owned(),
        label: format!("{to} needs {from}"),
    }
}

/// Returns the page: two releases in order, one that comes too late, a milestone, and a promise from outside.
pub(super) fn drawings() -> Page<'static> {
    let nodes = vec![
        node("release", "ledger 7.1", Some(State::new("verification"))),
        node("release", "payments 4.2", Some(State::new("construction"))),
        node("milestone", "<Go> & no-go", Some(State::new("due-soon"))),
        node("outside", "The scheme opens", None),
    ];
    let edges = vec![
        edge(0, 1, "broken", "+10bd"),
        edge(2, 1, "kept", ""),
        edge(3, 0, "over", "SS"),
    ];
    let mut table = Table::new("Who needs what", ["Release", "State"]);
    table.row([
        Link::new("../index.html", "payments 4.2").into(),
        State::new("late").into(),
    ]);
    let item = |(at, node): (usize, Node<'static>)| Item {
        lane: at % 2,
        column: at / 2,
        node,
    };
    let board = Board {
        title: "The board".into(),
        columns: vec!["7 Dec".into(), "14 Dec".into()],
        today: Some(1),
        lanes: ["ledger", "payments"]
            .map(|name| Track {
                name: name.into(),
                link: Some(Link::new("../index.html", name)),
            })
            .into(),
        items: nodes.clone().into_iter().enumerate().map(item).collect(),
        strings: edges.clone(),
        ..Board::default()
    };
    let graph = Graph {
        title: "The map".into(),
        nodes,
        edges,
        ..Graph::default()
    };
    let section = |id: &'static str, block| Section::new(id, id).block(block);
    Page {
        shell: shell("dependencies", "dependencies/index.html", "Dependencies"),
        document: Document {
            sections: vec![
                section("map", Block::Graph(graph)),
                section("board", Block::Board(board)),
                section("table", Block::Table(table)),
            ],
            ..Document::default()
        },
    }
}
