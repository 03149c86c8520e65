//! The drawing of a map in layers, and what it shares with that of a board: nodes and the lines between them.

use super::layers::{HEIGHT, WIDTH, layout};
use super::{Markup, attribute, push, text};
use crate::pages::parts::Tone;
use crate::pages::parts::graph::{Edge, Graph, Node};
use crate::pages::parts::locale::Direction;

/// Where a node is drawn.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

impl Markup<'_> {
    /// Draws `graph`.
    pub(super) fn graph(self, graph: &mut Graph<'_>) {
        let ends: Vec<_> = graph
            .edges
            .iter()
            .map(|edge| (edge.from, edge.to))
            .collect();
        let laid = layout(graph.nodes.len(), &ends);
        let (width, height) = (laid.width, laid.height);
        let mut svg = String::new();
        open_svg(&mut svg, width, height);
        attribute(&mut svg, "role", "group");
        attribute(&mut svg, "aria-label", &graph.title);
        svg.push_str(">\n");
        let mut ties = String::new();
        for (edge, points) in graph.edges.iter().zip(&laid.edges) {
            let points: Vec<_> = points
                .iter()
                .map(|&(x, y)| (self.across(x, width), y))
                .collect();
            line(&mut svg, edge, &points);
            tie(&mut ties, edge, &points);
        }
        svg.push_str(&ties);
        for (node, &(left, top)) in graph.nodes.iter().zip(&laid.nodes) {
            let x = match self.locale.direction() {
                Direction::LeftToRight => left,
                Direction::RightToLeft => width - left - WIDTH,
            };
            let place = Place {
                x,
                y: top,
                width: WIDTH,
                height: HEIGHT,
            };
            self.node(&mut svg, node, place);
        }
        svg.push_str("</svg>\n");
        graph.svg = svg;
    }

    /// Returns where `x` of a line that runs from left to right is in the portal's language.
    pub(super) fn across(self, x: i64, width: i64) -> i64 {
        match self.locale.direction() {
            Direction::LeftToRight => x,
            Direction::RightToLeft => width - x,
        }
    }

    /// Draws `node`: its shape, its name, and below it the shape of its state and its note.
    pub(super) fn node(self, svg: &mut String, node: &Node<'_>, place: Place) {
        let tone = node.state.as_ref().map(|state| state.tone);
        let classes = format!("node {} {}", node.slug, tone.map_or("", Tone::word));
        match &node.link {
            Some(link) => {
                svg.push_str("<a");
                attribute(svg, "href", &link.href);
            }
            None => svg.push_str("<g"),
        }
        attribute(svg, "class", classes.trim_end());
        svg.push_str("><title>");
        text(svg, &node.label);
        svg.push_str("</title>");
        push(
            svg,
            format_args!("<path d=\"{}\"/>", outline(node.slug, place)),
        );
        let Place {
            x,
            y,
            width,
            height,
        } = place;
        let middle = x + width / 2;
        // Five letters of the name are about 33 units wide.
        let letters = usize::try_from((width - 12) * 5 / 33).unwrap_or(0);
        let is_low = node.note.is_empty() || height < HEIGHT;
        let sign = tone.map_or("", sign);
        let name = shortened(&node.name, letters.saturating_sub(usize::from(is_low) * 2));
        let base = if is_low { y + height / 2 + 4 } else { y + 20 };
        push(svg, format_args!("<text x=\"{middle}\" y=\"{base}\">"));
        if is_low && !sign.is_empty() {
            push(svg, format_args!("{sign} "));
        }
        text(svg, &name);
        svg.push_str("</text>");
        if !is_low {
            let word = node.state.as_ref().map_or("", |state| &*state.word);
            let lines = [("word", sign, word, 36), ("note", "", &*node.note, 51)];
            for (class, sign, words, down) in lines.into_iter().filter(|line| !line.2.is_empty()) {
                push(
                    svg,
                    format_args!(
                        "<text x=\"{middle}\" y=\"{}\" class=\"{class}\">{sign} ",
                        y + down
                    ),
                );
                text(svg, &shortened(words, letters + 2));
                svg.push_str("</text>");
            }
        }
        svg.push_str(if node.link.is_some() {
            "</a>\n"
        } else {
            "</g>\n"
        });
    }
}

/// Opens a drawing of this size, in the size in which it is meant to be read.
pub(super) fn open_svg(svg: &mut String, width: i64, height: i64) {
    push(
        svg,
        format_args!("<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\""),
    );
}

/// Draws `edge` along `points`: a curve between each two, straight where they are bends of one layer, and an arrow.
pub(super) fn line(svg: &mut String, edge: &Edge, points: &[(i64, i64)]) {
    let (Some(&(x, y)), Some(&(last_x, last_y))) = (points.first(), points.last()) else {
        return;
    };
    push(
        svg,
        format_args!("<path class=\"edge {}\" d=\"M{x} {y}", edge.slug),
    );
    for (at, pair) in points.windows(2).enumerate() {
        let &[(x, y), (to_x, to_y)] = pair else {
            continue;
        };
        let half = middle(x, to_x);
        // Every second stretch lies between two layers.
        match at % 2 == 1 || y == to_y {
            true => push(svg, format_args!("L{to_x} {to_y}")),
            false => push(svg, format_args!("C{half} {y} {half} {to_y} {to_x} {to_y}")),
        }
    }
    let before = points.iter().rev().nth(1).map_or(x, |point| point.0);
    let back = if before < last_x { -7 } else { 7 };
    push(
        svg,
        format_args!("m{back} -4L{last_x} {last_y}l{back} 4\">"),
    );
    svg.push_str("<title>");
    text(svg, &edge.label);
    svg.push_str("</title></path>\n");
}

/// Writes the name of `edge` in the middle of the first stretch of `points`. Names come after all lines, each on a
/// ground of its own, so that no line runs through one.
pub(super) fn tie(svg: &mut String, edge: &Edge, points: &[(i64, i64)]) {
    let is_broken = edge.slug == "broken";
    let &[(x, y), (to_x, to_y), ..] = points else {
        return;
    };
    if !is_broken && edge.name.is_empty() {
        return;
    }
    let (x, y) = (middle(x, to_x), i64::midpoint(y, to_y) + 4);
    let name = match is_broken {
        true => format!("✕ {}", edge.name),
        false => edge.name.to_string(),
    };
    let width = 6 * i64::try_from(name.chars().count()).unwrap_or(0) + 4;
    let (left, top) = (x - width / 2, y - 10);
    push(
        svg,
        format_args!("<path class=\"ground\" d=\"M{left} {top}h{width}v13h-{width}z\"/>"),
    );
    push(
        svg,
        format_args!("<text class=\"tie {}\" x=\"{x}\" y=\"{y}\">", edge.slug),
    );
    text(svg, &name);
    svg.push_str("</text>\n");
}

/// Returns where a stretch bends: half way, and beside where it begins and ends on one side.
fn middle(x: i64, to_x: i64) -> i64 {
    match x == to_x {
        true => x + 18,
        false => i64::midpoint(x, to_x),
    }
}

/// Returns the outline of a shape: so that what is what can be told without colour.
fn outline(slug: &str, place: Place) -> String {
    let Place {
        x,
        y,
        width,
        height,
    } = place;
    let (right, bottom, half) = (x + width, y + height, height / 2);
    match slug {
        // A lozenge with a long body.
        "milestone" => {
            let (from, to) = (x + 10, right - 10);
            format!(
                "M{from} {y}H{to}L{right} {}L{to} {bottom}H{from}L{x} {}Z",
                y + half,
                y + half
            )
        }
        // A frame with a second line at both ends.
        "train" => format!(
            "M{x} {y}H{right}V{bottom}H{x}ZM{} {y}V{bottom}M{} {y}V{bottom}",
            x + 5,
            right - 5
        ),
        "application" => format!("M{x} {y}H{right}V{bottom}H{x}Z"),
        // Round ends for what is outside; round corners for a release.
        _ => {
            let bend = if slug == "outside" { half } else { 6 };
            let (from, to) = (x + bend, right - bend);
            let (upper, lower) = (y + bend, bottom - bend);
            format!(
                "M{from} {y}H{to}A{bend} {bend} 0 0 1 {right} {upper}V{lower}A{bend} {bend} 0 0 1 {to} {bottom}\
                 H{from}A{bend} {bend} 0 0 1 {x} {lower}V{upper}A{bend} {bend} 0 0 1 {from} {y}Z"
            )
        }
    }
}

/// Returns the shape of a state, as style sheets put it before its word.
fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓",
        Tone::Bad => "✕",
        Tone::Warn => "▲",
        Tone::Active => "◐",
        Tone::Quiet => "○",
    }
}

/// Returns the first `most` letters of `words`, with a sign that there are more.
pub(super) fn shortened(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_owned(),
        Some(_) => {
            let kept: String = words.chars().take(most.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}
