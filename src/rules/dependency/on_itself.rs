//! `dependency/self`: a release does not need itself.

use super::needs::place;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::schedule::{Broken, Fault, Needed};

pub(super) const RULE: Rule = Rule::checked(NAME, Severity::Error, include_str!("self.md"), check);

const NAME: &str = "dependency/self";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (need, fault) in context.schedule.faults(context.as_of) {
        if !matches!(fault, Fault::Unmet(Broken::Itself)) {
            continue;
        }
        let name = context.name(need.release.id);
        let (message, hint) = match need.needed {
            Needed::Train(train) => (
                format!(
                    "{name} needs {}, which it travels with",
                    context.name(train.id)
                ),
                "name the release or the milestone of the train that it waits for",
            ),
            _ => (
                format!("{name} needs itself"),
                "name the release that is meant, or remove this need",
            ),
        };
        findings.push(Finding::new(NAME, place(context, need), message).hint(hint));
    }
}
