//! `approval/quorum`: as many people agree as the policy asks for.

use super::shortfall::{approved, shortfalls};
use crate::diagnostic::{Findings, Severity};
use crate::rules::book::{Context, Rule, Setting};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("quorum.md"), check)
        .enforcing(&[Setting::Quorum]);

const NAME: &str = "approval/quorum";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for short in shortfalls(context) {
        let (given, needed) = (approved(&short.signoff), short.signoff.signoff.quorum);
        if given > 0 {
            let is_short = format!("is given by {given} of {needed}");
            findings.push(short.finding(context, NAME, &is_short));
        }
    }
}
