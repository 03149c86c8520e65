//! `plan.json`: the whole published plan for programs, and for other plans that refer to it.
//!
//! A change that a reader could notice raises [`VERSION`].

use serde::Serialize;

use super::{Build, OutputError, Sink};
use crate::pages::Portal;
use crate::plan::common::Common;
use crate::plan::{Detail, Document, Kind};

/// The version of the shape.
const VERSION: u32 = 1;

/// The whole plan.
#[derive(Serialize)]
struct Data<'p> {
    version: u32,
    title: Option<&'p str>,
    base_url: Option<&'p str>,
    as_of: String,
    documents: Vec<Entry<'p>>,
}

/// One document.
#[derive(Serialize)]
struct Entry<'p> {
    kind: Kind,
    id: &'p str,
    title: &'p str,
    /// The page, relative to the portal's root.
    path: &'p str,
    /// The file, relative to the plan.
    file: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    train: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<&'p str>,
    common: &'p Common,
    fields: &'p Detail,
}

/// Writes `plan.json`.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let portal = build.portal;
    let config = &portal.plan.config;
    let documents = portal.plan.documents().filter_map(|(id, document)| {
        let path = portal.path(id)?;
        Some(entry(portal, document, path))
    });
    let data = Data {
        version: VERSION,
        title: config.title.as_ref().map(|title| &*title.value),
        base_url: config.base_url.as_ref().map(|url| &*url.value.0),
        as_of: portal.publication.as_of.to_string(),
        documents: documents.collect(),
    };
    let mut bytes = Vec::new();
    // Writing to memory does not fail, and every map of the plan has text for keys.
    if serde_json::to_writer(&mut bytes, &data).is_ok() {
        bytes.push(b'\n');
        sink.put("plan.json", &bytes)?;
    }
    Ok(())
}

fn entry<'p>(portal: &Portal<'p>, document: &'p Document, path: &'p str) -> Entry<'p> {
    let plan = portal.plan;
    let named = |id: Option<crate::plan::DocId>| id.map(|id| &*plan.document(id).id);
    Entry {
        kind: document.kind,
        id: &document.id,
        title: &document.title,
        path,
        file: &plan.sources.get(document.file).path,
        train: named(document.belongs.train),
        application: named(document.belongs.application),
        common: &document.common,
        fields: &document.detail,
    }
}
