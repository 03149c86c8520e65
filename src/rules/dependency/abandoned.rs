//! `dependency/abandoned`: what a release needs was not given up.

use super::needs::{needed, place};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::schedule::{Broken, Fault};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("abandoned.md"), check);

const NAME: &str = "dependency/abandoned";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (need, fault) in context.schedule.faults(context.as_of) {
        if !matches!(fault, Fault::Unmet(Broken::Abandoned)) {
            continue;
        }
        let (own, needed) = (context.name(need.release.id), needed(context, need));
        let message = format!("{own} needs {needed}, which was abandoned");
        let mut finding = Finding::new(NAME, place(context, need), message);
        let course = need
            .needed
            .document()
            .and_then(|document| context.plan.course(document));
        if let Some((course, stage)) = course.and_then(|course| Some((course, course.stage()?))) {
            finding = finding.also(course.locate(stage.span), "its last entry");
        }
        findings.push(finding.hint("name what comes in its place, or remove this need"));
    }
}
