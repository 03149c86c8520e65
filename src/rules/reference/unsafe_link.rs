//! `reference/unsafe-link`: no link runs a script or opens a file of the reader's machine.

use super::links::links;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::LinkTarget;
use crate::rules::book::{Context, Rule};

/// Addresses in the frontmatter are looked at where they are read.
pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("unsafe-link.md"), check);

const NAME: &str = "reference/unsafe-link";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for link in links(plan) {
        let LinkTarget::Unsafe(scheme) = &link.target else {
            continue;
        };
        let (message, hint) = match scheme.as_str() {
            "file" => (
                "a `file:` link opens only on one machine".to_owned(),
                BESIDE,
            ),
            drive if drive.len() == 1 => {
                let drive = drive.to_uppercase();
                (
                    format!("the drive `{drive}:` is there on one machine only"),
                    BESIDE,
                )
            }
            other => (
                format!("the scheme `{other}` is not safe to follow"),
                "link to an `https` address, or show the text as code",
            ),
        };
        findings.push(Finding::new(NAME, link.place(plan), message).hint(hint));
    }
}

const BESIDE: &str = "put the file into the plan and link to it from this document's folder";
