//! What the faults met while a plan was read leave in doubt.
//!
//! A fault is reported once, where it is. What it hides is put in doubt, so that no rule takes it for missing; and what
//! a later step says of a place that could not even be read is only an echo.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Finding, Findings};
use crate::plan::{DocId, Document, Doubts, Plan};
use crate::text::{FileId, Location};

/// The rules whose faults leave open what was meant at their place: the text itself is no text or no YAML.
const ILLEGIBLE: [&str; 2] = ["document/invalid-yaml", "document/not-utf8"];

/// Puts in doubt what `findings`, which were met while `plan` was read, stand in.
pub(super) fn mark(plan: &mut Plan, findings: &[Finding]) {
    let documents = plan.documents();
    let files: FxHashMap<FileId, DocId> = documents
        .filter(|(_, document)| document.host.is_none())
        .map(|(id, document)| (document.file, id))
        .collect();
    for finding in findings {
        if let Some(id) = files.get(&finding.at.file) {
            let key = key(plan, finding);
            let document = &mut plan.documents_mut()[id.index()];
            mark_at(document, finding);
            key.iter().for_each(|key| document.doubts.add(key));
        }
    }
    mark_inside(plan);
}

fn mark_at(document: &mut Document, finding: &Finding) {
    let span = finding.at.span;
    let body = document.body.span;
    // What is said at the head is said of the whole document; which field it means, its reader has noted.
    let is_of_whole = span == document.head;
    let is_in_body = body.start <= span.start && body.start < body.end;
    if !is_of_whole && !is_in_body {
        document.doubts.add_fault(span);
    }
}

/// Returns the key that stands in the line of `finding`, when the line could not be read: the value of the key before
/// it has swallowed it.
fn key(plan: &Plan, finding: &Finding) -> Option<String> {
    if !ILLEGIBLE.contains(&finding.rule.0) {
        return None;
    }
    let text = &plan.sources.get(finding.at.file).text;
    let at = finding.at.span.range().start;
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let (key, _) = text.get(start..)?.lines().next()?.split_once(':')?;
    Some(key.trim().trim_matches(['"', '\'']).to_owned())
}

/// Puts the documents written inside others in doubt where the list that they stand in is.
fn mark_inside(plan: &mut Plan) {
    let inside = |(id, document): (DocId, &Document)| {
        let host = document.host?;
        plan.doubts(host, "milestones").then_some(id)
    };
    let doubtful: Vec<_> = plan.documents().filter_map(inside).collect();
    for id in doubtful {
        plan.documents_mut()[id.index()].doubts = Doubts::whole();
    }
}

/// Drops the findings that stand in a line which could not be read, and whose fault has been reported there, and those
/// that miss a field in a document of which such a line may hold it.
pub(super) fn drop_echoes(plan: &Plan, findings: &mut Findings) {
    let line = |at: Location| (at.file, plan.sources.positions(at).0.line);
    let is_illegible = |finding: &&Finding| ILLEGIBLE.contains(&finding.rule.0);
    let mut illegible = FxHashSet::default();
    let mut files = FxHashSet::default();
    for finding in findings.iter().filter(is_illegible) {
        illegible.insert(line(finding.at));
        illegible.extend(finding.labels.iter().map(|label| line(label.at)));
        files.insert(finding.at.file);
    }
    if illegible.is_empty() {
        return;
    }
    let heads: FxHashSet<_> = plan
        .documents()
        .filter(|(_, document)| document.host.is_none() && files.contains(&document.file))
        .map(|(id, _)| plan.head(id))
        .collect();
    let is_echo = |finding: &Finding| {
        let misses = finding.rule.0 == "document/missing-field" && heads.contains(&finding.at);
        misses || illegible.contains(&line(finding.at))
    };
    findings.retain(|finding| is_illegible(&finding) || !is_echo(finding));
}
