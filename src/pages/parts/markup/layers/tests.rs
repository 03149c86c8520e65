use super::{HEIGHT, Layout, WIDTH, layout};

/// Returns the layer of each node, from the left.
fn layers(laid: &Layout) -> Vec<usize> {
    let mut lefts: Vec<i64> = laid.nodes.iter().map(|(left, _)| *left).collect();
    lefts.sort_unstable();
    lefts.dedup();
    let layer = |left: &i64| lefts.iter().position(|of| of == left);
    let nodes = laid.nodes.iter();
    nodes.filter_map(|(left, _)| layer(left)).collect()
}

/// Checks what holds of every layout: nothing overlaps or sticks out, every edge leads from border to border, and it
/// comes out the same again.
fn sound(count: usize, edges: &[(usize, usize)]) -> Layout {
    let laid = layout(count, edges);
    assert_eq!(laid, layout(count, edges));
    for (at, (left, top)) in laid.nodes.iter().enumerate() {
        assert!(*left >= 0 && left + WIDTH <= laid.width, "{at}");
        assert!(*top >= 0 && top + HEIGHT <= laid.height, "{at}");
        for (other_left, other_top) in &laid.nodes[at + 1..] {
            let apart = left != other_left || (top - other_top).abs() > HEIGHT;
            assert!(apart, "{at} overlaps in {edges:?}");
        }
    }
    for (&(from, to), points) in edges.iter().zip(&laid.edges) {
        if from == to {
            assert_eq!(points, &[]);
            continue;
        }
        let side = |node: usize, (x, y): (i64, i64)| {
            let (left, top) = laid.nodes[node];
            (x == left || x == left + WIDTH) && y == top + HEIGHT / 2
        };
        let ends = points.first().zip(points.last());
        assert!(
            ends.is_some_and(|(first, last)| side(from, *first) && side(to, *last)),
            "{from} to {to}: {points:?}"
        );
    }
    laid
}

fn check(count: usize, edges: &[(usize, usize)], expected: &[usize]) {
    assert_eq!(layers(&sound(count, edges)), expected, "{edges:?}");
}

#[test]
fn what_waits_stands_after_what_it_waits_for() {
    check(0, &[], &[]);
    check(2, &[(0, 1)], &[0, 1]);
    check(2, &[(1, 0)], &[1, 0]);
    // The longest way counts, and what waits for nothing stands next to what waits for it.
    check(4, &[(0, 1), (1, 2), (0, 2), (3, 2)], &[0, 1, 2, 1]);
    // Two needs of the same are two edges.
    check(2, &[(0, 1), (0, 1)], &[0, 1]);
}

#[test]
fn loops_are_laid_out_too() {
    check(1, &[(0, 0)], &[0]);
    let laid = sound(3, &[(0, 1), (1, 2), (2, 0)]);
    assert_eq!(
        laid.edges.iter().filter(|points| points.len() > 1).count(),
        3
    );
    // The one that closes the loop runs back.
    let runs_back = |points: &&Vec<(i64, i64)>| points.first() > points.last();
    assert_eq!(laid.edges.iter().filter(runs_back).count(), 1);
    sound(4, &[(0, 1), (1, 0), (1, 1), (2, 3), (3, 2), (0, 3)]);
}

#[test]
fn ties_that_need_not_cross_do_not() {
    // As written, the second and the third would cross.
    let laid = sound(4, &[(0, 3), (1, 2)]);
    let top = |node: usize| laid.nodes[node].1;
    assert_eq!(top(0) < top(1), top(3) < top(2));
    assert_eq!((top(0), top(1)), (top(3), top(2)), "and run straight");
}

#[test]
fn a_long_edge_passes_between_the_nodes() {
    let edges = [(0, 1), (1, 2), (2, 3), (0, 3)];
    let laid = sound(4, &edges);
    let bends = &laid.edges[3][1..laid.edges[3].len() - 1];
    assert_eq!(bends.len(), 4);
    for (x, y) in bends {
        let inside = |(left, top): &(i64, i64)| {
            (*left..=left + WIDTH).contains(x) && (*top..=top + HEIGHT).contains(y)
        };
        assert!(!laid.nodes.iter().any(inside), "{x},{y}");
    }
}

#[test]
fn a_dense_graph_is_sound() {
    for seed in 1..12_usize {
        let edge = |at: usize| (at * at * seed % 23, (at * 7 + seed) % 23);
        let edges: Vec<_> = (0..60).map(edge).collect();
        sound(23, &edges);
    }
}
