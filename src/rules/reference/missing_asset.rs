//! `reference/missing-asset`: pictures, attachments and evidence are in the plan.

use super::links::{hint, is_asset, links};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::{DocId, LinkTarget, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::Location;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("missing-asset.md"),
    check,
);

const NAME: &str = "reference/missing-asset";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for link in links(plan) {
        if let LinkTarget::Missing(path) = &link.target
            && is_asset(link.link, path)
        {
            findings.push(missing(plan, link.from, path, link.place(plan)));
        }
    }
    for (id, _) in plan.documents() {
        for (file, path) in plan.evidence_files(id) {
            let at = plan.locate(id, file.span);
            match path {
                None => {
                    let message = format!("`{}` leads out of the plan", &**file);
                    let finding = Finding::new(NAME, at, message);
                    findings
                        .push(finding.hint("copy the evidence into the plan, or give its `url:`"));
                }
                Some(path) if !plan.assets.contains(&path) && plan.at_path(&path).is_none() => {
                    findings.push(missing(plan, id, &path, at));
                }
                Some(_) => {}
            }
        }
    }
}

fn missing(plan: &Plan, from: DocId, path: &str, at: Location) -> Finding {
    let finding = Finding::new(NAME, at, format!("there is no file `{path}`"));
    let add = || "add the file to the plan; paths start at the document's folder".to_owned();
    finding.hint(hint(plan, from, path).unwrap_or_else(add))
}
