//! What changed in a body: which of its parts, by their headings.

use std::collections::BTreeMap;

use super::edit::{Content, Edit, Meaning, Step};
use crate::syntax::body::outline;
use crate::text::Span;

/// Returns the parts of a body that changed from `old` to `new`, in the order of the new one; those that are gone last.
pub(super) fn compare(old: &str, new: &str) -> Vec<Edit> {
    if same(old, new) {
        return Vec::new();
    }
    let (before, after) = (parts(old), parts(new));
    let known: BTreeMap<&str, &str> = before.iter().map(|(name, text)| (&**name, *text)).collect();
    let mut edits = Vec::new();
    for (name, text) in &after {
        match known.get(&**name) {
            None => edits.push(edit(name, Meaning::Added)),
            Some(earlier) if !same(earlier, text) => edits.push(edit(name, Meaning::Reworded)),
            Some(_) => {}
        }
    }
    let is_kept = |name: &str| after.iter().any(|(other, _)| other == name);
    let gone = before.iter().filter(|(name, _)| !is_kept(name));
    edits.extend(gone.map(|(name, _)| edit(name, Meaning::Removed)));
    edits
}

/// Returns whether two texts say the same, however their lines are broken.
fn same(one: &str, other: &str) -> bool {
    one == other || one.split_whitespace().eq(other.split_whitespace())
}

fn edit(heading: &str, meaning: Meaning) -> Edit {
    let below = (!heading.is_empty()).then(|| Step::Item(heading.to_owned()));
    Edit {
        field: [Step::Field("body")].into_iter().chain(below).collect(),
        before: Content::Nothing,
        after: Content::Nothing,
        meaning,
        follows: None,
    }
}

/// Returns the parts of `body`, each below its heading; what stands before the first heading has none, and is left out
/// when it says nothing. Of two parts with one heading the later one counts.
fn parts(body: &str) -> Vec<(String, &str)> {
    let headings = outline(body, Span::new(0..body.len())).headings;
    let mut parts: Vec<(String, &str)> = Vec::new();
    let mut start = (String::new(), 0);
    let ends = headings.iter().map(|heading| heading.span.range());
    let ends = ends.chain(std::iter::once(body.len()..body.len()));
    let mut names = headings.iter().map(|heading| heading.text.clone());
    for range in ends {
        let text = body.get(start.1..range.start).unwrap_or_default();
        if !start.0.is_empty() || !text.trim().is_empty() {
            parts.push((std::mem::take(&mut start.0), text));
        }
        start = (names.next().unwrap_or_default(), range.end);
    }
    parts
}
