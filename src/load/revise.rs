//! A document whose body alone is another one now.

use std::sync::Arc;

use crate::diagnostic::Findings;
use crate::plan::{Body, DocId, Plan};
use crate::syntax::{self, body};

/// Returns the document in the file `path` of `plan`, its text and its body, when `bytes` is what the file holds now and
/// nothing but the body has changed; none when the plan has to be loaded anew to know what follows.
pub fn revise(plan: &Plan, path: &str, bytes: &[u8]) -> Option<(DocId, Arc<str>, Body)> {
    let id = plan.at_path(path)?;
    let document = plan.document(id);
    let old = &plan.sources.get(document.file).text;
    let decoded = syntax::decode(bytes);
    if decoded.fault.is_some() || !path.ends_with(".md") {
        return None;
    }
    let text: Arc<str> = decoded.text.into();
    let mut findings = Findings::new();
    let parsed = syntax::parse(document.file, &text, &mut findings);
    let start = parsed.body.range().start;
    let is_head_same =
        start == document.body.span.range().start && text.get(..start) == old.get(..start);
    if !is_head_same || !findings.is_empty() {
        return None;
    }
    let body = Body {
        span: parsed.body,
        outline: body::outline(&text, parsed.body),
    };
    let title = |body: &Body| body.outline.title().map(|heading| heading.text.clone());
    let is_named_same = document.common.title.is_some() || title(&body) == title(&document.body);
    is_named_same.then_some((id, text, body))
}
