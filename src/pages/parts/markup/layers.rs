//! A layered layout of a graph: what is waited for stands before what waits, with few crossings.
//!
//! Edges of loops are turned around first, so that any graph can be laid out. Each node then stands one layer after the
//! last one before it; an edge over several layers gets a bend in each layer between; the order within the layers is
//! improved by barycentre sweeps; and nodes move towards their neighbours as far as there is room. The same graph
//! always gives the same layout. Places are for a line that runs from left to right.

use petgraph::algo::{greedy_feedback_arc_set, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashSet;

/// The width of a node.
pub(super) const WIDTH: i64 = 172;
/// The height of a node.
pub(super) const HEIGHT: i64 = 60;
/// The room between two layers.
const BETWEEN: i64 = 80;
/// The room between two nodes of a layer.
const APART: i64 = 16;
/// The height that a bend takes up.
const BEND: i64 = 8;
/// The room around the drawing.
const MARGIN: i64 = 8;
/// How often the order of all layers is improved, forwards and back; more sweeps change little.
const SWEEPS: usize = 12;

/// A graph with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The left upper corner of each node.
    pub(super) nodes: Vec<(i64, i64)>,
    /// The points of each edge, from the border of its first node to that of its second.
    pub(super) edges: Vec<Vec<(i64, i64)>>,
    /// The width of everything.
    pub(super) width: i64,
    /// The height of everything.
    pub(super) height: i64,
}

/// Returns the layout of `count` nodes and of the edges between them, each from what is waited for to what waits.
pub(super) fn layout(count: usize, edges: &[(usize, usize)]) -> Layout {
    let forward = forward(count, edges);
    let ranks = ranks(count, &forward);
    let mut layers = Layers::new(ranks, &forward);
    layers.sweep();
    let tops = layers.tops();
    layers.drawn(count, edges, &forward, &tops)
}

/// Returns `edges` without loops: each that closes one is turned around, and one from a node to itself is left out.
fn forward(count: usize, edges: &[(usize, usize)]) -> Vec<Option<(usize, usize)>> {
    let mut graph: DiGraph<(), usize> = DiGraph::new();
    (0..count).for_each(|_| {
        graph.add_node(());
    });
    for (index, &(from, to)) in edges.iter().enumerate() {
        if from != to && from < count && to < count {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), index);
        }
    }
    let turned: FxHashSet<usize> = greedy_feedback_arc_set(&graph)
        .map(|edge| *edge.weight())
        .collect();
    let mut forward = vec![None; edges.len()];
    for edge in graph.edge_references() {
        let (from, to) = (edge.source().index(), edge.target().index());
        let index = *edge.weight();
        forward[index] = Some(match turned.contains(&index) {
            true => (to, from),
            false => (from, to),
        });
    }
    forward
}

/// Returns the layer of each node: one after the last of those before it. What waits for nothing moves up to what waits
/// for it.
fn ranks(count: usize, forward: &[Option<(usize, usize)>]) -> Vec<usize> {
    let edges = || forward.iter().flatten();
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    (0..count).for_each(|_| {
        graph.add_node(());
    });
    for &(from, to) in edges() {
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }
    let mut ranks = vec![0_usize; count];
    // Without loops there is always an order.
    for node in toposort(&graph, None).unwrap_or_default() {
        for next in graph.neighbors(node) {
            ranks[next.index()] = ranks[next.index()].max(ranks[node.index()] + 1);
        }
    }
    let waits: FxHashSet<usize> = edges().map(|&(_, to)| to).collect();
    for node in (0..count).filter(|node| !waits.contains(node)) {
        let after = graph.neighbors(NodeIndex::new(node));
        if let Some(nearest) = after.map(|next| ranks[next.index()]).min() {
            ranks[node] = nearest.saturating_sub(1);
        }
    }
    ranks
}

/// Nodes and bends in their layers. The nodes come first; a bend is a vertex after them.
struct Layers {
    /// The layer of each vertex.
    ranks: Vec<usize>,
    /// The vertices of each layer, in order.
    order: Vec<Vec<usize>>,
    /// What each vertex is tied to in the layer before.
    before: Vec<Vec<usize>>,
    /// What each vertex is tied to in the layer after.
    after: Vec<Vec<usize>>,
    /// The vertices of each edge.
    chains: Vec<Vec<usize>>,
    /// How many vertices are nodes.
    count: usize,
}

impl Layers {
    fn new(mut ranks: Vec<usize>, forward: &[Option<(usize, usize)>]) -> Self {
        let count = ranks.len();
        let mut chains = Vec::with_capacity(forward.len());
        for edge in forward {
            let Some((from, to)) = *edge else {
                chains.push(Vec::new());
                continue;
            };
            let mut chain = vec![from];
            for rank in ranks[from] + 1..ranks[to] {
                chain.push(ranks.len());
                ranks.push(rank);
            }
            chain.push(to);
            chains.push(chain);
        }
        let mut order = vec![Vec::new(); ranks.iter().max().map_or(0, |last| last + 1)];
        for (vertex, &rank) in ranks.iter().enumerate() {
            order[rank].push(vertex);
        }
        let (mut before, mut after) =
            (vec![Vec::new(); ranks.len()], vec![Vec::new(); ranks.len()]);
        for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
            if let &[from, to] = pair {
                after[from].push(to);
                before[to].push(from);
            }
        }
        Self {
            ranks,
            order,
            before,
            after,
            chains,
            count,
        }
    }

    /// Improves the order of the layers, and keeps the best that was seen.
    fn sweep(&mut self) {
        let mut best = (self.crossings(), self.order.clone());
        for _ in 0..SWEEPS {
            for layer in 1..self.order.len() {
                self.arrange(layer, layer - 1);
            }
            for layer in (1..self.order.len()).rev() {
                self.arrange(layer - 1, layer);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.order.clone());
            }
        }
        self.order = best.1;
    }

    /// Puts the vertices of `layer` in the order of the middle of what they are tied to in the layer `fixed`.
    fn arrange(&mut self, layer: usize, fixed: usize) {
        let places = self.places(fixed);
        let ties = if fixed < layer {
            &self.before
        } else {
            &self.after
        };
        let middle = |(at, vertex): (usize, &usize)| {
            let tied = &ties[*vertex];
            let sum: usize = tied.iter().map(|&other| places[other]).sum();
            // A thousandth of a place is fine enough.
            let middle = (sum * 1000).checked_div(tied.len()).unwrap_or(at * 1000);
            (middle, at, *vertex)
        };
        let mut middles: Vec<_> = self.order[layer].iter().enumerate().map(middle).collect();
        middles.sort_unstable();
        self.order[layer] = middles.into_iter().map(|(.., vertex)| vertex).collect();
    }

    /// Returns where each vertex of `layer` stands in it.
    fn places(&self, layer: usize) -> Vec<usize> {
        let mut places = vec![0; self.ranks.len()];
        for (place, &vertex) in self.order[layer].iter().enumerate() {
            places[vertex] = place;
        }
        places
    }

    /// Returns how many ties cross.
    fn crossings(&self) -> usize {
        let mut crossings = 0;
        for layer in 1..self.order.len() {
            let places = self.places(layer - 1);
            let mut seen: Vec<usize> = Vec::new();
            for &vertex in &self.order[layer] {
                let tied: Vec<usize> = self.before[vertex].iter().map(|&of| places[of]).collect();
                let crossed = |place: &usize| seen.iter().filter(|of| *of > place).count();
                crossings += tied.iter().map(crossed).sum::<usize>();
                seen.extend(tied);
            }
        }
        crossings
    }

    fn height(&self, vertex: usize) -> i64 {
        if vertex < self.count { HEIGHT } else { BEND }
    }

    /// Returns the upper edge of each vertex: near the middle of its neighbours, in order, and apart from each other.
    fn tops(&self) -> Vec<i64> {
        let mut tops = vec![0; self.ranks.len()];
        for layer in &self.order {
            let mut next = 0;
            for &vertex in layer {
                tops[vertex] = next;
                next += self.height(vertex) + APART;
            }
        }
        for round in 0..SWEEPS {
            let layers: Vec<usize> = match round % 2 {
                0 => (0..self.order.len()).collect(),
                _ => (0..self.order.len()).rev().collect(),
            };
            for layer in layers {
                self.settle(layer, &mut tops);
            }
        }
        self.close_up(&mut tops);
        tops
    }

    /// Takes out the room in which nothing stands, but for some between things that do not hang together.
    fn close_up(&self, tops: &mut [i64]) {
        let mut vertices: Vec<usize> = (0..tops.len()).collect();
        vertices.sort_by_key(|&vertex| tops[vertex]);
        let (mut end, mut moved) = (None::<i64>, 0);
        for vertex in vertices {
            let top = tops[vertex];
            moved = match end {
                None => top - MARGIN,
                Some(end) => moved + (top - end - 2 * APART).max(0),
            };
            end = end.max(Some(top + self.height(vertex)));
            tops[vertex] = top - moved;
        }
    }

    /// Moves the vertices of `layer` towards the middle of their neighbours.
    fn settle(&self, layer: usize, tops: &mut [i64]) {
        let order = &self.order[layer];
        let wanted = |&vertex: &usize| {
            let own = self.height(vertex);
            let tied = self.before[vertex].iter().chain(&self.after[vertex]);
            let middles: Vec<i64> = tied.map(|&of| tops[of] + self.height(of) / 2).collect();
            let count = i64::try_from(middles.len()).unwrap_or(0);
            let middle = middles.iter().sum::<i64>().checked_div(count);
            middle.map_or(tops[vertex], |middle| middle - own / 2)
        };
        let wanted: Vec<i64> = order.iter().map(wanted).collect();
        // Once pushed down and once pushed up: between the two lies a place that is fair to all.
        let mut down = wanted.clone();
        for at in 1..order.len() {
            let least = down[at - 1] + self.height(order[at - 1]) + APART;
            down[at] = down[at].max(least);
        }
        let mut up = wanted;
        for at in (1..order.len()).rev() {
            let most = up[at] - self.height(order[at - 1]) - APART;
            up[at - 1] = up[at - 1].min(most);
        }
        for (at, &vertex) in order.iter().enumerate() {
            tops[vertex] = (down[at] + up[at]).div_euclid(2);
        }
        for at in 1..order.len() {
            let least = tops[order[at - 1]] + self.height(order[at - 1]) + APART;
            tops[order[at]] = tops[order[at]].max(least);
        }
    }

    fn drawn(
        &self,
        count: usize,
        edges: &[(usize, usize)],
        forward: &[Option<(usize, usize)>],
        tops: &[i64],
    ) -> Layout {
        let left = |vertex: usize| {
            MARGIN + i64::try_from(self.ranks[vertex]).unwrap_or(0) * (WIDTH + BETWEEN)
        };
        let middle = |vertex: usize| tops[vertex] + self.height(vertex) / 2;
        let points = |(edge, chain): (usize, &Vec<usize>)| {
            let (Some((&from, rest)), Some(&to)) = (chain.split_first(), chain.last()) else {
                return Vec::new();
            };
            let mut points = vec![(left(from) + WIDTH, middle(from))];
            for &bend in &rest[..rest.len().saturating_sub(1)] {
                points.push((left(bend), middle(bend)));
                points.push((left(bend) + WIDTH, middle(bend)));
            }
            points.push((left(to), middle(to)));
            if forward[edge] != Some(edges[edge]) {
                points.reverse();
            }
            points
        };
        let bottom = |vertex: usize| tops[vertex] + self.height(vertex);
        let vertices = 0..self.ranks.len();
        Layout {
            nodes: (0..count).map(|node| (left(node), tops[node])).collect(),
            edges: self.chains.iter().enumerate().map(points).collect(),
            width: vertices.clone().map(left).max().unwrap_or(0) + WIDTH + MARGIN,
            height: vertices.map(bottom).max().unwrap_or(0) + MARGIN,
        }
    }
}

#[cfg(test)]
mod tests;
