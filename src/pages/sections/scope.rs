//! The scope of a release: its items by category.

use crate::pages::blocks;
use crate::pages::parts::{Fact, Link, Section, Table, Tally, Value};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::plan::kinds::release::Release;
use crate::plan::parts::item::{Item as Scope, ItemCategory, ItemStatus};
use crate::plan::value::{Choices, Item, Keyed, Text};

const COLUMNS: [&str; 5] = ["Item", "What it brings", "State", "Change", "Release note"];

/// Returns the section of the scope items, those of one category after another, and how many are done.
pub(in crate::pages) fn items<'p>(view: &View<'p>, items: &'p Keyed<Scope>) -> Section<'p> {
    let mut table = Table::new("Scope items by category", COLUMNS);
    let known = ItemCategory::CHOICES
        .iter()
        .map(|choice| ItemCategory::of(choice.word));
    for category in known.chain([None]) {
        let mut of_category = items
            .iter()
            .filter(|item| category_of(item) == category)
            .peekable();
        if let Some(first) = of_category.peek() {
            table.group(match first.category.as_ref() {
                None => Value::word("Other items"),
                category => view.choice(category),
            });
        }
        for item in of_category {
            table.anchored_row(blocks::anchored("item", &item.id.value), row(view, item));
        }
    }
    let done = blocks::facts([Fact::new("Done", done(items))]);
    blocks::section("items", "Scope", [done, blocks::told(table)])
}

fn category_of(item: &Scope) -> Option<ItemCategory> {
    item.category.as_ref().map(|category| category.value)
}

/// Returns how many of the items that are still in the release are done.
fn done(items: &Keyed<Scope>) -> Option<Tally> {
    let is = |item: &Item<Scope>, status| {
        item.status
            .as_ref()
            .is_some_and(|written| written.value == status)
    };
    let of = items
        .iter()
        .filter(|item| !is(item, ItemStatus::Dropped))
        .count();
    let count = items
        .iter()
        .filter(|item| is(item, ItemStatus::Done))
        .count();
    (of > 0).then_some(Tally { count, of })
}

fn row<'p>(view: &View<'p>, item: &'p Item<Scope>) -> [Value<'p>; 5] {
    let id = &*item.id.value;
    [
        item.url.as_ref().map_or_else(
            || Value::code(id),
            |url| Link::new(&*url.value.0, id).into(),
        ),
        view.text(item.title.as_ref()),
        view.state(item.status.as_ref()).into(),
        view.maybe(item.change.as_ref()),
        view.own_word(item.note.as_ref()),
    ]
}

/// Returns the scope items of `release` that `ids` name, as links to where the release lists them.
pub(in crate::pages) fn items_named<'p>(
    view: &View<'p>,
    release: Option<DocId>,
    ids: &'p [Text],
) -> Value<'p> {
    let release = release.and_then(|id| view.portal.plan.get::<Release>(id));
    let link = |id: &'p Text| {
        let release = release.filter(|release| release.fields.items.get(&id.value).is_some())?;
        let path = view.portal.path(release.id)?;
        Some(
            Link::new(
                view.href(&format!("{path}#{}", blocks::anchored("item", &id.value))),
                &*id.value,
            )
            .into(),
        )
    };
    Value::list(
        ids.iter()
            .map(|id| link(id).unwrap_or_else(|| Value::code(&*id.value))),
    )
}
