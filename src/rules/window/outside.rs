//! `window/outside`: what has windows is deployed in them.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::coming::span_of;
use crate::schedule::{Occupied, WindowVerdict};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("outside.md"), check)
        .enforcing(&[Setting::Windows]);

const NAME: &str = "window/outside";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in context.coming() {
        let deployments = context.schedule.deployments(turnover).into_iter();
        findings.extend(deployments.filter_map(|each| outside(context, turnover, &each)));
    }
}

fn outside<'p>(
    context: &Context<'p>,
    turnover: Doc<'p, Turnover>,
    occupied: &Occupied<'p>,
) -> Option<Finding> {
    let (plan, schedule) = (context.plan, context.schedule);
    let answer = schedule.windows_for(&schedule.target(turnover), occupied.whole);
    let zone = schedule.zone(turnover.id);
    let name = context.name_of(turnover, Some(occupied));
    let when = span_of(occupied.whole, zone);
    let (message, otherwise) = match answer.verdict {
        WindowVerdict::Closed(policy) => {
            let policy = context.name(policy.id);
            (
                format!("{name} has no window, and {policy} closes what has none"),
                "add a window that covers it",
            )
        }
        WindowVerdict::Outside { nearest } => {
            let nearest = nearest.map_or("none opens near to it".to_owned(), |range| {
                format!("the nearest is {}", span_of(range, zone))
            });
            (
                format!("{name} occupies its target {when}, outside of its windows: {nearest}"),
                "nothing fits as windows, freezes and reservations stand: change one of them, or shorten the deployment",
            )
        }
        _ => return None,
    };
    let mut finding = Finding::new(NAME, context.place_of(turnover, occupied), message);
    for window in &answer.windows {
        let starts = window.fields.starts.as_ref();
        let at = starts.map_or(plan.head(window.id), |starts| {
            plan.locate(window.id, starts.span)
        });
        finding = finding.also(at, context.name(window.id));
    }
    if let WindowVerdict::Closed(policy) = answer.verdict {
        finding = finding.also(plan.head(policy.id), context.name(policy.id));
    }
    Some(context.hint_next_fit(finding, turnover, Some(occupied), otherwise))
}
