//! `document/ignored-file`: whatever lies in the plan is a document, or one uses it.

use std::collections::BTreeSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::{LinkTarget, Plan};
use crate::rules::book::{Context, Rule};
use crate::syntax::body::Destination;
use crate::text::{Location, Span};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("ignored-file.md"),
    check,
)
.resting_on(&["gates", "imports"])
.resting_on_plan();

const NAME: &str = "document/ignored-file";

/// Endings of files that were probably meant as documents.
const LIKE_MARKDOWN: [&str; 7] = ["md", "markdown", "mdown", "mdx", "mkd", "rst", "txt"];

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let used = used(plan);
    let ignored = plan
        .sources
        .iter()
        .filter(|(_, source)| plan.assets.contains(&source.path) && !used.contains(&source.path));
    findings.extend(ignored.map(|(file, source)| {
        let message = format!("no document uses `{}`", source.path);
        Finding::new(NAME, Location::new(file, Span::at(0)), message).hint(hint(&source.path))
    }));
}

/// Returns the files that documents link to or name as evidence, and the plans that this one imports.
fn used(plan: &Plan) -> BTreeSet<String> {
    let mut used: BTreeSet<String> = plan
        .config
        .imports
        .iter()
        .filter_map(|import| import.file.as_ref())
        .map(|file| file.trim_start_matches("./").to_owned())
        .collect();
    for (id, document) in plan.documents() {
        used.extend(plan.evidence_files(id).filter_map(|(_, path)| path));
        for link in &document.body.outline.links {
            let target = plan.link_target(id, Destination::of(&link.destination));
            if let LinkTarget::Asset(path) = target {
                used.insert(path);
            }
        }
    }
    used
}

fn hint(path: &str) -> String {
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .unwrap_or_default();
    if LIKE_MARKDOWN
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
    {
        return "a document's name ends in `.md`: rename it, or add it to `exclude` in `trainboard.yaml`".to_owned();
    }
    "link to it from a document, remove it, or add it to `exclude` in `trainboard.yaml`".to_owned()
}
