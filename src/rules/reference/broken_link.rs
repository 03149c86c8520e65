//! `reference/broken-link`: links in bodies lead to documents that exist.

use super::links::{BodyLink, hint, is_asset, links};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::{LinkTarget, Plan};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Error, include_str!("broken-link.md"), check);

const NAME: &str = "reference/broken-link";

/// What to do about a link to something that is nowhere in the plan.
const ABSENT: &str = "write the document, or link to one that exists";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    findings.extend(links(plan).filter_map(|link| fault(plan, &link)));
}

fn fault(plan: &Plan, link: &BodyLink<'_>) -> Option<Finding> {
    let new = |message: String| Finding::new(NAME, link.place(plan), message);
    match &link.target {
        LinkTarget::Outside => {
            let message = format!("`{}` leads out of the plan", link.link.destination);
            Some(new(message).hint("link to its `https` address, or copy the file into the plan"))
        }
        LinkTarget::Missing(path) if !is_asset(link.link, path) => Some(if is_folder(plan, path) {
            let message = format!("the folder `{path}` has no `index.md` to link to");
            new(message).hint("link to a document in it, or write its `index.md`")
        } else {
            let hint = hint(plan, link.from, path).unwrap_or_else(|| ABSENT.to_owned());
            new(format!("there is no document `{path}`")).hint(hint)
        }),
        _ => None,
    }
}

fn is_folder(plan: &Plan, path: &str) -> bool {
    let inside = |file: &str| {
        file.strip_prefix(path)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    path.is_empty() || plan.sources.iter().any(|(_, source)| inside(&source.path))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a failed test may panic")]

    use super::check;
    use crate::lifecycle::Progress;
    use crate::load::load;
    use crate::rules::book::Context;
    use crate::schedule::Schedule;
    use crate::time::Day;
    use crate::world::Memory;

    const PLAN: &str = "\
-- applications/payments/index.md --
---
---
-- trains/2026-q4/releases/payments-4.2.md --
---
---
-- trains/2026-q4/notes/ledger.md --
---
---
";

    /// Compares what is said about a link to `destination` in the page `pages/p.md`.
    fn says(destination: &str, expected: Option<(&str, &str)>) {
        let page = format!("-- pages/p.md --\n---\n---\n[x]({destination})\n");
        let plan = load(&Memory::of_txtar(&format!("{PLAN}{page}"))).plan;
        let as_of = Day::parse("2026-11-21").expect("a day");
        let mut findings = Vec::new();
        let context = Context {
            plan: &plan,
            schedule: &Schedule::new(&plan),
            progress: &Progress::new(&plan, as_of),
            as_of,
        };
        check(&context, &mut findings);
        let found = findings.first();
        let found = found.map(|it| (it.message.as_str(), it.hint.as_deref().unwrap_or_default()));
        assert_eq!(found, expected, "{destination}");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_told_where_to_lead() {
        let q4 = "../trains/2026-q4";
        says(&format!("{q4}/releases/payments-4.2.md"), None);
        says("../applications/payments/", None);
        says("/applications/payments", None);
        says("https://example.org/x.md", None);
        says(
            "payments-4.2.md",
            Some((
                "there is no document `pages/payments-4.2.md`",
                "did you mean `../trains/2026-q4/releases/payments-4.2.md`?",
            )),
        );
        says(
            &format!("{q4}/releases/payments-4.2"),
            Some((
                "there is no document `trains/2026-q4/releases/payments-4.2`",
                "did you mean `../trains/2026-q4/releases/payments-4.2.md`?",
            )),
        );
        says(
            &format!("{q4}/notes/leger.md"),
            Some((
                "there is no document `trains/2026-q4/notes/leger.md`",
                "did you mean `../trains/2026-q4/notes/ledger.md`?",
            )),
        );
        says(
            &format!("{q4}/releases/"),
            Some((
                "the folder `trains/2026-q4/releases` has no `index.md` to link to",
                "link to a document in it, or write its `index.md`",
            )),
        );
        says(
            "../_drafts/p.md",
            Some((
                "there is no document `_drafts/p.md`",
                "names that start with `_` or `.` are never read: rename it",
            )),
        );
        says(
            "../../p.md",
            Some((
                "`../../p.md` leads out of the plan",
                "link to its `https` address, or copy the file into the plan",
            )),
        );
        let nowhere = "there is no document `pages/nowhere.md`";
        says("nowhere.md", Some((nowhere, super::ABSENT)));
    }
}
