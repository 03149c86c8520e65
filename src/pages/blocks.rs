//! Sections that leave out what nobody wrote: no fact without a value, no column without a cell, no empty table.
//!
//! [`section`] puts blocks under a heading; [`facts`], [`table`] and [`keyed`] make them. A section without a block is
//! left out of its page.

use std::borrow::Cow;

use super::parts::{Block, Fact, Row, Section, Table, Value};
use super::view::View;
use crate::plan::value::{Item, Text};

pub(super) use crate::plan::address::anchored;

/// Returns the section `title` with those of `blocks` that say something.
pub(super) fn section<'p>(
    id: impl Into<Cow<'p, str>>,
    title: impl Into<Cow<'p, str>>,
    blocks: impl IntoIterator<Item = Option<Block<'p>>>,
) -> Section<'p> {
    let section = Section::new(id, title);
    blocks.into_iter().flatten().fold(section, Section::block)
}

/// Returns those of `facts` that have a value.
pub(super) fn facts<'p>(facts: impl IntoIterator<Item = Fact<'p>>) -> Option<Block<'p>> {
    let told: Vec<_> = facts
        .into_iter()
        .filter(|fact| fact.value != Value::Empty)
        .collect();
    (!told.is_empty()).then_some(Block::Facts(told))
}

/// Returns those of `values` that are something, as a list.
pub(super) fn list<'p>(values: impl IntoIterator<Item = Value<'p>>) -> Option<Block<'p>> {
    let told: Vec<_> = values
        .into_iter()
        .filter(|value| *value != Value::Empty)
        .collect();
    (!told.is_empty()).then_some(Block::List(told))
}

/// Returns a table with a row for each of `items`.
pub(super) fn table<'p, T, const N: usize>(
    caption: &'static str,
    columns: [&'static str; N],
    items: impl IntoIterator<Item = T>,
    row: impl Fn(T) -> [Value<'p>; N],
) -> Table<'p> {
    let mut table = Table::new(caption, columns);
    for item in items {
        table.row(row(item));
    }
    table
}

/// Returns a table with a row for each of `items`, which is found at `#<anchor>-<id>`.
pub(super) fn keyed<'p, T, const N: usize>(
    caption: &'static str,
    columns: [&'static str; N],
    anchor: &str,
    items: &'p [Item<T>],
    row: impl Fn(&'p Item<T>) -> [Value<'p>; N],
) -> Table<'p> {
    let mut table = Table::new(caption, columns);
    for item in items {
        table.anchored_row(anchored(anchor, &item.id.value), row(item));
    }
    table
}

/// Returns `table` without the columns in which no row says anything, or none when it has no row.
pub(super) fn told(table: Table<'_>) -> Option<Block<'_>> {
    told_with(table, &[])
}

/// Returns `table` as [`told`] does, but with the columns `kept` even while they are empty: to be filled in by hand.
pub(super) fn told_with<'p>(mut table: Table<'p>, kept: &[&str]) -> Option<Block<'p>> {
    let rows = || table.groups.iter().flat_map(|group| &group.rows);
    let says =
        |row: &Row<'_>, at: usize| row.cells.get(at).is_some_and(|cell| *cell != Value::Empty);
    let columns = table.columns.iter().enumerate();
    // The first column names the rows.
    let stays: Vec<bool> = columns
        .map(|(at, column)| {
            at == 0 || kept.contains(&&*column.label) || rows().any(|row| says(row, at))
        })
        .collect();
    retain(&mut table.columns, &stays);
    for group in &mut table.groups {
        for row in &mut group.rows {
            retain(&mut row.cells, &stays);
        }
    }
    (!table.is_empty()).then_some(Block::Table(table))
}

/// Keeps those of `things` of which `stays` says so.
fn retain<T>(things: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    things.retain(|_| stays.next().is_none_or(|stays| *stays));
}

/// Returns the title of the thing `id`; the id itself when it has none.
pub(super) fn name<'p>(view: &View<'p>, title: Option<&'p Text>, id: &'p str) -> Value<'p> {
    match title {
        Some(title) => view.prose(&title.value).into(),
        None => Value::code(id),
    }
}

/// Returns those of `values` that say something, as one.
pub(super) fn several<'p>(values: impl IntoIterator<Item = Value<'p>>) -> Value<'p> {
    Value::list(values.into_iter().filter(|value| *value != Value::Empty))
}

/// Returns how many there are.
pub(super) fn count<'p>(many: usize) -> Value<'p> {
    Value::Number(i64::try_from(many).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_a_cell_is_left_out() {
        let check = |kept: &[&str], expected: &[&str]| {
            let rows = [("a", Value::Empty, "x"), ("b", Value::Empty, "y")];
            let row = |(name, empty, text): (&'static str, Value<'static>, &'static str)| {
                [name.into(), empty, text.into(), Value::Empty]
            };
            let table = table("Letters", ["Name", "Nothing", "Text", "By hand"], rows, row);
            let Some(Block::Table(table)) = told_with(table, kept) else {
                unreachable!("it has rows")
            };
            let labels: Vec<_> = table.columns.iter().map(|column| &*column.label).collect();
            assert_eq!(labels, expected);
            let widths = table
                .groups
                .iter()
                .flat_map(|group| &group.rows)
                .map(|row| row.cells.len());
            assert!(widths.eq([expected.len(); 2]));
        };
        check(&[], &["Name", "Text"]);
        check(&["By hand"], &["Name", "Text", "By hand"]);
        assert_eq!(
            told(table("None", ["Name"], [], |(): ()| [Value::Empty])),
            None
        );
    }
}
