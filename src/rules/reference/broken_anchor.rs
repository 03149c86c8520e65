//! `reference/broken-anchor`: links to a part of a document find that part.

use super::links::links;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::{DocId, LinkTarget, Plan};
use crate::rules::book::{Context, Rule};
use crate::syntax::body::Outline;
use crate::text::{Location, Span, nearest};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("broken-anchor.md"),
    check,
);

const NAME: &str = "reference/broken-anchor";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for link in links(plan) {
        let LinkTarget::Document(to, Some(anchor)) = &link.target else {
            continue;
        };
        let outline = &plan.document(*to).body.outline;
        if anchor.is_empty() || outline.has_anchor(anchor) {
            continue;
        }
        let place = of_anchor(plan, link.from, link.link.target);
        let message = format!(
            "no heading of `{}` has the anchor `#{anchor}`",
            plan.path(*to)
        );
        findings.push(Finding::new(NAME, place, message).hint(hint(outline, anchor)));
    }
}

/// Returns the part of the destination at `target` from the `#` on.
fn of_anchor(plan: &Plan, from: DocId, target: Span) -> Location {
    let whole = plan.locate(from, target);
    let written = plan.sources.slice(whole);
    let hash = written.find('#').unwrap_or(0);
    Location::new(whole.file, target.slice(hash..written.len()))
}

fn hint(outline: &Outline, anchor: &str) -> String {
    let headings = outline.headings.iter().map(|heading| heading.id.as_str());
    let known: Vec<_> = headings
        .chain(outline.anchors.iter().map(String::as_str))
        .collect();
    let listed = |ids: &[&str], between: &str| {
        ids.iter()
            .map(|id| format!("`#{id}`"))
            .collect::<Vec<_>>()
            .join(between)
    };
    match (
        nearest(anchor, known.iter().copied()).as_slice(),
        known.as_slice(),
    ) {
        (_, []) => "that document has no headings: link to the document itself".to_owned(),
        ([], few) if few.len() <= 8 => format!("its anchors are {}", listed(few, ", ")),
        ([], _) => "link to one of its headings, or to the document itself".to_owned(),
        (near, _) => format!("did you mean {}?", listed(near, " or ")),
    }
}
