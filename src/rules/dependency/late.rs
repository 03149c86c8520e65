//! `dependency/late`: what a release needs is planned early enough.

use super::needs::{also_dates, needed, place};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::parts::need::NeedType;
use crate::plan::value::Choices as _;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::{Dependency, Fault, Lateness};

pub(super) const RULE: Rule = Rule::checked(NAME, Severity::Error, include_str!("late.md"), check);

const NAME: &str = "dependency/late";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (need, fault) in context.schedule.faults(context.as_of) {
        if let Fault::Late(lateness) = fault {
            findings.push(late(context, need, &lateness));
        }
    }
}

fn late(context: &Context<'_>, need: &Dependency<'_>, lateness: &Lateness<'_>) -> Finding {
    let zone = context.schedule.zone(need.release.id);
    let (own, needed) = (context.name(need.release.id), needed(context, need));
    let (planned, allowed) = (
        clock(lateness.planned_for, zone),
        clock(lateness.allowed_from, zone),
    );
    let verb = match need.kind() {
        NeedType::FinishToStart | NeedType::StartToStart => "starts",
        NeedType::FinishToFinish | NeedType::StartToFinish => "ends",
    };
    let tie = match need.kind() {
        NeedType::FinishToStart => String::new(),
        kind => format!(" ({})", kind.word()),
    };
    let lag = if need.lag().is_zero() {
        String::new()
    } else {
        format!(" with a lag of {}", need.lag())
    };
    let message = format!(
        "{own} {verb} by {planned}, and needs {needed}{tie}, which{lag} allows it from {allowed} on"
    );
    let mut finding = Finding::new(NAME, place(context, need), message);
    if let Some(document) = need.needed.document() {
        finding = also_dates(finding, context, document, &lateness.needed);
    }
    also_dates(finding, context, need.release.id, &lateness.own).hint(format!(
        "move {own} to {allowed} or later, or have {needed} planned earlier"
    ))
}
