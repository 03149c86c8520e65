//! The drawing of lanes.

use super::timeline::{Line, PATTERNS, WIDTH, bar, label, open};
use super::{Markup, attribute, push, text};
use crate::pages::parts::lanes::{Lanes, Openings, Strip};

/// The height of the axis.
const HEAD: i64 = 26;
/// The height of the name of a lane, of a row of reservations, of the turnovers and of each window.
const ROWS: [i64; 4] = [18, 21, 14, 9];
/// The room between two lanes.
const GAP: i64 = 7;

impl Markup<'_> {
    /// Draws `lanes`.
    pub(super) fn lanes(self, lanes: &mut Lanes<'_>) {
        let line = Line {
            days: lanes.days,
            direction: self.locale.direction(),
        };
        let height = HEAD + lanes.lanes.iter().map(|lane| tall(lane) + GAP).sum::<i64>();
        let mut svg = String::new();
        push(
            &mut svg,
            format_args!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"group\""),
        );
        attribute(&mut svg, "aria-label", &lanes.title);
        svg.push_str(">\n");
        svg.push_str(PATTERNS);
        for tick in &lanes.ticks {
            let x = line.x(tick.at);
            push(
                &mut svg,
                format_args!("<path class=\"tick\" d=\"M{x} 0V{height}\"/>"),
            );
            label(&mut svg, x, 13, line, &tick.label);
        }
        let mut top = HEAD;
        for lane in &lanes.lanes {
            strip(lane, line, top, &mut svg);
            top += tall(lane) + GAP;
        }
        if let Some(today) = &lanes.today {
            line.today(today, height, &mut svg);
        }
        svg.push_str("</svg>\n");
        lanes.svg = svg;
    }
}

/// Returns how high `lane` is; one that nobody has keeps the room of a reservation.
fn tall(lane: &Strip<'_>) -> i64 {
    let [name, row, turnovers, _] = ROWS;
    name + row * count(lane.held.len()) + turnovers + of_windows(lane)
}

/// Returns how high the windows of `lane` are. Each has a row, as two that are open at the same time are two links.
fn of_windows(lane: &Strip<'_>) -> i64 {
    ROWS[3] * count(lane.windows.len())
}

/// Returns how many rows `things` take: where there are none, one stays empty.
fn count(things: usize) -> i64 {
    i64::try_from(things.max(1)).unwrap_or(1)
}

fn strip(lane: &Strip<'_>, line: Line, top: i64, svg: &mut String) {
    let (height, end) = (tall(lane), line.x(line.days).max(line.x(0)));
    push(
        svg,
        format_args!("<path class=\"tick\" d=\"M0 {top}H{end}\"/>"),
    );
    for freeze in &lane.freezes {
        let (x, width) = line.span(freeze);
        let pattern = if freeze.slug == "hard" {
            "hatch"
        } else {
            "dots"
        };
        let Some(link) = &freeze.link else { continue };
        open(svg, &link.href, &freeze.label);
        push(
            svg,
            format_args!(
                "<rect x=\"{x}\" y=\"{top}\" width=\"{width:.1}\" height=\"{height}\" fill=\"url(#{pattern})\"/>"
            ),
        );
        bar(svg, freeze, (x, width), (top, 4));
        svg.push_str("</a>\n");
    }
    let [name, row, turnovers, _] = ROWS;
    if let Some(link) = &lane.link {
        open(svg, &link.href, &link.text);
        label(svg, line.x(0), top + 14, line, &link.text);
        svg.push_str("</a>\n");
    }
    let mut y = top + name;
    for held in &lane.held {
        for of in held {
            linked(svg, of, line, (y, 18));
        }
        y += row;
    }
    let y = top + height - of_windows(lane) - turnovers + 1;
    for of in &lane.turnovers {
        linked(svg, of, line, (y, 10));
    }
    let mut y = top + height;
    for of in lane.windows.iter().rev() {
        y -= ROWS[3];
        openings(svg, of, line, y);
    }
}

/// Draws a bar that leads somewhere by itself.
fn linked(svg: &mut String, of: &crate::pages::parts::Bar<'_>, line: Line, place: (i64, i64)) {
    if let Some(link) = &of.link {
        open(svg, &link.href, &of.label);
        bar(svg, of, line.span(of), place);
        svg.push_str("</a>\n");
    }
}

/// Draws all openings of a window as one shape.
fn openings(svg: &mut String, of: &Openings<'_>, line: Line, y: i64) {
    open(svg, &of.link.href, &of.link.text);
    svg.push_str("<path class=\"window\" d=\"");
    for &(from, to) in &of.spans {
        let (one, other) = (line.x(from), line.x(to));
        let (x, width) = (one.min(other), (other - one).abs().max(3.0));
        push(svg, format_args!("M{x} {y}h{width:.1}v5h-{width:.1}z"));
    }
    svg.push_str("\"><title>");
    text(svg, &of.link.text);
    svg.push_str("</title></path></a>\n");
}
