//! The drawing of a timeline.

use super::{Markup, attribute, push, text};
use crate::pages::parts::locale::Direction;
use crate::pages::parts::timeline::{Bar, Lane, Tick, Timeline};

/// The width of the drawing, in units of its own.
pub(super) const WIDTH: i64 = 1000;
/// The height of the axis and of the row of freezes below it.
const HEAD: i64 = 52;
/// The height of a lane: its name, what was planned, what came, its milestones.
const LANE: i64 = 68;

/// The patterns that tell freezes apart without colour.
pub(super) const PATTERNS: &str = "<defs>\
<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"hard\" d=\"M0 0V6\"/></pattern>\
<pattern id=\"dots\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><circle class=\"soft\" cx=\"3\" cy=\"3\" r=\"1\"/></pattern>\
</defs>\n";

/// Where days are on the drawing.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// How many days there are.
    pub(super) days: i64,
    /// Which way they run.
    pub(super) direction: Direction,
}

impl Line {
    /// Returns where the start of the day `at` is, in tenths of a unit from the left.
    pub(super) fn x(self, at: i64) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a timeline has far fewer than 2^52 days"
        )]
        let tenths = (WIDTH * 10 * at.clamp(0, self.days) / self.days.max(1)) as f64 / 10.0;
        match self.direction {
            Direction::LeftToRight => tenths,
            Direction::RightToLeft => 1000.0 - tenths,
        }
    }

    /// Returns the left end and the width of a bar; one that is short can still be seen.
    pub(super) fn span(self, bar: &Bar<'_>) -> (f64, f64) {
        let (from, to) = (self.x(bar.from), self.x(bar.to));
        (from.min(to), (to - from).abs().max(3.0))
    }

    /// Draws where today is, with the width of a day, by which a script moves it on as days pass.
    pub(super) fn today(self, today: &Tick, height: i64, svg: &mut String) {
        let x = self.x(today.at);
        let day = self.x(today.at + 1) - x;
        push(
            svg,
            format_args!(
                "<path class=\"today\" data-day=\"{day:.1}\" d=\"M{x} 16V{height}\"><title>"
            ),
        );
        text(svg, &today.label);
        svg.push_str("</title></path>\n");
    }
}

impl Markup<'_> {
    /// Draws `timeline`.
    pub(super) fn timeline(self, timeline: &mut Timeline<'_>) {
        let line = Line {
            days: timeline.days,
            direction: self.locale.direction(),
        };
        let lanes = i64::try_from(timeline.lanes.len()).unwrap_or(0);
        let height = HEAD + lanes.max(1) * LANE;
        let mut svg = String::new();
        push(
            &mut svg,
            format_args!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"group\""),
        );
        attribute(&mut svg, "aria-label", &timeline.title);
        svg.push_str(">\n");
        svg.push_str(PATTERNS);
        for tick in &timeline.ticks {
            let x = line.x(tick.at);
            push(
                &mut svg,
                format_args!("<path class=\"tick\" d=\"M{x} 0V{height}\"/>"),
            );
            label(&mut svg, x, 13, line, &tick.label);
        }
        for band in &timeline.bands {
            self.band(band, line, height, &mut svg);
        }
        for (row, lane) in (0..).zip(&timeline.lanes) {
            self.lane(lane, line, HEAD + row * LANE, &mut svg);
        }
        if let Some(today) = &timeline.today {
            line.today(today, height, &mut svg);
        }
        svg.push_str("</svg>\n");
        timeline.svg = svg;
    }

    /// Draws a freeze: a bar that leads to it, and its pattern over all lanes.
    fn band(self, band: &Bar<'_>, line: Line, height: i64, svg: &mut String) {
        let (x, width) = line.span(band);
        let pattern = if band.slug == "hard" { "hatch" } else { "dots" };
        let below = height - 22;
        push(
            svg,
            format_args!(
                "<rect x=\"{x}\" y=\"22\" width=\"{width:.1}\" height=\"{below}\" fill=\"url(#{pattern})\"/>"
            ),
        );
        if let Some(link) = &band.link {
            open(svg, &link.href, &band.label);
            bar(svg, band, (x, width), (20, 10));
            svg.push_str("</a>\n");
        }
    }

    fn lane(self, lane: &Lane<'_>, line: Line, top: i64, svg: &mut String) {
        open(svg, &lane.link.href, &lane.link.text);
        let bars = lane.planned.iter().chain(&lane.actual);
        let start = bars.clone().map(|bar| bar.from).min().unwrap_or(0);
        label(svg, line.x(start), top + 13, line, &lane.link.text);
        for (bars, place) in [
            (&lane.planned, (top + 19, 18)),
            (&lane.actual, (top + 40, 9)),
        ] {
            for of in bars {
                bar(svg, of, line.span(of), place);
            }
        }
        for mark in &lane.marks {
            let (x, y) = (line.x(mark.from), top + 49);
            push(
                svg,
                format_args!("<path class=\"milestone\" d=\"M{x} {y}l6 6-6 6-6-6z\"><title>"),
            );
            text(svg, &mark.label);
            svg.push_str("</title></path>");
        }
        svg.push_str("</a>\n");
    }
}

pub(super) fn open(svg: &mut String, href: &str, label: &str) {
    svg.push_str("<a");
    attribute(svg, "href", href);
    attribute(svg, "aria-label", label);
    svg.push('>');
}

pub(super) fn bar(
    svg: &mut String,
    bar: &Bar<'_>,
    (x, width): (f64, f64),
    (y, height): (i64, i64),
) {
    push(
        svg,
        format_args!(
            "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width:.1}\" height=\"{height}\"><title>",
            bar.slug
        ),
    );
    text(svg, &bar.label);
    svg.push_str("</title></rect>");
    // A letter is about six units wide.
    let room = bar.name.chars().fold(8.0, |room, _| room + 6.0);
    if !bar.name.is_empty() && room < width {
        let middle = x + width / 2.0;
        push(
            svg,
            format_args!(
                "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">",
                y + 13
            ),
        );
        text(svg, &bar.name);
        svg.push_str("</text>");
    }
}

/// Writes `words` where they begin at `x`; where there is no room for them before the end of the line, where they end.
pub(super) fn label(svg: &mut String, x: f64, y: i64, line: Line, words: &str) {
    // A letter is about 7 units wide.
    let room = words.chars().map(|_| 7.0).sum::<f64>() + 6.0;
    let is_late = match line.direction {
        Direction::LeftToRight => x + room > 1000.0,
        Direction::RightToLeft => x < room,
    };
    let anchor = if is_late && y > 20 { "end" } else { "start" };
    let inset = match (line.direction, anchor) {
        (Direction::LeftToRight, "start") | (Direction::RightToLeft, "end") => 3.0,
        _ => -3.0,
    };
    let x = x + inset;
    push(
        svg,
        format_args!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">"),
    );
    text(svg, words);
    svg.push_str("</text>");
}
