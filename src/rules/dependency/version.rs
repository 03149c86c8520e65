//! `dependency/version`: the version that a release needs is there when it comes.

use super::needs::place;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::{Dependency, Fault, Needed, VersionAnswer};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("version.md"), check);

const NAME: &str = "dependency/version";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (need, fault) in context.schedule.faults(context.as_of) {
        if let Fault::Version(answer) = fault {
            findings.extend(wrong_version(context, need, &answer));
        }
    }
}

fn wrong_version(
    context: &Context<'_>,
    need: &Dependency<'_>,
    answer: &VersionAnswer<'_>,
) -> Option<Finding> {
    let Needed::Version {
        application,
        constraint: Some(constraint),
        ..
    } = need.needed
    else {
        return None;
    };
    let name = context.name(need.release.id);
    let application = &application.document.id;
    let at = clock(answer.at, context.schedule.zone(need.release.id));
    let there = match &answer.found {
        Some(installed) => format!("will have {application} {}", installed.version),
        None => format!("is not known to have {application}"),
    };
    let environment = &answer.environment.document.id;
    let message =
        format!("{name} needs {application} {constraint}, and {environment} {there}, {at}");
    let mut finding = Finding::new(NAME, place(context, need), message);
    let source = answer.found.as_ref().and_then(|found| found.turnover);
    finding = match source {
        Some(turnover) => finding.also(
            context.planned_at(turnover),
            format!("{} brings it", context.name(turnover.id)),
        ),
        None => finding.also(
            context.plan.head(answer.environment.id),
            context.name(answer.environment.id),
        ),
    };
    Some(finding.hint(format!(
        "plan a turnover that brings {application} {constraint} to {environment} before"
    )))
}
