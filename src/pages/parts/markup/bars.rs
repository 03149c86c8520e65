//! The drawing of bars.

use super::{Markup, attribute, push, text};
use crate::pages::parts::bars::{Bars, Post};
use crate::pages::parts::locale::Direction;

/// The width of the place of one bar, in units of its own.
const PLACE: usize = 56;
/// The width of a bar.
const BAR: usize = 34;
/// Where bars stand.
const GROUND: usize = 112;
/// The height of the highest bar.
const HIGHEST: usize = 92;
/// The height of the drawing.
const HEIGHT: usize = 132;

impl Markup<'_> {
    /// Draws `bars`.
    pub(super) fn bars(self, bars: &mut Bars<'_>) {
        let width = PLACE * bars.posts.len().max(1);
        let most = bars.posts.iter().map(|post| post.height).max();
        let mut svg = String::new();
        push(
            &mut svg,
            format_args!(
                "<svg viewBox=\"0 0 {width} {HEIGHT}\" width=\"{width}\" height=\"{HEIGHT}\" role=\"img\""
            ),
        );
        attribute(&mut svg, "aria-label", &bars.title);
        push(
            &mut svg,
            format_args!("><path class=\"tick\" d=\"M0 {GROUND}H{width}\"/>\n"),
        );
        for (at, post) in bars.posts.iter().enumerate() {
            let left = match self.locale.direction() {
                Direction::LeftToRight => PLACE * at,
                Direction::RightToLeft => width - PLACE * (at + 1),
            };
            draw(&mut svg, post, left, most.unwrap_or(0).max(1));
        }
        svg.push_str("</svg>\n");
        bars.svg = svg;
    }
}

fn draw(svg: &mut String, post: &Post, left: usize, most: usize) {
    let (x, middle) = (left + (PLACE - BAR) / 2, left + PLACE / 2);
    // What is more than nothing can be seen.
    let tall = |count: usize| match count {
        0 => 0,
        count => (HIGHEST * count / most).max(2),
    };
    let (whole, part) = (tall(post.height), tall(post.part.min(post.height)));
    for (class, height, bottom) in [
        ("whole", whole - part, GROUND - part),
        ("part", part, GROUND),
    ] {
        if height > 0 {
            let y = bottom - height;
            push(
                svg,
                format_args!(
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{BAR}\" height=\"{height}\"/>"
                ),
            );
        }
    }
    for (words, y) in [
        (&post.number, GROUND - whole - 4),
        (&post.name, GROUND + 14),
    ] {
        if !words.is_empty() {
            push(
                svg,
                format_args!("<text x=\"{middle}\" y=\"{y}\" text-anchor=\"middle\">"),
            );
            text(svg, words);
            svg.push_str("</text>");
        }
    }
    svg.push('\n');
}
