//! A document as programs read it: what `plan.json` and the data beside each page have in common.

use serde::Serialize;

use crate::pages::Portal;
use crate::plan::common::Common;
use crate::plan::{Detail, DocId, Kind};

/// One document.
#[derive(Serialize)]
pub(super) struct Entry<'p> {
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

/// Returns the document `id`; none when it is not published.
pub(super) fn entry<'p>(portal: &'p Portal<'p>, id: DocId) -> Option<Entry<'p>> {
    let plan = portal.plan;
    let document = plan.document(id);
    let named = |id: Option<DocId>| id.map(|id| &*plan.document(id).id);
    Some(Entry {
        kind: document.kind,
        id: &document.id,
        title: &document.title,
        path: portal.path(id)?,
        file: &plan.sources.get(document.file).path,
        train: named(document.belongs.train),
        application: named(document.belongs.application),
        common: &document.common,
        fields: &document.detail,
    })
}

/// Returns `data` as JSON that ends with a line break.
///
/// Writing to memory does not fail, and every map of the plan has text for keys: none is none that can happen.
pub(super) fn json(data: &impl Serialize) -> Option<Vec<u8>> {
    let mut bytes = serde_json::to_vec(data).ok()?;
    bytes.push(b'\n');
    Some(bytes)
}
