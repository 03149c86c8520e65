//! `train/supersedes-open`: what has a successor has ended.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("supersedes-open.md"),
    check,
);

const NAME: &str = "train/supersedes-open";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for course in plan.courses() {
        let Some(reference) = course.supersedes else {
            continue;
        };
        let Some(old) = reference.target.and_then(|target| plan.course(target)) else {
            continue;
        };
        if !plan.is_open(old.id) {
            continue;
        }
        let standing = match old.stage() {
            Some(stage) => format!("is still in {}", &**stage),
            None => "has not ended".to_owned(),
        };
        let (name, old_name) = (course.name(), old.name());
        let message = format!("{name} supersedes {old_name}, which {standing}");
        let finding = Finding::new(NAME, course.locate(reference.span), message);
        let finding = match old.stage() {
            Some(stage) => finding.also(old.locate(stage.span), "its last entry"),
            None => finding,
        };
        findings.push(finding.hint(format!("close or abandon {old_name}, with a reason")));
    }
}
