//! Needs that lead back to where they started.

use std::collections::VecDeque;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Dependency, Needed, Schedule};
use crate::plan::DocId;

/// A loop of needs: each leads to the release, or to a release of the train, that has the next one.
#[derive(Clone, Debug)]
pub struct Cycle<'p> {
    /// The needs, from the first release by id.
    pub needs: Vec<Dependency<'p>>,
}

/// The needs of each loop, by their place among all. It is kept, so that each need can be asked about.
#[derive(Debug)]
pub(super) struct Loops(Vec<Vec<usize>>);

/// Releases and trains, and which needs lead from one to the other; a train leads to its releases by itself.
type Graph = DiGraph<DocId, Option<usize>>;

impl<'p> Schedule<'p> {
    /// Returns the shortest loop of each knot of needs, by its first release. A release that needs itself is no loop;
    /// nor are two that need each other `together` and are in one turnover.
    pub fn cycles(&self) -> Vec<Cycle<'p>> {
        let need = |&index: &usize| self.dependencies.get(index).copied();
        let loops = self.loops().0.iter();
        loops
            .map(|needs| Cycle {
                needs: needs.iter().filter_map(need).collect(),
            })
            .collect()
    }

    /// Returns whether `need` is on one of the [`cycles`](Self::cycles).
    pub(super) fn is_in_loop(&self, need: &Dependency<'p>) -> bool {
        let of = |index: &usize| self.dependencies.get(*index);
        let mut looped = self.loops().0.iter().flatten().filter_map(of);
        looped.any(|of| of.release.id == need.release.id && of.span == need.span)
    }

    /// Finds the loops that [`cycles`](Self::cycles) tells.
    pub(super) fn shortest_loops(&self) -> Loops {
        let graph = self.graph();
        let knots = tarjan_scc(&graph).into_iter().filter(|knot| knot.len() > 1);
        let loops = knots.filter_map(|knot| self.shortest(&graph, knot));
        let mut loops: Vec<_> = loops.collect();
        loops.sort_by_key(|needs| needs.first().map(|&need| self.needing(need)));
        Loops(loops)
    }

    /// Returns the release that has the need at `index` among all.
    fn needing(&self, index: usize) -> Option<DocId> {
        self.dependencies.get(index).map(|need| need.release.id)
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        let mut nodes: FxHashMap<DocId, NodeIndex> = FxHashMap::default();
        for (index, dependency) in self.dependencies.iter().enumerate() {
            let needed = match dependency.needed {
                Needed::Release(release) => release.id,
                Needed::Train(train) => train.id,
                _ => continue,
            };
            if dependency.is_on_itself() || self.is_together(dependency) {
                continue;
            }
            let from = node(&mut graph, &mut nodes, dependency.release.id);
            let unknown = !nodes.contains_key(&needed);
            let to = node(&mut graph, &mut nodes, needed);
            graph.add_edge(from, to, Some(index));
            if unknown {
                for release in self.releases_of(needed) {
                    let release = node(&mut graph, &mut nodes, release.id);
                    graph.add_edge(to, release, None);
                }
            }
        }
        graph
    }

    /// Returns whether `dependency` is one that a single turnover satisfies, or still can: neither is in a turnover to
    /// production yet.
    fn is_together(&self, dependency: &Dependency<'p>) -> bool {
        let Needed::Release(needed) = dependency.needed else {
            return false;
        };
        let is_open = |release| self.live_productions(release).next().is_none();
        dependency.need.together
            && (self.is_brought_together(dependency)
                || is_open(needed.id) && is_open(dependency.release.id))
    }

    fn shortest(&self, graph: &Graph, mut knot: Vec<NodeIndex>) -> Option<Vec<usize>> {
        knot.sort_by_key(|&node| graph[node]);
        let members: FxHashSet<_> = knot.iter().copied().collect();
        let loops = knot
            .iter()
            .filter_map(|&start| loop_from(graph, start, &members));
        let mut needs = loops.min_by_key(Vec::len)?;
        let first = (0..needs.len()).min_by_key(|&at| self.needing(needs[at]))?;
        needs.rotate_left(first);
        Some(needs)
    }
}

fn node(graph: &mut Graph, nodes: &mut FxHashMap<DocId, NodeIndex>, id: DocId) -> NodeIndex {
    *nodes.entry(id).or_insert_with(|| graph.add_node(id))
}

/// Returns the needs on the shortest way from `start` through `members` back to `start`.
fn loop_from(
    graph: &Graph,
    start: NodeIndex,
    members: &FxHashSet<NodeIndex>,
) -> Option<Vec<usize>> {
    let mut came: FxHashMap<NodeIndex, (NodeIndex, Option<usize>)> = FxHashMap::default();
    let mut next = VecDeque::from([start]);
    while let Some(at) = next.pop_front() {
        for edge in graph
            .edges(at)
            .filter(|edge| members.contains(&edge.target()))
        {
            let target = edge.target();
            if came.contains_key(&target) {
                continue;
            }
            came.insert(target, (at, *edge.weight()));
            if target == start {
                return Some(way_back(&came, start));
            }
            next.push_back(target);
        }
    }
    None
}

fn way_back(
    came: &FxHashMap<NodeIndex, (NodeIndex, Option<usize>)>,
    start: NodeIndex,
) -> Vec<usize> {
    let mut needs = Vec::new();
    let mut at = start;
    while let Some(&(before, need)) = came.get(&at) {
        needs.extend(need);
        at = before;
        if at == start {
            break;
        }
    }
    needs.reverse();
    needs
}
