//! The rule book: every rule, and the page of each as `trainboard explain` prints it.

use super::{Topic, link, shell};
use crate::markdown::{Body, Place};
use crate::pages::blocks;
use crate::pages::frame::Page;
use crate::pages::parts::{Block, Document, Fact, Link, Prose, Section, State, Value};
use crate::pages::view::View;
use crate::rules::{Expectation, Found, GROUPS, Group, Rule};
use crate::syntax::body::outline;
use crate::text::Span;

/// Returns the groups of rules, each with a link to its page.
pub(super) fn groups<'p>(view: &View<'p>) -> Section<'p> {
    let columns = ["Group", "What it is about", "Rules"];
    let table = blocks::table("Groups of rules", columns, GROUPS, |group| {
        [
            group_link(view, group).into(),
            view.prose(group.about).into(),
            blocks::count(group.rules.len()),
        ]
    });
    Section::new("rules", "Rules").block(Block::Table(table))
}

fn group_link<'p>(view: &View<'p>, group: &Group) -> Link<'p> {
    link(view, Topic::Group(group.name), group.name)
}

/// The rules of `group`.
pub(super) fn group<'p>(view: &View<'p>, group: &'static Group) -> Page<'p> {
    let title = view
        .portal
        .locale
        .phrase("Rules: {group}", &[("group", &group.name)]);
    let columns = ["Rule", "Severity", "What it asks for"];
    let table = blocks::table("Rules", columns, group.rules, |rule| {
        [
            link(view, Topic::Rule(rule.name.0), rule.name.0).into(),
            State::new(rule.severity.word()).into(),
            view.prose(&rule.first_sentence()).into(),
        ]
    });
    let about = format!("{}: {}", group.name, group.about);
    let section = Section::new("all", "Rules").block(Block::Table(table));
    Page {
        shell: shell(view, "rules", title, &about),
        document: Document {
            summary: Some(view.prose(group.about)),
            sections: vec![section],
            ..Document::default()
        },
    }
}

/// The page of `rule`.
pub(super) fn page<'p>(view: &View<'p>, rule: &'static Rule) -> Page<'p> {
    let about = format!("{}: {}", rule.name.0, rule.first_sentence());
    let mut shell = shell(view, "rule", rule.name.0, &about);
    let group = GROUPS
        .iter()
        .find(|group| group.rules.iter().any(|of| of.name == rule.name));
    shell
        .crumbs
        .extend(group.map(|group| group_link(view, group)));
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
        Fact::new("Group", group.map(|group| group_link(view, group))),
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
