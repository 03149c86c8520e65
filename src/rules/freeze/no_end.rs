//! `freeze/no-end`: a freeze says when it ends.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::freeze::Freeze;
use crate::rules::book::{Context, Rule};
use crate::time::{Date, Until};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("no-end.md"), check);

const NAME: &str = "freeze/no-end";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for freeze in context.plan.all::<Freeze>() {
        let Some(planned) = &freeze.fields.planned else {
            continue;
        };
        let open = |date: &Date| matches!(date, Date::Tbd | Date::Relative(_));
        if !matches!(planned.resolved.until(), Until::Date(end) if open(end)) {
            continue;
        }
        let begins = planned.resolved.from().words();
        let message = format!(
            "freeze {} begins {begins} and has no end, so that it stops nothing",
            freeze.document.id
        );
        let at = context.plan.locate(freeze.id, planned.to);
        findings.push(
            Finding::new(NAME, at, message)
                .hint("write the last day, or how far it is known: a month, a quarter"),
        );
    }
}
