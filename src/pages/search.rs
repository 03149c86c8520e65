//! Search: one field for everything in the portal, and without scripts the way to every index.

use super::frame::{Layout, Page, capitalised, shell_of_list};
use super::parts::{Block, Document, Link, Section, Value};
use super::{Portal, Route, Subject, View, menu};
use crate::plan::Kind;
use crate::plan::address::{SEARCH, page_address, rule_address};
use crate::rules as book;
use crate::search::{Index, Place};

/// Returns the route of the page.
pub(super) fn route() -> Route {
    Route {
        path: page_address(SEARCH, 1),
        subject: Subject::Search,
    }
}

/// Returns the page, with the first files of the index, from the portal's root, and what people call one of each kind, in
/// English; the index has their numbers.
pub(super) fn layout<'p>(view: &View<'p>) -> Layout<'p> {
    let index = index(view.portal);
    let about = "Find releases, trains, people, versions, tickets and words anywhere in this plan";
    let kinds = Kind::ALL.iter().map(|kind| capitalised(kind.one()));
    let page = Page {
        shell: shell_of_list(view, "search", "Search", about, 1),
        document: Document {
            sections: vec![everything(view)],
            ..Document::default()
        },
    };
    page.with("search.html")
        .and("index", [&index.entries.path, &index.words.path])
        .and("kinds", kinds)
}

/// Returns the section that leads to every index, with how much is there.
fn everything<'p>(view: &View<'p>) -> Section<'p> {
    let others = menu::own_pages().filter(|(_, path)| path != view.path);
    let own =
        others.map(|(title, path)| Link::new(view.href(&path), view.portal.locale.word(title)));
    let kinds = Kind::ALL.iter().filter_map(|&kind| {
        let count = view.portal.published_of(kind).len();
        let many = capitalised(kind.many());
        let text = format!("{} ({count})", view.portal.locale.word(&many));
        (count > 0).then(|| Link {
            text: text.into(),
            ..view.index(kind)
        })
    });
    let links = kinds.chain(own).map(Value::from).collect();
    Section::new("everything", "Everything in this plan").block(Block::List(links))
}

/// Returns the search index of `portal`.
pub fn index<'p>(portal: &'p Portal<'_>) -> &'p Index {
    let places = || places(portal);
    portal
        .index
        .get_or_init(|| Index::new(portal.plan, portal.publication, &places()))
}

/// Returns the portal's own pages that have a name.
fn places(portal: &Portal<'_>) -> Vec<Place> {
    let own = menu::own_pages().map(|(title, path)| Place {
        title: portal.locale.word(title).to_owned(),
        summary: String::new(),
        path,
    });
    let indexes = Kind::ALL.iter().map(|&kind| Place {
        title: portal.locale.word(&capitalised(kind.many())).to_owned(),
        summary: String::new(),
        path: page_address(kind.folder(), 1),
    });
    let rules = book::all().map(|rule| Place {
        title: rule.name.0.to_owned(),
        summary: rule.first_sentence(),
        path: rule_address(rule.name.0),
    });
    own.chain(indexes).chain(rules).collect()
}
