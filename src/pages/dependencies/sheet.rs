//! One sheet: as many needs as one page holds, drawn, as a table, and with what a delay of each provider hits.

use std::collections::BTreeMap;

use crate::pages::blocks;
use crate::pages::parts::{Block, Graph, Section, State, Table, Value};
use crate::pages::sections::{
    Provider, arc, is_broken, lead, legend, need_cells, need_state, planned,
};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::schedule::{Dependency, Hit};

/// How many needs stand on one page: drawn and told they stay below 1,500 elements.
const ROWS: usize = 22;

/// What the shapes and lines of a map mean.
const MARKS: &[(&str, &str)] = &[
    ("release", "Release"),
    ("milestone", "Milestone"),
    ("train", "Train"),
    ("application", "Application"),
    ("outside", "Outside of the plan"),
    ("kept", "Needed by"),
    ("broken", "Broken"),
];

/// How many of the releases that a delay hits are named.
const MOST_HITS: usize = 4;

/// Returns `needs` by sheets. What hangs together stays on one sheet where it fits.
pub(super) fn sheets<'p>(view: &View<'p>, needs: &[Dependency<'p>]) -> Vec<Vec<Dependency<'p>>> {
    let mut sheets: Vec<Vec<Dependency<'p>>> = Vec::new();
    for knot in knots(view, needs) {
        match sheets.last_mut() {
            Some(last) if last.len() + knot.len() <= ROWS => last.extend(knot),
            _ => sheets.extend(knot.chunks(ROWS).map(<[_]>::to_vec)),
        }
    }
    sheets
}

/// Returns `needs` by what hangs together, over releases, milestones and whatever else they wait for.
fn knots<'p>(view: &View<'p>, needs: &[Dependency<'p>]) -> Vec<Vec<Dependency<'p>>> {
    let mut places: BTreeMap<Provider<'p>, usize> = BTreeMap::new();
    let mut roots: Vec<usize> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for need in needs {
        let own = Provider::Document(need.release.id);
        let tied = [Some(own), Provider::of(view, need)].into_iter().flatten();
        let tied: Vec<usize> = tied
            .map(|end| {
                let next = places.len();
                let place = *places.entry(end).or_insert(next);
                if place == roots.len() {
                    roots.push(place);
                }
                root(&mut roots, place)
            })
            .collect();
        let least = tied.iter().copied().min().unwrap_or(0);
        tied.iter().for_each(|&place| roots[place] = least);
        ends.push(least);
    }
    let mut knots: BTreeMap<usize, Vec<Dependency<'p>>> = BTreeMap::new();
    for (need, end) in needs.iter().zip(ends) {
        knots.entry(root(&mut roots, end)).or_default().push(*need);
    }
    knots.into_values().collect()
}

/// Returns the first place of all that hang together with `place`, and shortens the way to it.
fn root(roots: &mut [usize], mut place: usize) -> usize {
    while roots[place] != place {
        roots[place] = roots[roots[place]];
        place = roots[place];
    }
    place
}

/// Returns the sections of the needs `shown`: the map, the table, and what a delay hits.
pub(super) fn sections<'p>(view: &View<'p>, shown: &[Dependency<'p>]) -> Vec<Section<'p>> {
    let states: Vec<State<'p>> = shown.iter().map(|need| need_state(view, need)).collect();
    vec![
        blocks::section("map", "Map", [Some(map(view, shown, &states))]),
        blocks::section("needs", "Needs", [table(view, shown, &states)]),
        blocks::section("hits", "What a delay hits", [hits(view, shown, &states)]),
    ]
}

/// Draws the needs `shown`: what is needed before what needs it.
fn map<'p>(view: &View<'p>, shown: &[Dependency<'p>], states: &[State<'p>]) -> Block<'p> {
    let locale = view.portal.locale;
    let mut graph = Graph {
        title: locale
            .word("What is needed stands before what needs it")
            .to_owned(),
        legend: legend(MARKS),
        ..Graph::default()
    };
    let mut places: BTreeMap<Provider<'p>, usize> = BTreeMap::new();
    for (need, state) in shown.iter().zip(states) {
        let Some(provider) = Provider::of(view, need) else {
            continue;
        };
        let [from, to] = [provider, Provider::Document(need.release.id)].map(|end| {
            let next = graph.nodes.len();
            let place = *places.entry(end).or_insert(next);
            if place == next {
                graph.nodes.push(end.node(view));
            }
            place
        });
        graph.edges.push(arc(view, need, state, (from, to)));
    }
    Block::Graph(graph)
}

/// Tells the needs `shown`, under each release that has them.
pub(super) fn table<'p>(
    view: &View<'p>,
    shown: &[Dependency<'p>],
    states: &[State<'p>],
) -> Option<Block<'p>> {
    let columns = [
        "Release", "Needs", "Tie", "There", "By when", "Slack", "State",
    ];
    let mut table = Table::new("Who needs what, and whether it is there in time", columns);
    for (need, state) in shown.iter().zip(states) {
        let cells = need_cells(view, need, state.clone());
        let cells = cells.into_iter();
        table.row([view.document(need.release.id)].into_iter().chain(cells));
    }
    blocks::told(table)
}

/// Tells what is hit when one of the things needed slips.
fn hits<'p>(view: &View<'p>, shown: &[Dependency<'p>], states: &[State<'p>]) -> Option<Block<'p>> {
    let mut providers: Vec<DocId> = Vec::new();
    // What is there already slips no more.
    let is_open = |state: &State<'_>| !matches!(&*state.slug, "done" | "over");
    for (need, _) in shown.iter().zip(states).filter(|(_, of)| is_open(of)) {
        if let Some(Provider::Document(id)) = Provider::of(view, need)
            && view.portal.path(id).is_some()
            && !providers.contains(&id)
        {
            providers.push(id);
        }
    }
    let columns = [
        "When this slips",
        "Planned",
        "Is hit, and after how much",
        "In all",
    ];
    let mut table = Table::new(
        "Who is hit by a delay, in the order in which it reaches them",
        columns,
    );
    for id in providers {
        let mut hits = view.portal.schedule.radius(&[id]);
        let schedule = &view.portal.schedule;
        hits.retain(|hit| {
            view.portal.path(hit.need.release.id).is_some() && schedule.is_awaited(&hit.need)
        });
        if hits.is_empty() {
            continue;
        }
        hits.sort_by_key(|hit| (hit.lead.is_none(), hit.lead, hit.steps, hit.need.release.id));
        let named = hits.iter().take(MOST_HITS).map(|hit| hit_by(view, hit));
        table.row([
            view.document(id),
            planned(view, id),
            Value::list(named),
            blocks::count(hits.len()),
        ]);
    }
    blocks::told(table)
}

/// Returns a release that is hit, and how much of a delay does not reach it.
fn hit_by<'p>(view: &View<'p>, hit: &Hit<'p>) -> Value<'p> {
    let after = match hit.lead {
        Some(0) => Value::word("at once"),
        seconds => lead(view, seconds),
    };
    blocks::several([view.document(hit.need.release.id), after])
}

/// Returns how many of `states` are broken.
pub(super) fn count_broken(states: &[State<'_>]) -> usize {
    states.iter().filter(|state| is_broken(state)).count()
}
