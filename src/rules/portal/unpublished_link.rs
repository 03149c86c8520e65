//! `portal/unpublished-link`: what readers see leads to what readers see.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::{DocId, Drafts, LinkTarget, Plan, Publication};
use crate::rules::book::{Context, Rule};
use crate::syntax::body::Destination;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("unpublished-link.md"),
    check,
);

const NAME: &str = "portal/unpublished-link";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let publication = Publication {
        as_of: context.as_of,
        drafts: Drafts::Hidden,
    };
    let published: Vec<bool> = plan
        .documents()
        .map(|(id, _)| plan.is_published(id, publication))
        .collect();
    if published.iter().all(|published| *published) {
        return;
    }
    let is_published = |id: DocId| published.get(id.index()).copied().unwrap_or(true);
    for (id, _) in plan.documents().filter(|(id, _)| is_published(*id)) {
        let references = plan
            .links_from(id)
            .iter()
            .filter_map(|link| Some((link.to?, link.span)));
        // What is named several times is hidden once.
        let mut told = FxHashSet::default();
        for (to, span) in references.chain(body_links(plan, id)) {
            if !is_published(to) && told.insert(to) {
                findings.push(hidden(plan, (id, span), to));
            }
        }
    }
}

/// Returns the documents to which the body of the document `id` links, and where.
fn body_links(plan: &Plan, id: DocId) -> impl Iterator<Item = (DocId, Span)> {
    let links = plan.document(id).body.outline.links.iter();
    links.filter_map(
        move |link| match plan.link_target(id, Destination::of(&link.destination)) {
            LinkTarget::Document(to, _) => Some((to, link.target)),
            _ => None,
        },
    )
}

fn hidden(plan: &Plan, (from, span): (DocId, Span), to: DocId) -> Finding {
    let document = plan.document(to);
    let after = document
        .common
        .publish_after
        .as_ref()
        .filter(|_| !document.common.draft);
    let name = format!("{} {}", document.kind, document.id);
    let (message, at, action) = match after {
        Some(after) => (
            format!("{name} is published only {}", after.resolved.words()),
            plan.locate(to, after.span),
            "publish this document no earlier, or leave the reference out until then",
        ),
        None => (
            format!("{name} is a draft: readers find no page behind this"),
            plan.head(to),
            "take `draft: true` away when it is ready, or leave the reference out until then",
        ),
    };
    let finding = Finding::new(NAME, plan.locate(from, span), message);
    finding.also(at, name).hint(action)
}
