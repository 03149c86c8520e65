//! `window/self-overlap`: a window has closed before it opens again.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::window::Window;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("self-overlap.md"),
    check,
);

const NAME: &str = "window/self-overlap";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for window in context.plan.all::<Window>() {
        let Some(duration) = &window.fields.duration else {
            continue;
        };
        let overlap = context.schedule.self_overlap(window, context.year_ahead());
        let Some((first, next)) = overlap else {
            continue;
        };
        let zone = context.schedule.zone(window.id);
        let (name, opens, closes) = (
            context.name(window.id),
            clock(next.occurrence.instants.start, zone),
            clock(first.occurrence.instants.end, zone),
        );
        let message = format!("{name} opens again {opens}, before it has closed, {closes}");
        let at = context.plan.locate(window.id, duration.span);
        let finding = Finding::new(NAME, at, message);
        let finding = match &window.fields.repeats {
            Some(repeats) => finding.also(
                context.plan.locate(window.id, repeats.span),
                "how it repeats",
            ),
            None => finding,
        };
        findings.push(finding.hint("shorten it, or let it repeat less often"));
    }
}
