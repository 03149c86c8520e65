//! `dependency/cycle`: needs do not lead back to where they started.

use super::needs::{needed, place};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(NAME, Severity::Error, include_str!("cycle.md"), check);

const NAME: &str = "dependency/cycle";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for cycle in context.schedule.cycles() {
        let Some((first, rest)) = cycle.needs.split_first() else {
            continue;
        };
        if !cycle
            .needs
            .iter()
            .all(|need| context.schedule.is_open(need.release.id))
        {
            continue;
        }
        let start = context.name(first.release.id);
        let steps = cycle.needs.iter().map(|need| needed(context, need));
        let steps: Vec<_> = steps.collect();
        let message = format!("{start} needs {}", steps.join(", which needs "));
        let mut finding = Finding::new(NAME, place(context, first), message);
        for need in rest {
            let label = format!(
                "{} needs {}",
                context.name(need.release.id),
                needed(context, need)
            );
            finding = finding.also(place(context, need), label);
        }
        findings.push(finding.hint(
            "drop one of these needs, or write `together: true` where one turnover deploys both",
        ));
    }
}
