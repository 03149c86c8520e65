//! The drawing of a chart.

use super::timeline::{Line, WIDTH, label};
use super::{Markup, attribute, push};
use crate::pages::parts::chart::{Chart, Steps};

/// The height of the names above the chart.
const HEAD: i64 = 34;
/// The height of the chart itself.
const HEIGHT: i64 = 180;
/// Where the line of no count is.
const FLOOR: i64 = HEAD + HEIGHT;

impl Markup<'_> {
    /// Draws `chart`.
    pub(super) fn chart(self, chart: &mut Chart<'_>) {
        let line = Line {
            days: chart.days,
            direction: self.locale.direction(),
        };
        let mut svg = String::new();
        let height = FLOOR + 6;
        push(
            &mut svg,
            format_args!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\""),
        );
        attribute(&mut svg, "aria-label", &chart.title);
        svg.push_str(">\n");
        for tick in &chart.ticks {
            let x = line.x(tick.at);
            push(
                &mut svg,
                format_args!("<path class=\"tick\" d=\"M{x} 0V{FLOOR}\"/>"),
            );
            label(&mut svg, x, 13, line, &tick.label);
        }
        for count in [0, chart.most.div_ceil(2), chart.most] {
            let y = level(count, chart.most);
            push(
                &mut svg,
                format_args!("<path class=\"tick\" d=\"M0 {y}H{WIDTH}\"/>"),
            );
            if count > 0 {
                label(&mut svg, line.x(0), y - 3, line, &count.to_string());
            }
        }
        for steps in &chart.lines {
            steps_of(steps, chart.most, line, &mut svg);
        }
        for (row, mark) in (0..).zip(&chart.marks) {
            let x = line.x(mark.tick.at);
            push(
                &mut svg,
                format_args!("<path class=\"{}\" d=\"M{x} 18V{FLOOR}\"/>", mark.slug),
            );
            label(&mut svg, x, 29 + 13 * row, line, &mark.tick.label);
        }
        svg.push_str("</svg>\n");
        chart.svg = svg;
    }
}

/// Returns the height at which a count stands.
fn level(count: usize, most: usize) -> i64 {
    let scaled =
        HEIGHT * i64::try_from(count).unwrap_or(0) / i64::try_from(most.max(1)).unwrap_or(1);
    FLOOR - scaled
}

/// Draws a count in steps, with the ground below it where it is filled.
fn steps_of(steps: &Steps<'_>, most: usize, line: Line, svg: &mut String) {
    let Some(&(first, count)) = steps.points.first() else {
        return;
    };
    let mut drawn = String::new();
    push(
        &mut drawn,
        format_args!("M{} {}", line.x(first), level(count, most)),
    );
    for &(at, count) in steps.points.iter().skip(1) {
        push(
            &mut drawn,
            format_args!("H{}V{}", line.x(at), level(count, most)),
        );
    }
    push(&mut drawn, format_args!("H{}", line.x(steps.end)));
    if steps.is_filled {
        let back = line.x(first);
        push(
            svg,
            format_args!(
                "<path class=\"area {}\" d=\"{drawn}V{FLOOR}H{back}z\"/>\n",
                steps.slug
            ),
        );
    }
    push(
        svg,
        format_args!("<path class=\"steps {}\" d=\"{drawn}\"/>\n", steps.slug),
    );
}
