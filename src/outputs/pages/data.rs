//! What a page says, for programs: its answers, facts and tables, each value with its words and with what stands behind
//! them. Drawings are left out: the table beside each says the same.
//!
//! Words are those of the page, in the portal's language; states, dates and addresses are the machine's. A change that a
//! reader could notice raises [`VERSION`]; [`schema`] describes it.

mod datum;

use std::borrow::Cow;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::pages::parts::{self, Block};
use crate::pages::{Page, Portal, Route};
use datum::{Datum, Speaker};

/// The version of the shape.
const VERSION: u32 = 1;

/// What a page says.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "trainboard page")]
pub(super) struct Said<'p> {
    /// The version of this shape.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The page, relative to the portal's root.
    path: &'p str,
    /// Its heading.
    title: Cow<'p, str>,
    /// Which kind of page it is, as `data-page-type` says: `readiness`.
    page_type: &'p str,
    /// The day for which it is computed, as `2026-11-21`.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// The state of what the page is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Datum<'p>>,
    /// The answers to what people ask first.
    answers: Vec<Answer<'p>>,
    /// What is told before all sections.
    facts: Vec<Fact<'p>>,
    /// The parts of the page.
    sections: Vec<Section<'p>>,
    /// The pages over which the list or the time is spread that this page shows a part of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pages: Vec<Datum<'p>>,
}

/// The answer to a question.
#[derive(Serialize, JsonSchema)]
struct Answer<'p> {
    /// What it answers: `next-release`.
    id: &'p str,
    /// The question, in two words.
    label: Cow<'p, str>,
    /// The answer.
    value: Datum<'p>,
    /// The state of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Datum<'p>>,
    /// What belongs to it: the date, the reason, the next one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Datum<'p>>,
}

/// A label and its value.
#[derive(Serialize, JsonSchema)]
struct Fact<'p> {
    /// The label.
    label: Cow<'p, str>,
    /// The value.
    value: Datum<'p>,
}

/// A titled part of a page.
#[derive(Serialize, JsonSchema)]
struct Section<'p> {
    /// Its name among the sections of the page, and its anchor where it has a heading.
    id: &'p str,
    /// Its heading.
    title: Cow<'p, str>,
    /// The state of what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Datum<'p>>,
    /// Its facts.
    facts: Vec<Fact<'p>>,
    /// Its tables.
    tables: Vec<Table<'p>>,
    /// What else it says, in order: the entries of lists, sentences, what is empty, and where there is more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<Datum<'p>>,
    /// Its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<Self>,
}

/// A table.
#[derive(Serialize, JsonSchema)]
struct Table<'p> {
    /// What it shows.
    caption: Cow<'p, str>,
    /// The headers of its columns.
    columns: Vec<Cow<'p, str>>,
    /// Its rows.
    rows: Vec<Row<'p>>,
}

/// A row of a table.
#[derive(Serialize, JsonSchema)]
struct Row<'p> {
    /// The anchor of what it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'p str>,
    /// The heading under which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Datum<'p>>,
    /// One value for each column.
    cells: Vec<Datum<'p>>,
}

/// Returns the JSON Schema of what pages say.
pub fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings
        .into_generator()
        .into_root_schema_for::<Said<'_>>()
        .to_value()
}

/// Returns what `page` says, which is the page at `route`.
pub(super) fn of<'p>(portal: &'p Portal<'_>, route: &'p Route, page: &'p Page<'p>) -> Said<'p> {
    let speaker = Speaker {
        locale: portal.locale,
        path: &route.path,
    };
    let Page { shell, document } = page;
    let links = document.pages.iter().flat_map(|pages| &pages.links);
    Said {
        version: VERSION,
        path: &route.path,
        title: speaker.word(&shell.title),
        page_type: shell.page_type,
        as_of: portal.publication.as_of.to_string(),
        state: document.state.as_ref().map(|state| speaker.state(state)),
        answers: document
            .answers
            .iter()
            .map(|of| speaker.answer(of))
            .collect(),
        facts: speaker.facts(&document.facts).collect(),
        sections: speaker.sections(&document.sections),
        pages: links.map(|link| speaker.link(link)).collect(),
    }
}

impl<'p> Speaker<'p> {
    fn answer(self, answer: &'p parts::Answer<'_>) -> Answer<'p> {
        Answer {
            id: answer.slug,
            label: self.word(&answer.label),
            value: self.value(&answer.value),
            state: answer.state.as_ref().map(|state| self.state(state)),
            details: self.values(&answer.details).collect(),
        }
    }

    fn facts(self, facts: &'p [parts::Fact<'_>]) -> impl Iterator<Item = Fact<'p>> {
        facts.iter().map(move |fact| Fact {
            label: self.word(&fact.label),
            value: self.value(&fact.value),
        })
    }

    fn sections(self, sections: &'p [parts::Section<'_>]) -> Vec<Section<'p>> {
        sections.iter().map(|of| self.section(of)).collect()
    }

    fn section(self, section: &'p parts::Section<'_>) -> Section<'p> {
        let mut said = Section {
            id: &section.id,
            title: self.word(&section.title),
            state: section.state.as_ref().map(|state| self.state(state)),
            facts: Vec::new(),
            tables: Vec::new(),
            lines: Vec::new(),
            sections: self.sections(&section.sections),
        };
        for block in &section.blocks {
            match block {
                Block::Facts(facts) => said.facts.extend(self.facts(facts)),
                Block::Table(table) => said.tables.push(self.table(table)),
                Block::Months(months) => {
                    let tables = months.months.iter().map(|month| self.month(month));
                    said.tables.extend(tables);
                }
                Block::List(values) => said.lines.extend(self.values(values)),
                Block::Prose(prose) => said.lines.push(Datum::prose(prose)),
                Block::Track(stages) => said.lines.extend(stages.iter().map(|of| self.stage(of))),
                Block::More(link) => said.lines.push(self.link(link)),
                Block::Empty(empty) => {
                    said.lines.push(Datum::of(self.word(&empty.fact)));
                    said.lines.extend(empty.how.as_ref().map(Datum::prose));
                }
                Block::Timeline(_)
                | Block::Lanes(_)
                | Block::Chart(_)
                | Block::Graph(_)
                | Block::Board(_)
                | Block::Bars(_) => {}
            }
        }
        said
    }

    fn table(self, table: &'p parts::Table<'_>) -> Table<'p> {
        let rows = table.groups.iter().flat_map(|group| {
            group.rows.iter().map(|row| Row {
                id: row.id.as_deref(),
                group: group.title.as_ref().map(|title| self.value(title)),
                cells: self.values(&row.cells).collect(),
            })
        });
        let columns = table.columns.iter();
        Table {
            caption: self.word(&table.caption),
            columns: columns.map(|column| self.word(&column.label)).collect(),
            rows: rows.collect(),
        }
    }

    /// Returns the days of a month on which something takes place.
    fn month(self, month: &'p parts::Month<'_>) -> Table<'p> {
        let days = month
            .weeks
            .iter()
            .flat_map(|week| week.days.iter().flatten());
        let rows = days.filter(|day| !day.marks.is_empty()).map(|day| Row {
            id: None,
            group: None,
            cells: vec![self.day(day), self.marks(day)],
        });
        Table {
            caption: self.value(&month.caption).text,
            columns: ["Day", "What"]
                .map(|label| self.locale.word(label).into())
                .into(),
            rows: rows.collect(),
        }
    }
}
