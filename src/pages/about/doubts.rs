//! What `check` says about the whole plan.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::pages::blocks;
use crate::pages::parts::{Block, Empty, Fact, Link, Section, State, Table, Value};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::plan::address::rule_address;
use crate::text::FileId;

/// How many diagnostics are told one by one.
const MOST_TOLD: usize = 50;

/// The severities, the worst first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// A diagnostic, and the page that it concerns; none for a file that has none.
type Told<'p> = (&'p Diagnostic, Option<DocId>);

/// Returns the diagnostics of what is published and of files that are no document, the worst first.
fn told<'p>(view: &View<'p>) -> Vec<Told<'p>> {
    let plan = view.portal.plan;
    let mut owners: BTreeMap<FileId, DocId> = BTreeMap::new();
    for (id, document) in plan.documents().filter(|(_, of)| of.host.is_none()) {
        owners.insert(document.file, id);
    }
    let page = |diagnostic: &'p Diagnostic| {
        let owner = owners.get(&diagnostic.finding.at.file).copied();
        let is_shown = owner.is_none_or(|id| view.portal.path(id).is_some());
        is_shown.then_some((diagnostic, owner))
    };
    let mut found: Vec<_> = view.portal.diagnostics().iter().filter_map(page).collect();
    found.sort_by_key(|(diagnostic, _)| diagnostic.severity);
    found
}

/// Returns how many there are of each severity; that there is none.
pub(super) fn counts<'p>(view: &View<'p>) -> Vec<Fact<'p>> {
    let told = told(view);
    let count = |severity: Severity| {
        let those = told.iter().filter(|(of, _)| of.severity == severity);
        those.count()
    };
    let counted = SEVERITIES.map(|severity| (severity, count(severity)));
    let facts = counted.into_iter().filter(|(_, count)| *count > 0);
    let facts: Vec<_> = facts
        .map(|(severity, count)| {
            let label = match severity {
                Severity::Error => "Errors",
                Severity::Warning => "Warnings",
                Severity::Info => "Notices",
            };
            let state = State::new(severity.word()).worded(count.to_string());
            Fact::new(label, state)
        })
        .collect();
    match facts.is_empty() {
        true => vec![Fact::new(
            "Warnings",
            State::new("ready").worded("No warnings"),
        )],
        false => facts,
    }
}

/// Returns the section of them: how many of each rule, and the first ones with the pages that they concern.
pub(super) fn warnings<'p>(view: &View<'p>) -> Section<'p> {
    let told = told(view);
    if told.is_empty() {
        let empty = Empty::new("No warnings", None);
        return Section::new("warnings", "Warnings").block(Block::Empty(empty));
    }
    let mut by_rule: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for (diagnostic, _) in &told {
        let rule = diagnostic.finding.rule.0;
        *by_rule.entry((diagnostic.severity, rule)).or_default() += 1;
    }
    let columns = ["Rule", "Severity", "Times"];
    let rules = blocks::table(
        "How often each rule is broken",
        columns,
        by_rule,
        |((severity, rule), count)| {
            [
                Link::new(view.href(&rule_address(rule)), rule).into(),
                State::new(severity.word()).into(),
                blocks::count(count),
            ]
        },
    );
    let rest = told.len().saturating_sub(MOST_TOLD);
    let more = (rest > 0).then(|| {
        let words = view.counted("and {n} more", rest);
        Block::List(vec![words.into()])
    });
    let each = table(view, &told);
    blocks::section(
        "warnings",
        "Warnings",
        [blocks::told(rules), blocks::told(each), more],
    )
}

fn table<'p>(view: &View<'p>, told: &[Told<'p>]) -> Table<'p> {
    let plan = view.portal.plan;
    let columns = ["Where", "Severity", "What", "Rule", "What to do"];
    let first = told.iter().take(MOST_TOLD);
    blocks::table(
        "What is doubtful, the worst first",
        columns,
        first,
        |(of, page)| {
            let finding = &of.finding;
            let (start, _) = plan.sources.positions(finding.at);
            let place = format!("{}:{}", plan.sources.get(finding.at.file).path, start.line);
            [
                match page {
                    Some(id) => view.document(*id),
                    None => Value::code(place),
                },
                State::new(of.severity.word()).into(),
                Value::from(finding.message.as_str()),
                Link::new(view.href(&rule_address(finding.rule.0)), finding.rule.0).into(),
                finding.hint.as_deref().map(Value::from).into(),
            ]
        },
    )
}
