//! The maps by train: which there are, and how the trains wait for each other.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::Ties;
use super::sheet::count_broken;
use crate::pages::blocks;
use crate::pages::parts::{Block, Edge, Fact, Graph, Link, Section, State, Table, Value};
use crate::pages::sections::{is_broken, legend, need_state, node};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::schedule::Dependency;

/// How many trains stand on one page of the list.
const ROWS: usize = 60;

/// How many pairs of trains are drawn and told.
const MOST_PAIRS: usize = 50;

/// How many trains wait for each other, and how many of these needs are broken.
type Pairs = BTreeMap<(DocId, DocId), (usize, usize)>;

/// Returns how many pages the list of `trains` trains has.
pub(super) fn count(trains: usize) -> usize {
    trains.div_ceil(ROWS).max(1)
}

/// Returns the page `number` of the list of the maps.
pub(super) fn list<'p>(
    view: &View<'p>,
    parts: &[(Ties, Vec<Dependency<'p>>)],
    number: usize,
) -> Section<'p> {
    let columns = ["Map", "Releases", "Needs", "Of other trains", "State"];
    let mut table = Table::new("Needs by train", columns);
    for (ties, needs) in parts.iter().skip((number - 1) * ROWS).take(ROWS) {
        let path = view.portal.plan.needs_address(ties.train(), 1);
        let name = match ties.train() {
            Some(train) => &*view.portal.plan.document(train).title,
            None => view.portal.locale.word("Releases without a train"),
        };
        table.row([
            Link::new(view.href(&path), name).into(),
            blocks::count(releases(needs)),
            blocks::count(needs.len()),
            blocks::count(
                needs
                    .iter()
                    .filter(|need| other(view, need).is_some())
                    .count(),
            ),
            judged(view, needs).into(),
        ]);
    }
    blocks::section("trains", "By train", [blocks::told(table)])
}

/// Returns how many releases have `needs`, which stand by release.
fn releases(needs: &[Dependency<'_>]) -> usize {
    let mut ids: Vec<DocId> = needs.iter().map(|need| need.release.id).collect();
    ids.sort();
    ids.dedup();
    ids.len()
}

/// Returns how many of `needs` are broken.
fn judged<'p>(view: &View<'p>, needs: &[Dependency<'p>]) -> State<'p> {
    let states: Vec<_> = needs.iter().map(|need| need_state(view, need)).collect();
    match count_broken(&states) {
        0 => State::new("on-track").worded("Nothing broken"),
        count => State::new("broken").worded(view.counted("{n} broken", count)),
    }
}

/// Returns what to know of the needs of one train: the train, how many there are, and how many are broken.
pub(super) fn facts<'p>(view: &View<'p>, ties: Ties, needs: &[Dependency<'p>]) -> Vec<Fact<'p>> {
    let board = ties.train().map(|train| {
        let path = view.portal.plan.program_address(train, 1);
        Link::new(view.href(&path), view.portal.locale.word("Program board"))
    });
    let mut facts = vec![
        Fact::new("State", judged(view, needs)),
        Fact::new("Needs", blocks::count(needs.len())),
        Fact::new("Releases", blocks::count(releases(needs))),
        Fact::new(
            "Train",
            ties.train()
                .map_or(Value::Empty, |train| view.document(train)),
        ),
        Fact::new("In time", board),
    ];
    facts.retain(|fact| fact.value != Value::Empty);
    facts
}

/// Returns the other train that `need` waits for.
fn other(view: &View<'_>, need: &Dependency<'_>) -> Option<DocId> {
    let plan = view.portal.plan;
    let id = need.needed.document()?;
    let train = match plan.document(id).kind {
        crate::plan::Kind::Train => Some(id),
        _ => plan.document(id).belongs.train,
    };
    train.filter(|train| {
        Some(*train) != need.release.document.belongs.train && view.portal.path(*train).is_some()
    })
}

/// Returns how the trains wait for each other, drawn and told; nothing where none waits for another one.
pub(super) fn between<'p>(
    view: &View<'p>,
    parts: &[(Ties, Vec<Dependency<'p>>)],
) -> Option<Section<'p>> {
    let mut pairs = Pairs::new();
    for need in parts.iter().flat_map(|(_, needs)| needs) {
        let own = need.release.document.belongs.train;
        if let Some((own, other)) = own.zip(other(view, need)) {
            let (count, broken) = pairs.entry((other, own)).or_default();
            *count += 1;
            *broken += usize::from(is_broken(&need_state(view, need)));
        }
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(pair, (count, broken))| (usize::MAX - broken, usize::MAX - count, *pair));
    pairs.truncate(MOST_PAIRS);
    if pairs.is_empty() {
        return None;
    }
    let columns = ["Train", "Waits for", "Needs", "State"];
    let mut table = Table::new("How the trains wait for each other", columns);
    let mut places: BTreeMap<DocId, usize> = BTreeMap::new();
    let mut graph = Graph {
        title: view
            .portal
            .locale
            .word("What is needed stands before what needs it")
            .to_owned(),
        legend: legend(&[
            ("train", "Train"),
            ("kept", "Needed by"),
            ("broken", "Broken"),
        ]),
        ..Graph::default()
    };
    for ((from, to), (count, broken)) in pairs {
        let [ahead, behind] = [from, to].map(|id| {
            let next = graph.nodes.len();
            let place = *places.entry(id).or_insert(next);
            if place == next {
                graph.nodes.push(node(view, id));
            }
            place
        });
        let (state, edge) = tied(view, (from, to), (count, broken));
        graph.edges.push(Edge {
            from: ahead,
            to: behind,
            ..edge
        });
        table.row([
            view.document(to),
            view.document(from),
            blocks::count(count),
            state.into(),
        ]);
    }
    let blocks = [Some(Block::Graph(graph)), blocks::told(table)];
    Some(blocks::section("between", "Between trains", blocks))
}

/// Returns the state and the line of `count` needs of the train `to` that wait for the train `from`.
fn tied<'p>(
    view: &View<'p>,
    (from, to): (DocId, DocId),
    (count, broken): (usize, usize),
) -> (State<'p>, Edge) {
    let (plan, locale) = (view.portal.plan, view.portal.locale);
    let state = match broken {
        0 => State::new("on-track").worded("Nothing broken"),
        _ => State::new("broken").worded(locale.phrase("{n} broken", &[("n", &broken)])),
    };
    let word = locale.word(&state.word);
    let values: [(&str, &dyn Display); 3] = [
        ("release", &plan.document(to).title),
        ("needed", &plan.document(from).title),
        ("state", &word),
    ];
    let edge = Edge {
        from: 0,
        to: 0,
        slug: if broken > 0 { "broken" } else { "kept" },
        name: count.to_string(),
        label: locale.phrase("{release} needs {needed}: {state}", &values),
    };
    (state, edge)
}
