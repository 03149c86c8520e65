//! The reference: the format and the rule book, made from the very code that reads and judges a plan.

mod format;
mod rules;

use super::frame::{Layout, Page, shell_of_list};
use super::parts::{Document, Link, Shell};
use super::{Portal, Route, Subject, View};
use crate::plan::Kind;
use crate::plan::address::{REFERENCE, page_address, rule_address};
use crate::rules as book;

/// A page of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What there is.
    Contents,
    /// The fields of a kind's documents.
    Kind(Kind),
    /// The fields that documents of every kind have.
    Common,
    /// The fields of `trainboard.yaml`.
    Config,
    /// The rules of a group, by its name.
    Group(&'static str),
    /// One rule, by its name.
    Rule(&'static str),
}

impl Topic {
    /// Returns the path of its page, from the portal's root.
    fn path(self) -> String {
        let below = |folder: &str| page_address(&format!("{REFERENCE}/{folder}"), 1);
        match self {
            Self::Contents => page_address(REFERENCE, 1),
            Self::Kind(kind) => below(&format!("format/{}", kind.word())),
            Self::Common => below("format/common"),
            Self::Config => below("format/trainboard.yaml"),
            Self::Group(name) => below(&format!("rules/{name}")),
            Self::Rule(name) => rule_address(name),
        }
    }
}

/// Returns every page of the reference.
pub(super) fn routes(_: &Portal<'_>) -> impl Iterator<Item = Route> {
    let pages = [Topic::Contents, Topic::Common, Topic::Config];
    let kinds = Kind::ALL.iter().copied().map(Topic::Kind);
    let rules = book::all().map(|rule| Topic::Rule(rule.name.0));
    let groups = book::GROUPS.iter().map(|group| Topic::Group(group.name));
    let topics = pages.into_iter().chain(kinds).chain(groups).chain(rules);
    topics.map(|topic| Route {
        path: topic.path(),
        subject: Subject::Reference(topic),
    })
}

/// Returns the page; none when there is nothing at its address.
pub(super) fn layout<'p>(view: &View<'p>, topic: Topic) -> Option<Layout<'p>> {
    let context = match topic {
        Topic::Contents => contents(view),
        Topic::Kind(kind) => format::kind(view, kind),
        Topic::Common => format::common(view),
        Topic::Config => format::config(view),
        Topic::Group(name) => {
            let group = book::GROUPS.iter().find(|group| group.name == name)?;
            rules::group(view, group)
        }
        Topic::Rule(name) => rules::page(view, book::find(name)?),
    };
    Some(context.with("document.html"))
}

/// Returns a link to the page of `topic`.
fn link<'p>(view: &View<'p>, topic: Topic, text: impl Into<std::borrow::Cow<'p, str>>) -> Link<'p> {
    Link::new(view.href(&topic.path()), text)
}

/// Returns the frame of a page below the contents.
fn shell<'p>(
    view: &View<'p>,
    page_type: &'static str,
    title: impl Into<std::borrow::Cow<'p, str>>,
    about: &str,
) -> Shell<'p> {
    let mut shell = shell_of_list(view, page_type, title, about, 1);
    shell.crumbs.push(link(view, Topic::Contents, "Reference"));
    shell
}

/// What the reference has: the format, kind by kind, and the rules, group by group.
fn contents<'p>(view: &View<'p>) -> Page<'p> {
    let about = "The format of a plan and the rules that it is checked by";
    let shell = shell_of_list(view, "reference", "Reference", about, 1);
    Page {
        shell,
        document: Document {
            sections: vec![format::kinds(view), rules::groups(view)],
            ..Document::default()
        },
    }
}
