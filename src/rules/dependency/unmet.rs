//! `dependency/unmet`: what a release needs is done once its day is past.

use super::needs::{also_dates, needed, place};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::rules::coming::clock;
use crate::schedule::{Broken, Fault};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("unmet.md"), check);

const NAME: &str = "dependency/unmet";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (need, fault) in context.schedule.faults(context.as_of) {
        let Fault::Unmet(broken) = fault else {
            continue;
        };
        let (own, needed) = (context.name(need.release.id), needed(context, need));
        let at = place(context, need);
        match broken {
            Broken::Failed(turnover) => {
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
            Broken::Overdue(dates) => {
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
            Broken::Itself | Broken::Abandoned => {}
        }
    }
}
