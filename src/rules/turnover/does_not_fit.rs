//! `turnover/does-not-fit`: the run sheet fits the time that is planned for it.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("does-not-fit.md"),
    check,
);

const NAME: &str = "turnover/does-not-fit";

fn check(context: &Context<'_>, findings: &mut Findings) {
    findings.extend(
        context
            .coming()
            .filter_map(|turnover| does_not_fit(context, turnover)),
    );
}

fn does_not_fit(context: &Context<'_>, turnover: Doc<'_, Turnover>) -> Option<Finding> {
    let sheet = context
        .schedule
        .run_sheet(turnover)
        .filter(|sheet| !sheet.fits())?;
    let zone = context.schedule.zone(turnover.id);
    let (name, done) = (context.name(turnover.id), clock(sheet.steps.end, zone));
    let (message, hint) = if sheet.steps.end > sheet.deployment.end {
        let end = clock(sheet.deployment.end, zone);
        (
            format!("the steps of {name} take until {done}, and it is planned to end {end}"),
            "plan more time, or let steps run in parallel under the same `seq`",
        )
    } else {
        let last = clock(sheet.last_return?, zone);
        (
            format!("the steps of {name} take until {done}, and back-out has to begin by {last}"),
            "begin earlier in the window, or shorten the steps or the back-out",
        )
    };
    let mut finding = Finding::new(NAME, context.planned_at(turnover), message);
    for step in sheet.barriers.iter().filter_map(|barrier| barrier.longest) {
        let at = context.plan.locate(turnover.id, step.id.span);
        finding = finding.also(at, "on the critical path");
    }
    Some(finding.hint(hint))
}
