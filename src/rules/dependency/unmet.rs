//! `dependency/unmet`: what a release needs is done once its day is past.

use super::needs::{also_dates, needed, place, possible_needs};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::Broken;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("unmet.md"), check);

const NAME: &str = "dependency/unmet";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for need in possible_needs(context) {
        // What is planned too late is told as that.
        if context.schedule.lateness(need).is_some() {
            continue;
        }
        let (own, needed) = (context.name(need.release.id), needed(context, need));
        let at = place(context, need);
        match context.schedule.broken(need, context.as_of) {
            Some(Broken::Failed(turnover)) => {
                let message = format!("{own} needs {needed}, whose deployment did not succeed");
                let status = turnover.fields.status.as_ref();
                let there = status.map_or(context.plan.head(turnover.id), |status| {
                    context.plan.locate(turnover.id, status.span)
                });
                findings.push(
                    Finding::new(NAME, at, message)
                        .also(there, context.name(turnover.id))
                        .hint(format!("plan another deployment of {needed}")),
                );
            }
            Some(Broken::Overdue(dates)) => {
                let zone = context.schedule.zone(need.release.id);
                let due = clock(dates.reach.end.latest, zone);
                let message =
                    format!("{own} needs {needed}, which was due by {due} and is not done");
                let mut finding = Finding::new(NAME, at, message);
                if let Some(document) = need.needed.document() {
                    finding = also_dates(finding, context, document, &dates);
                }
                findings.push(finding.hint(format!(
                    "write down that {needed} is done, or when it will be"
                )));
            }
            Some(Broken::Itself | Broken::Abandoned) | None => {}
        }
    }
}
