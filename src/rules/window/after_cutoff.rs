//! `window/after-cutoff`: a deployment begins early enough in its window.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::{Occupied, WindowVerdict};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("after-cutoff.md"),
    check,
);

const NAME: &str = "window/after-cutoff";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in context.coming() {
        let deployments = context.schedule.deployments(turnover).into_iter();
        findings.extend(deployments.filter_map(|each| after_cutoff(context, turnover, &each)));
    }
}

fn after_cutoff<'p>(
    context: &Context<'p>,
    turnover: Doc<'p, Turnover>,
    occupied: &Occupied<'p>,
) -> Option<Finding> {
    let schedule = context.schedule;
    let answer = schedule.windows_for(&schedule.target(turnover), occupied.whole);
    let WindowVerdict::AfterCutoff { opening, cutoff } = answer.verdict else {
        return None;
    };
    let zone = schedule.zone(turnover.id);
    let window = opening.window;
    let (name, starts, last) = (
        context.name_of(turnover, Some(occupied)),
        clock(occupied.deployment.start, zone),
        clock(cutoff, zone),
    );
    let message = format!(
        "{name} begins {starts}, and {} takes nothing new from {last} on",
        context.name(window.id)
    );
    let finding = Finding::new(NAME, context.place_of(turnover, occupied), message);
    let finding = match &window.fields.cutoff {
        Some(cutoff) => finding.also(
            context.plan.locate(window.id, cutoff.span),
            context.name(window.id),
        ),
        None => finding,
    };
    Some(context.hint_next_fit(
        finding,
        turnover,
        Some(occupied),
        "begin earlier in the window",
    ))
}
