//! Which document of one plan is which of the other: by kind and id, and by the names that files had.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::comparison::Subject;
use crate::load::CONFIG;
use crate::plan::{DocId, Document, Plan};

/// The documents of two plans, side by side.
#[derive(Debug)]
pub(super) struct Pairs<'a> {
    old: &'a Plan,
    new: &'a Plan,
    /// The old document of each new one.
    before: Vec<Option<DocId>>,
    /// The new document of each old one.
    after: Vec<Option<DocId>>,
}

impl<'a> Pairs<'a> {
    /// Returns which documents of `old` and `new` are the same; `renames` holds old paths by new ones.
    pub(super) fn of(old: &'a Plan, new: &'a Plan, renames: &BTreeMap<String, String>) -> Self {
        let mut pairs = Self {
            old,
            new,
            before: vec![None; new.documents().count()],
            after: vec![None; old.documents().count()],
        };
        for (to, from) in renames {
            if let (Some(one), Some(other)) = (old.at_path(from), new.at_path(to)) {
                pairs.join(one, other);
            }
        }
        // A file that says the same and has its id keeps it, so nothing else can be meant.
        for (id, document) in new.documents() {
            if let Some(earlier) = old.find(document.kind, &document.id) {
                pairs.join(earlier, id);
            }
        }
        pairs.join_moved();
        pairs.join_hosted();
        pairs
    }

    fn join(&mut self, one: DocId, other: DocId) {
        let (after, before) = (
            &mut self.after[one.index()],
            &mut self.before[other.index()],
        );
        if after.is_none() && before.is_none() {
            (*after, *before) = (Some(other), Some(one));
        }
    }

    /// Joins the files that were moved with their text as it is.
    fn join_moved(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut gone: FxHashMap<&str, Vec<DocId>> = FxHashMap::default();
        let lost = |(id, document): &(DocId, &Document)| {
            document.host.is_none() && self.after[id.index()].is_none()
        };
        for (id, document) in old.documents().filter(lost) {
            let text = &*old.sources.get(document.file).text;
            gone.entry(text).or_default().push(id);
        }
        let come = new
            .documents()
            .filter(|(id, document)| document.host.is_none() && self.before[id.index()].is_none());
        let mut found = Vec::new();
        for (id, document) in come {
            let text = &*new.sources.get(document.file).text;
            let same = gone.get_mut(text).filter(|_| !text.trim().is_empty());
            let Some(same) = same else { continue };
            let of_kind = |one: &DocId| old.document(*one).kind == document.kind;
            if let Some(at) = same.iter().position(of_kind) {
                found.push((same.remove(at), id));
            }
        }
        for (one, other) in found {
            self.join(one, other);
        }
    }

    /// Joins what is written inside of documents that belong together.
    fn join_hosted(&mut self) {
        let (old, new) = (self.old, self.new);
        let hosted = new
            .documents()
            .filter(|(_, document)| document.host.is_some());
        let mut found = Vec::new();
        for (id, document) in hosted {
            let host = document.host.and_then(|host| self.before(host));
            let Some(host) = host.filter(|_| self.before(id).is_none()) else {
                continue;
            };
            let known = format!("{}/{}", old.document(host).id, document.short_id());
            found.extend(old.find(document.kind, &known).map(|one| (one, id)));
        }
        for (one, other) in found {
            self.join(one, other);
        }
    }

    /// Returns what the new document `id` was.
    pub(super) fn before(&self, id: DocId) -> Option<DocId> {
        self.before.get(id.index()).copied().flatten()
    }

    /// Returns what became of the old document `id`.
    pub(super) fn after(&self, id: DocId) -> Option<DocId> {
        self.after.get(id.index()).copied().flatten()
    }

    /// Returns every new document that was there before, with what it was.
    pub(super) fn both(&self) -> impl Iterator<Item = (DocId, DocId)> {
        let numbered = (0..).map(DocId).zip(&self.before);
        numbered.filter_map(|(new, old)| Some(((*old)?, new)))
    }

    /// Returns the new documents that were not there.
    pub(super) fn added(&self) -> impl Iterator<Item = DocId> {
        let numbered = (0..).map(DocId).zip(&self.before);
        numbered
            .filter(|(_, old)| old.is_none())
            .map(|(new, _)| new)
    }

    /// Returns the old documents that are gone.
    pub(super) fn removed(&self) -> impl Iterator<Item = DocId> {
        let numbered = (0..).map(DocId).zip(&self.after);
        numbered
            .filter(|(_, new)| new.is_none())
            .map(|(old, _)| old)
    }

    /// Returns the old path of every file that has another one, by the new path.
    pub(super) fn renames(&self) -> BTreeMap<String, String> {
        let paths = self
            .both()
            .map(|(one, other)| (self.old.path(one), self.new.path(other)));
        let renamed = paths.filter(|(from, to)| from != to);
        renamed
            .map(|(from, to)| (to.to_owned(), from.to_owned()))
            .collect()
    }

    /// Returns the new document `id` as it is spoken of.
    pub(super) fn subject(&self, id: DocId) -> Subject {
        subject(self.new, id)
    }

    /// Returns the old document `id` as it is spoken of: as it is now, if it still is.
    pub(super) fn old_subject(&self, id: DocId) -> Subject {
        match self.after(id) {
            Some(new) => subject(self.new, new),
            None => subject(self.old, id),
        }
    }
}

/// Returns the document `id` of `plan` as it is spoken of.
fn subject(plan: &Plan, id: DocId) -> Subject {
    let document = plan.document(id);
    Subject {
        kind: Some(document.kind),
        id: document.id.to_string(),
        title: document.title.to_string(),
        path: plan.path(id).to_owned(),
    }
}

/// Returns the settings of the plan as they are spoken of.
pub(super) fn settings() -> Subject {
    Subject {
        kind: None,
        id: String::new(),
        title: String::new(),
        path: CONFIG.to_owned(),
    }
}
