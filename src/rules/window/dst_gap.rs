//! `window/dst-gap`: a window does not open at a time that the clocks leave out, unless it says what happens then.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::window::Window;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::time::Day;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("dst-gap.md"), check);

const NAME: &str = "window/dst-gap";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let silent = context
        .plan
        .all::<Window>()
        .filter(|window| window.fields.on_gap.is_none());
    for window in silent {
        let Some(starts) = &window.fields.starts else {
            continue;
        };
        let gaps = context
            .schedule
            .openings_in_gaps(window, context.year_ahead());
        let Some(first) = gaps.first() else { continue };
        let occurrence = first.occurrence;
        let (day, time) = (
            Day(occurrence.wall.date()).words(),
            occurrence.wall.strftime("%H:%M"),
        );
        let shifted = clock(occurrence.instants.start, context.schedule.zone(window.id));
        let message = format!(
            "{} opens at {time} on {day}, which the clocks skip; it is shifted to {shifted}",
            context.name(window.id)
        );
        let at = context.plan.locate(window.id, starts.span);
        findings.push(
            Finding::new(NAME, at, message)
                .hint("write `on_gap: shift` or `on_gap: skip`, or open it at another time"),
        );
    }
}
