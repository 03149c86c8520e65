//! `document/missing-field`: what a document cannot do without is written.
//!
//! Most of it is found where the document is read. What is left is the need that names nothing, or several things.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::release::Release;
use crate::plan::parts::need::Need;
use crate::rules::book::{Context, Rule};
use crate::text::{Location, Span, Spanned};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("missing-field.md"),
    check,
);

const NAME: &str = "document/missing-field";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for release in context.plan.all::<Release>() {
        let at = |span: Span| Location::new(release.document.file, span);
        findings.extend(release.needs.iter().filter_map(|need| fault(need, at)));
    }
}

fn fault(need: &Spanned<Need>, at: impl Fn(Span) -> Location) -> Option<Finding> {
    match named(need).as_slice() {
        [] => {
            let finding =
                Finding::new(NAME, at(need.span), "this need does not say what is needed");
            Some(
                finding
                    .hint("add `release:`, `milestone:`, `train:`, `application:` or `external:`"),
            )
        }
        [_] => None,
        [(first, first_span), (second, second_span), ..] => {
            let message = format!("this need names both `{first}` and `{second}`");
            let finding = Finding::new(NAME, at(*second_span), message);
            let finding = finding.also(at(*first_span), format!("the `{first}`"));
            Some(finding.hint("write two needs, each with a dash of its own"))
        }
    }
}

/// Returns what a need names, and where.
fn named(need: &Need) -> Vec<(&'static str, Span)> {
    let fields = [
        (
            "release",
            need.release.as_ref().map(|reference| reference.span),
        ),
        (
            "milestone",
            need.milestone.as_ref().map(|reference| reference.span),
        ),
        ("train", need.train.as_ref().map(|reference| reference.span)),
        (
            "application",
            need.application.as_ref().map(|reference| reference.span),
        ),
        ("external", need.external.as_ref().map(|words| words.span)),
    ];
    fields
        .into_iter()
        .filter_map(|(name, span)| Some((name, span?)))
        .collect()
}
