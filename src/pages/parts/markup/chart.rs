//! The drawing of a chart.

use super::timeline::{Line, WIDTH, label};
use super::{Markup, attribute, push};
use crate::pages::parts::chart::{Chart, Steps};

/// The height of the names of the months.
const HEAD: i64 = 18;
/// The height of a line of names below them.
const ROW: i64 = 14;
/// The height of the chart itself.
const HEIGHT: i64 = 180;

/// Where the counts of a chart stand.
#[derive(Clone, Copy)]
struct Scale {
    /// Where the line of no count is.
    floor: i64,
    most: usize,
}

impl Scale {
    /// Returns the height at which `count` stands.
    fn level(self, count: usize) -> i64 {
        let whole = |count: usize| i64::try_from(count).unwrap_or(0);
        self.floor - HEIGHT * whole(count) / whole(self.most.max(1))
    }
}

impl Markup<'_> {
    /// Draws `chart`.
    pub(super) fn chart(self, chart: &mut Chart<'_>) {
        let line = Line {
            days: chart.days,
            direction: self.locale.direction(),
        };
        // A day to remember has a row for its name alone, and its line begins there: no line runs through the name
        // of a day before it.
        chart.marks.sort_by_key(|mark| mark.tick.at);
        let rows = i64::try_from(chart.marks.len()).unwrap_or(0);
        let floor = HEAD + ROW * (rows + 1) + HEIGHT;
        let most = chart.most;
        let scale = Scale { floor, most };
        let mut svg = String::new();
        let height = floor + 6;
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
                format_args!("<path class=\"tick\" d=\"M{x} 0V{floor}\"/>"),
            );
            label(&mut svg, x, 13, line, &tick.label);
        }
        for count in [0, most.div_ceil(2), most] {
            let y = scale.level(count);
            push(
                &mut svg,
                format_args!("<path class=\"tick\" d=\"M0 {y}H{WIDTH}\"/>"),
            );
            if count > 0 {
                label(&mut svg, line.x(0), y - 3, line, &count.to_string());
            }
        }
        for steps in &chart.lines {
            steps_of(steps, scale, line, &mut svg);
        }
        for (row, mark) in (0..).zip(&chart.marks) {
            let (x, top) = (line.x(mark.tick.at), HEAD + ROW * row);
            push(
                &mut svg,
                format_args!("<path class=\"{}\" d=\"M{x} {top}V{floor}\"/>", mark.slug),
            );
            label(&mut svg, x, top + 11, line, &mark.tick.label);
        }
        svg.push_str("</svg>\n");
        chart.svg = svg;
    }
}

/// Draws a count in steps, with the ground below it where it is filled.
fn steps_of(steps: &Steps<'_>, scale: Scale, line: Line, svg: &mut String) {
    let Some(&(first, count)) = steps.points.first() else {
        return;
    };
    let mut drawn = String::new();
    push(
        &mut drawn,
        format_args!("M{} {}", line.x(first), scale.level(count)),
    );
    for &(at, count) in steps.points.iter().skip(1) {
        push(
            &mut drawn,
            format_args!("H{}V{}", line.x(at), scale.level(count)),
        );
    }
    push(&mut drawn, format_args!("H{}", line.x(steps.end)));
    if steps.is_filled {
        let (back, floor) = (line.x(first), scale.floor);
        push(
            svg,
            format_args!(
                "<path class=\"area {}\" d=\"{drawn}V{floor}H{back}z\"/>\n",
                steps.slug
            ),
        );
    }
    push(
        svg,
        format_args!("<path class=\"steps {}\" d=\"{drawn}\"/>\n", steps.slug),
    );
}

#[cfg(test)]
mod tests {
    use crate::pages::parts::chart::{Chart, Milepost};
    use crate::pages::parts::{Locale, Tick};

    /// Checks where the names of these days are written, and where their lines begin.
    fn check(locale: &str, expected: &[&str]) {
        let locale = Locale::new(locale, None).unwrap_or_else(|_| unreachable!());
        let mark = |at, label: &str| Milepost {
            slug: "due",
            tick: Tick {
                at,
                label: label.to_owned(),
            },
        };
        let mut chart = Chart {
            days: 100,
            most: 1,
            marks: vec![mark(99, "Deployment"), mark(85, "Today")],
            ..Chart::default()
        };
        super::Markup { locale: &locale }.chart(&mut chart);
        let lines = chart.svg.split("<path class=\"due\" ").skip(1);
        let told: Vec<_> = lines
            .filter_map(|line| line.split("</text>").next())
            .collect();
        assert_eq!(told, expected, "{}", chart.svg);
    }

    #[test]
    fn each_day_to_remember_has_a_row_of_its_own_and_no_earlier_name_is_crossed() {
        check(
            "en",
            &[
                "d=\"M850 18V240\"/><text x=\"853\" y=\"29\" text-anchor=\"start\">Today",
                "d=\"M990 32V240\"/><text x=\"987\" y=\"43\" text-anchor=\"end\">Deployment",
            ],
        );
        check(
            "he",
            &[
                "d=\"M150 18V240\"/><text x=\"147\" y=\"29\" text-anchor=\"start\">Today",
                "d=\"M10 32V240\"/><text x=\"13\" y=\"43\" text-anchor=\"end\">Deployment",
            ],
        );
    }
}
