//! Each key of a mapping once: a second one is reported and dropped.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::super::tree::{Entry, Mapping};
use crate::diagnostic::{Finding, Findings};
use crate::text::{FileId, Location, Span};

/// Adds `entry` to `mapping`, or reports that its key is there already.
pub(super) fn add<'t>(
    mapping: &mut Mapping<'t>,
    keys: &mut Keys<'t>,
    entry: Entry<'t>,
    file: FileId,
    findings: &mut Findings,
) {
    let Some(first) = keys.first(mapping, &entry.key.value) else {
        mapping.entries.push(entry);
        return;
    };
    let message = format!("`{}` is written twice in one mapping", entry.key.value);
    let finding = Finding::new(
        "document/duplicate-key",
        Location::new(file, entry.key.span),
        message,
    )
    .also(Location::new(file, first), "first written here")
    .hint("keep one of the two");
    findings.push(finding);
}

/// The keys of one mapping so far. A small mapping is searched as it is; only a large one is worth an index.
#[derive(Default)]
pub(super) struct Keys<'t> {
    index: FxHashMap<Cow<'t, str>, Span>,
}

impl<'t> Keys<'t> {
    const FEW: usize = 16;

    /// Returns where `key` stands in `mapping`. Keys added since the last call are taken up.
    fn first(&mut self, mapping: &Mapping<'t>, key: &str) -> Option<Span> {
        if mapping.entries.len() < Self::FEW {
            return mapping.get(key).map(|entry| entry.key.span);
        }
        for Entry { key, .. } in &mapping.entries[self.index.len()..] {
            self.index.insert(key.value.clone(), key.span);
        }
        self.index.get(key).copied()
    }
}
