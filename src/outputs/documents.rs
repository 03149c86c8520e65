//! `index.json` beside the page of each document and each index: what the page shows, for programs.
//!
//! A document stands there as in `plan.json`, with what is computed of it for the day: its stage, the results of its gates
//! with their reasons, by how much its stages slipped, what is due, when it is deployed, and the freeze that it meets
//! next. A change that a reader could notice raises [`VERSION`]; [`schema`] describes it.

mod computed;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::entry::{Entry, entry, json};
use super::{Build, OutputError, Sink};
use crate::pages::Portal;
use crate::pages::channels::{data_of, tables};
use crate::pages::notes::{Marks, selections};
use crate::plan::{DocId, Kind};
use computed::{Computed, Facts};

/// The version of the shape.
const VERSION: u32 = 1;

/// What stands in `index.json` beside the page of a document.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "trainboard document")]
struct Page<'p> {
    /// The version of this shape.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The day for which it is computed, as `2026-11-21`.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// The document as in `plan.json`: `kind`, `id`, `title`, `path`, `file`, what it belongs to, the fields of every
    /// kind below `common`, and those of its own below `fields`, as its reference page describes them.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    document: Entry<'p>,
    /// What is computed of it.
    computed: Computed<'p>,
}

/// What stands beside the page of a list: its documents, in the order of the list.
#[derive(Serialize)]
struct List<'p> {
    version: u32,
    as_of: String,
    documents: Vec<Line<'p>>,
}

/// One document of a list.
#[derive(Serialize)]
struct Line<'p> {
    kind: Kind,
    id: &'p str,
    title: &'p str,
    /// The page, relative to the portal's root.
    path: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifiers: Vec<String>,
}

/// Returns the JSON Schema of the data beside the page of a document.
pub fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings
        .into_generator()
        .into_root_schema_for::<Page<'_>>()
        .to_value()
}

/// Writes the data of every document and every list.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let portal = build.portal;
    let facts = Facts::of(portal);
    let as_of = portal.publication.as_of.to_string();
    portal.published().par_iter().try_for_each(|&id| {
        let page = entry(portal, id).map(|document| Page {
            version: VERSION,
            as_of: as_of.clone(),
            document,
            computed: facts.computed(id),
        });
        let path = portal.path(id).and_then(data_of);
        put(path, page.as_ref(), sink)
    })?;
    // Notes are told of as every selection of them is.
    for (kind, path) in tables().filter(|(kind, _)| *kind != Kind::Note) {
        let lines = portal.published_of(kind).iter();
        let documents = lines.filter_map(|&id| line(portal, id)).collect();
        put(data_of(&path), Some(&list(&as_of, documents)), sink)?;
    }
    selections(portal).into_par_iter().try_for_each(|some| {
        let entries = some.entries(portal);
        let documents = entries.iter().filter_map(|entry| {
            let marks = Marks::of(portal.plan, entry.documents());
            let states = marks.states();
            Some(Line {
                date: entry.published.map(|day| day.to_string()),
                marks: states.iter().map(|state| state.slug.to_string()).collect(),
                identifiers: marks.identifiers.into_iter().collect(),
                ..line(portal, entry.note)?
            })
        });
        let path = some.address(portal, 1);
        put(
            path.as_deref().and_then(data_of),
            Some(&list(&as_of, documents.collect())),
            sink,
        )
    })
}

fn put(
    path: Option<String>,
    data: Option<&impl Serialize>,
    sink: &dyn Sink,
) -> Result<(), OutputError> {
    match path.zip(data.and_then(json)) {
        Some((path, bytes)) => Ok(sink.put(&path, &bytes)?),
        None => Ok(()),
    }
}

fn list<'p>(as_of: &str, documents: Vec<Line<'p>>) -> List<'p> {
    List {
        version: VERSION,
        as_of: as_of.to_owned(),
        documents,
    }
}

fn line<'p>(portal: &'p Portal<'_>, id: DocId) -> Option<Line<'p>> {
    let document = portal.plan.document(id);
    Some(Line {
        kind: document.kind,
        id: &document.id,
        title: &document.title,
        path: portal.path(id)?,
        date: None,
        marks: Vec::new(),
        identifiers: Vec::new(),
    })
}
