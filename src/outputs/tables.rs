//! `index.csv` beside the index of each kind (RFC 4180): a line for each document, and a column for each field that is
//! one value or a list of such. The columns are called as in the documents, and all of them are there whatever the plan
//! says, so that a reader can rely on them.

use serde_json::Value;

use super::csv::Csv;
use super::{Build, OutputError, Sink};
use crate::pages::Portal;
use crate::pages::channels::tables;
use crate::plan::description::{Field, Shape};
use crate::plan::{DocId, Kind};

/// What every table begins with.
const OWN: [&str; 8] = [
    "id",
    "title",
    "path",
    "file",
    "train",
    "application",
    "owner",
    "tags",
];

/// Writes the table of every kind.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    for (kind, path) in tables() {
        let table = table(build.portal, kind);
        sink.put(&path, table.into_string().as_bytes())?;
    }
    Ok(())
}

fn table(portal: &Portal<'_>, kind: Kind) -> Csv {
    let fields = kind.description().fields.iter();
    let fields: Vec<&str> = fields
        .filter(|field| is_column(field))
        .map(|field| field.name)
        .collect();
    let columns: Vec<&str> = OWN.iter().chain(&fields).copied().collect();
    let mut csv = Csv::new(&columns);
    for &id in portal.published_of(kind) {
        let cells = row(portal, id, &fields);
        csv.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    csv
}

/// Returns whether the values of `field` fit into a cell and no column of every table says them.
fn is_column(field: &Field) -> bool {
    !OWN.contains(&field.name) && is_cell(&(field.shape)(), true)
}

fn is_cell(shape: &Shape, may_list: bool) -> bool {
    match shape {
        Shape::Scalar(_) | Shape::Choice(_) | Shape::Reference(_) => true,
        Shape::List(of) => may_list && is_cell(of, false),
        Shape::OneOf(shapes) => shapes.iter().all(|shape| is_cell(shape, may_list)),
        _ => false,
    }
}

fn row(portal: &Portal<'_>, id: DocId, fields: &[&str]) -> Vec<String> {
    let plan = portal.plan;
    let document = plan.document(id);
    let named =
        |id: Option<DocId>| id.map_or_else(String::new, |id| plan.document(id).id.to_string());
    let owner = document.common.owner.as_ref();
    let tags: Vec<&str> = document.common.tags.iter().map(|tag| &*tag.value).collect();
    let mut row = vec![
        document.id.to_string(),
        document.title.to_string(),
        portal.path(id).unwrap_or_default().to_owned(),
        plan.path(id).to_owned(),
        named(document.belongs.train),
        named(document.belongs.application),
        owner.map_or_else(String::new, |owner| owner.written.to_string()),
        tags.join("; "),
    ];
    // The fields are written as `plan.json` has them; every map of the plan has text for keys.
    let written = serde_json::to_value(&document.detail).unwrap_or_default();
    row.extend(fields.iter().map(|name| cell(&written[name])));
    row
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
