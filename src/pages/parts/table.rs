//! Tables: always with a caption and headers, their cells typed.

use std::borrow::Cow;

use serde::Serialize;

use super::Value;

/// The edge at which a column's cells stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Where the line starts: words.
    #[default]
    Start,
    /// Where the line ends: numbers.
    End,
}

/// What becomes of a table on a small screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Each row becomes a card whose cells carry their column's label.
    #[default]
    Cards,
    /// The table keeps its grid and scrolls inside a region of its own: a calendar, a matrix.
    Grid,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column<'a> {
    /// The header, in English.
    pub label: Cow<'a, str>,
    /// The edge at which its cells stand.
    pub align: Align,
}

impl<'a> Column<'a> {
    /// Returns a column of numbers.
    pub fn number(label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            label: label.into(),
            align: Align::End,
        }
    }
}

impl<'a> From<&'a str> for Column<'a> {
    fn from(label: &'a str) -> Self {
        Self {
            label: Cow::Borrowed(label),
            align: Align::Start,
        }
    }
}

/// A row. Its first cell is the row's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The permanent anchor of what the row shows, unique on the page.
    pub id: Option<Cow<'a, str>>,
    /// One cell for each column.
    pub cells: Vec<Value<'a>>,
}

/// Rows that belong together, under a heading of their own if it has a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The heading: the step of a run sheet, a state, a month.
    pub title: Option<Value<'a>>,
    /// The rows.
    pub rows: Vec<Row<'a>>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table<'a> {
    /// What the table shows, in English.
    pub caption: Cow<'a, str>,
    /// The columns; at least one.
    pub columns: Vec<Column<'a>>,
    /// The rows in their groups.
    #[serde(skip)]
    pub groups: Vec<Group<'a>>,
    /// The rows as finished HTML; see [`Document::lay`](super::Document::lay).
    pub body: String,
    /// What becomes of it on a small screen.
    pub shape: Shape,
    /// Whether its dates tell how far away they are.
    #[serde(skip)]
    tells_distance: bool,
}

impl<'a> Table<'a> {
    /// Returns a table without rows.
    pub fn new<C: Into<Column<'a>>>(
        caption: impl Into<Cow<'a, str>>,
        columns: impl IntoIterator<Item = C>,
    ) -> Self {
        Self {
            caption: caption.into(),
            columns: columns.into_iter().map(Into::into).collect(),
            groups: Vec::new(),
            body: String::new(),
            shape: Shape::Cards,
            tells_distance: false,
        }
    }

    /// Returns the table with dates that tell how far away they are: for a few rows that are about to come. In a longer
    /// table the distances would only hide the dates. Holds for the rows that are added after it.
    #[must_use]
    pub fn with_distances(mut self) -> Self {
        self.tells_distance = true;
        self
    }

    /// Returns the table with one more column at its end.
    #[must_use]
    pub fn column(mut self, column: impl Into<Column<'a>>) -> Self {
        self.columns.push(column.into());
        self
    }

    /// Returns the table with another shape.
    #[must_use]
    pub fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Begins a group of rows under a heading.
    pub fn group(&mut self, title: impl Into<Value<'a>>) {
        self.groups.push(Group {
            title: Some(title.into()),
            rows: Vec::new(),
        });
    }

    /// Adds a row to the last group.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Value<'a>>) {
        self.add(None, cells);
    }

    /// Adds a row with the permanent anchor `id` to the last group.
    pub fn anchored_row(
        &mut self,
        id: impl Into<Cow<'a, str>>,
        cells: impl IntoIterator<Item = Value<'a>>,
    ) {
        self.add(Some(id.into()), cells);
    }

    /// Keeps the first `most` rows, and returns how many there were besides.
    pub fn cap(&mut self, most: usize) -> usize {
        let (mut left, mut rest) = (most, 0);
        for group in &mut self.groups {
            let kept = group.rows.len().min(left);
            rest += group.rows.len() - kept;
            group.rows.truncate(kept);
            left -= kept;
        }
        self.groups.retain(|group| !group.rows.is_empty());
        rest
    }

    /// Returns whether the table has no row.
    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.rows.is_empty())
    }

    /// Adds a row to the last group, which is begun without a heading if there is none.
    fn add(&mut self, id: Option<Cow<'a, str>>, cells: impl IntoIterator<Item = Value<'a>>) {
        let bare = |cell: Value<'a>| {
            if self.tells_distance {
                cell
            } else {
                cell.bare()
            }
        };
        let row = Row {
            id,
            cells: cells.into_iter().map(bare).collect(),
        };
        match self.groups.last_mut() {
            Some(group) => group.rows.push(row),
            None => self.groups.push(Group {
                title: None,
                rows: vec![row],
            }),
        }
    }
}
