//! The drawing of a board: the names of its columns and of its lanes, which stay in sight, and its cells with the
//! strings between them.

use super::graph::{Place, line, open_svg, shortened, tie};
use super::{Markup, attribute, push, text};
use crate::pages::parts::graph::{Board, Item};
use crate::pages::parts::locale::Direction;

/// The height of the names of the columns.
const HEAD: i64 = 28;
/// The width of the names of the lanes.
const SIDE: i64 = 148;
/// The width that all columns share where they are few.
const ROOM: i64 = 1020;
/// The least and the greatest width of a column.
const COLUMN: (i64, i64) = (84, 168);
/// The height of an item.
const ITEM: i64 = 26;
/// From one item of a cell to the next one, and above the first and below the last.
const STEP: i64 = 34;

/// Where lanes and columns are.
struct Grid {
    column: i64,
    width: i64,
    /// The upper edge of each lane, and the lower one of the last.
    tops: Vec<i64>,
}

impl Grid {
    fn of(board: &Board<'_>, places: &[usize]) -> Self {
        let columns = i64::try_from(board.columns.len().max(1)).unwrap_or(1);
        let column = (ROOM / columns).clamp(COLUMN.0, COLUMN.1);
        let mut tops = vec![0];
        for lane in 0..board.lanes.len() {
            let of_lane = board.items.iter().zip(places);
            let deepest = of_lane
                .filter(|(item, _)| item.lane == lane)
                .map(|(_, at)| at + 1);
            let deepest = i64::try_from(deepest.max().unwrap_or(1)).unwrap_or(1);
            tops.push(tops[lane] + deepest * STEP + 8);
        }
        Self {
            column,
            width: columns * column,
            tops,
        }
    }

    fn height(&self) -> i64 {
        self.tops.last().copied().unwrap_or(0)
    }

    /// Returns where the column `at` begins, as on a line that runs from left to right.
    fn left(&self, at: usize) -> i64 {
        i64::try_from(at).unwrap_or(0) * self.column
    }
}

/// Returns for each item how many others stand above it in its cell.
fn places(items: &[Item<'_>]) -> Vec<usize> {
    let above = |(at, item): (usize, &Item<'_>)| {
        let before = items[..at].iter();
        before
            .filter(|other| (other.lane, other.column) == (item.lane, item.column))
            .count()
    };
    items.iter().enumerate().map(above).collect()
}

impl Markup<'_> {
    /// Draws `board`.
    pub(super) fn board(self, board: &mut Board<'_>) {
        let places = places(&board.items);
        let grid = Grid::of(board, &places);
        board.head = self.heads(board, &grid);
        board.side = self.names(board, &grid);
        board.svg = self.cells(board, &grid, &places);
    }

    fn heads(self, board: &Board<'_>, grid: &Grid) -> String {
        let mut svg = String::new();
        open_svg(&mut svg, grid.width, HEAD);
        svg.push_str(" class=\"head\" aria-hidden=\"true\">");
        for (at, name) in board.columns.iter().enumerate() {
            let middle = self.across(grid.left(at) + grid.column / 2, grid.width);
            let class = if board.today == Some(at) {
                " class=\"now\""
            } else {
                ""
            };
            push(
                &mut svg,
                format_args!("<text x=\"{middle}\" y=\"18\"{class}>"),
            );
            text(&mut svg, name);
            svg.push_str("</text>");
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn names(self, board: &Board<'_>, grid: &Grid) -> String {
        let mut svg = String::new();
        open_svg(&mut svg, SIDE, grid.height());
        svg.push_str(" class=\"side\" role=\"group\"");
        attribute(&mut svg, "aria-label", self.locale.word("Lanes"));
        svg.push('>');
        // Names begin where lines of the language begin.
        let x = match self.locale.direction() {
            Direction::LeftToRight => 2,
            Direction::RightToLeft => SIDE - 2,
        };
        for (lane, pair) in board.lanes.iter().zip(grid.tops.windows(2)) {
            let &[top, bottom] = pair else { continue };
            push(
                &mut svg,
                format_args!("<path class=\"rule\" d=\"M0 {bottom}H{SIDE}\"/>"),
            );
            if let Some(link) = &lane.link {
                svg.push_str("<a");
                attribute(&mut svg, "href", &link.href);
                svg.push('>');
            }
            svg.push_str("<title>");
            text(&mut svg, &lane.name);
            push(
                &mut svg,
                format_args!("</title><text x=\"{x}\" y=\"{}\">", top + 26),
            );
            text(&mut svg, &shortened(&lane.name, 20));
            svg.push_str("</text>");
            if lane.link.is_some() {
                svg.push_str("</a>");
            }
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn cells(self, board: &Board<'_>, grid: &Grid, places: &[usize]) -> String {
        let (width, height) = (grid.width, grid.height());
        let mut svg = String::new();
        open_svg(&mut svg, width, height);
        attribute(&mut svg, "role", "group");
        attribute(&mut svg, "aria-label", &board.title);
        svg.push_str(">\n");
        if let Some(today) = board.today {
            let left = grid.left(today);
            let x = self
                .across(left, width)
                .min(self.across(left + grid.column, width));
            let column = grid.column;
            push(
                &mut svg,
                format_args!("<path class=\"now\" d=\"M{x} 0h{column}v{height}h-{column}z\"/>"),
            );
        }
        let mut rules = String::new();
        for at in 0..=board.columns.len() {
            push(
                &mut rules,
                format_args!("M{} 0V{height}", self.across(grid.left(at), width)),
            );
        }
        for top in &grid.tops[1..] {
            push(&mut rules, format_args!("M0 {top}H{width}"));
        }
        push(
            &mut svg,
            format_args!("<path class=\"rule\" d=\"{rules}\"/>\n"),
        );
        let boxes: Vec<Place> = board
            .items
            .iter()
            .zip(places)
            .map(|(item, &above)| self.slot(grid, item, above))
            .collect();
        let mut ties = String::new();
        for string in &board.strings {
            if let Some((from, to)) = boxes.get(string.from).zip(boxes.get(string.to)) {
                let ends = between(*from, *to);
                line(&mut svg, string, &ends);
                tie(&mut ties, string, &ends);
            }
        }
        for (item, place) in board.items.iter().zip(&boxes) {
            self.node(&mut svg, &item.node, *place);
        }
        // A string may run behind an item; its name is read in front of it.
        svg.push_str(&ties);
        svg.push_str("</svg>\n");
        svg
    }

    fn slot(self, grid: &Grid, item: &Item<'_>, above: usize) -> Place {
        let (left, width) = (grid.left(item.column) + 8, grid.column - 16);
        let start = self.across(left, grid.width);
        let end = self.across(left + width, grid.width);
        Place {
            x: start.min(end),
            y: grid.tops.get(item.lane).copied().unwrap_or(0)
                + 8
                + i64::try_from(above).unwrap_or(0) * STEP,
            width,
            height: ITEM,
        }
    }
}

/// Returns the ends of a string: the sides that face each other; in one column, both on the side where lines end.
fn between(from: Place, to: Place) -> [(i64, i64); 2] {
    let middle = |place: Place| place.y + place.height / 2;
    let (start, end) = match from.x.cmp(&to.x) {
        std::cmp::Ordering::Less => (from.x + from.width, to.x),
        std::cmp::Ordering::Greater => (from.x, to.x + to.width),
        std::cmp::Ordering::Equal => (from.x + from.width, to.x + to.width),
    };
    [(start, middle(from)), (end, middle(to))]
}
