//! `plan.json`: the whole published plan for programs, and for other plans that refer to it.
//!
//! A change that a reader could notice raises [`VERSION`].

use serde::Serialize;

use super::entry::{Entry, entry, json};
use super::{Build, OutputError, Sink};

/// The version of the shape.
const VERSION: u32 = 1;

/// Its path, from the portal's root.
pub const PATH: &str = "plan.json";

/// The whole plan.
#[derive(Serialize)]
struct Data<'p> {
    version: u32,
    title: Option<&'p str>,
    base_url: Option<&'p str>,
    as_of: String,
    documents: Vec<Entry<'p>>,
}

/// Writes `plan.json`.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let portal = build.portal;
    let config = &portal.plan.config;
    let documents = portal.plan.documents();
    let documents = documents.filter_map(|(id, _)| entry(portal, id));
    let data = Data {
        version: VERSION,
        title: config.title.as_ref().map(|title| &*title.value),
        base_url: config.base_url.as_ref().map(|url| &*url.value.0),
        as_of: portal.publication.as_of.to_string(),
        documents: documents.collect(),
    };
    if let Some(bytes) = json(&data) {
        sink.put(PATH, &bytes)?;
    }
    Ok(())
}
