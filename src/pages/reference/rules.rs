//! The rule book: every rule, and the page of each as `trainboard explain` prints it.

use super::{Topic, link, shell};
use crate::markdown::{Body, Place};
use crate::pages::blocks;
use crate::pages::frame::Page;
use crate::pages::parts::{Block, Document, Empty, Fact, Prose, Section, State, Table, Value};
use crate::pages::view::View;
use crate::rules::{self, Expectation, Found, GROUPS, Group, Rule};
use crate::syntax::body::outline;
use crate::text::Span;

/// Returns the groups of rules, each with a link to its part of the list.
pub(super) fn groups<'p>(view: &View<'p>) -> Section<'p> {
    let columns = ["Group", "What it is about", "Rules"];
    let table = blocks::table("Groups of rules", columns, GROUPS, |group| {
        let mut to = link(view, Topic::Rules, group.name);
        to.href = format!("{}#{}", to.href, group.name).into();
        [
            to.into(),
            view.prose(group.about).into(),
            blocks::count(group.rules.len()),
        ]
    });
    let all = view
        .portal
        .locale
        .phrase("All {n} rules", &[("n", &rules::all().count())]);
    Section::new("rules", "Rules")
        .block(Block::Table(table))
        .block(Block::More(link(view, Topic::Rules, all)))
}

/// The list of all rules.
pub(super) fn list<'p>(view: &View<'p>) -> Page<'p> {
    let about = "Every rule that a plan is checked by, with its severity";
    let sections: Vec<_> = GROUPS.iter().map(|group| of_group(view, group)).collect();
    Page {
        shell: shell(view, "rules", "Rules", about),
        document: Document {
            contents: sections.iter().map(Section::link).collect(),
            sections,
            ..Document::default()
        },
    }
}

fn of_group<'p>(view: &View<'p>, group: &'static Group) -> Section<'p> {
    let mut table = Table::new(group.about, ["Rule", "Severity", "What it asks for"]);
    for rule in group.rules {
        table.row([
            link(view, Topic::Rule(rule.name.0), rule.name.0).into(),
            State::new(rule.severity.word()).into(),
            view.prose(&rule.first_sentence()).into(),
        ]);
    }
    Section::new(group.name, group.name).table(table, Empty::new("None", None))
}

/// The page of `rule`.
pub(super) fn page<'p>(view: &View<'p>, rule: &'static Rule) -> Page<'p> {
    let about = format!("{}: {}", rule.name.0, rule.first_sentence());
    let mut shell = shell(view, "rule", rule.name.0, &about);
    shell.crumbs.push(link(view, Topic::Rules, "Rules"));
    let text = told(view, rule.page);
    let span = Span::new(0..text.len());
    let outline = outline(&text, span);
    let body = Body {
        text: &text,
        span,
        outline: &outline,
    };
    let html = view
        .portal
        .renderer
        .body(body, &|_| None, &Place::page(rule.name.0));
    let group = GROUPS
        .iter()
        .find(|group| group.rules.iter().any(|of| of.name == rule.name));
    let examples = rule.examples();
    let count = |expected: Expectation| {
        let matching = examples
            .iter()
            .filter(|example| example.expectation == expected);
        blocks::count(matching.count())
    };
    let found = match rule.found {
        Found::Checking(_) => "in the whole plan",
        Found::Reading => "while the plan is read",
        Found::Building => "while the portal is built",
    };
    let facts = vec![
        Fact::new("Severity", State::new(rule.severity.word())),
        Fact::new("In this plan", in_this_plan(view, rule)),
        Fact::new(
            "Group",
            group.map(|group| {
                let mut to = link(view, Topic::Rules, group.name);
                to.href = format!("{}#{}", to.href, group.name).into();
                to
            }),
        ),
        Fact::new("Looked for", Value::word(found)),
        Fact::new("Examples that fail", count(Expectation::Fails)),
        Fact::new("Examples that pass", count(Expectation::Passes)),
    ];
    Page {
        shell,
        document: Document {
            kind: Some("Rule".into()),
            facts: facts
                .into_iter()
                .filter(|fact| fact.value != Value::Empty)
                .collect(),
            opening: Some(Prose::new(String::from(html))),
            ..Document::default()
        },
    }
}

/// Returns the page of a rule with a sentence before each example that says what the rule makes of it.
fn told(view: &View<'_>, page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    for line in page.lines() {
        if let Some(info) = line.strip_prefix("```plan ") {
            let says = match info.starts_with("passes") {
                true => "This follows the rule:",
                false => "This breaks the rule:",
            };
            text.push_str(view.portal.locale.word(says));
            text.push_str("\n\n");
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Returns what the plan's own configuration makes of `rule`.
fn in_this_plan<'p>(view: &View<'p>, rule: &Rule) -> Option<State<'p>> {
    let rules = &view.portal.plan.config.rules;
    let of = [rule.name.0, rule.name.0.split('/').next()?];
    let set = of.iter().find_map(|name| rules.get(name))?;
    Some(State::new(set.value.to_string()))
}
