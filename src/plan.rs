//! The plan: every document of every kind, typed, with ids, references and dates resolved.
//!
//! [`Plan`] is what `load` builds and everything above reads. A kind is described once, in its file under
//! [`kinds`]; the `record!` macro makes its type, reader, documentation and visitor from that description.
//! A plan refuses nothing: what does not hold together is a finding, and the rest of the plan stands.

pub mod address;
pub mod common;
pub mod config;
mod course;
pub mod description;
mod document;
mod doubts;
mod inherit;
pub mod kinds;
mod link;
pub mod parts;
mod people;
mod publication;
pub mod reader;
mod record;
pub mod schema;
mod stages;
mod succession;
pub mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{FileId, Location, Sources, Span};
use crate::time::Calendar;

use value::Digest;

pub use course::Course;
pub use document::{Belonging, Body, Doc, DocId, Document};
pub use doubts::Doubts;
pub use inherit::{Inherited, InheritedMilestone};
pub use kinds::{Detail, Kind, OfKind};
pub use link::{Field, INDEXES, Link, LinkTarget};
pub use people::{Act, Deed, Duty};
pub use publication::{Drafts, Publication};
pub use stages::Stages;
pub use succession::{PlannedStage, Succession};

/// A whole release plan.
#[derive(Debug, Default)]
pub struct Plan {
    /// What `trainboard.yaml` says.
    pub config: config::Config,
    /// The file that says it, when there is one.
    pub config_file: Option<FileId>,
    /// The files that the plan was read from.
    pub sources: Sources,
    /// Files beside the documents, by path: images, evidence, and whatever else lies around.
    pub assets: BTreeSet<String>,
    /// The digests of the files that criteria name as their evidence, by path.
    pub evidence: BTreeMap<String, Digest>,
    /// Every reference from one document to another, by the document that it stands in.
    pub links: Vec<Link>,
    documents: Vec<Document>,
    kinds: Vec<Range<u32>>,
    ids: Vec<FxHashMap<Box<str>, DocId>>,
    paths: FxHashMap<Box<str>, DocId>,
    inbound: Vec<Vec<u32>>,
    calendars: FxHashMap<DocId, Calendar>,
}

impl Plan {
    /// Returns the plan of `documents`, which are sorted by kind and id; their references are not resolved yet.
    pub fn new(
        config: config::Config,
        config_file: Option<FileId>,
        sources: Sources,
        documents: Vec<Document>,
    ) -> Self {
        let at = |index: usize| DocId(u32::try_from(index).unwrap_or(u32::MAX));
        let start_of = |kind: Kind| documents.partition_point(|document| document.kind < kind);
        let end_of = |kind: Kind| documents.partition_point(|document| document.kind <= kind);
        let kinds = Kind::ALL
            .iter()
            .map(|&kind| at(start_of(kind)).0..at(end_of(kind)).0)
            .collect();
        let numbered = || {
            documents
                .iter()
                .enumerate()
                .map(|(index, document)| (at(index), document))
        };
        let mut ids = vec![FxHashMap::default(); Kind::ALL.len()];
        for (id, document) in numbered() {
            ids[document.kind as usize].insert(document.id.clone(), id);
        }
        let files = numbered().filter(|(_, document)| document.host.is_none());
        let paths = files
            .map(|(id, document)| (sources.get(document.file).path.as_str().into(), id))
            .collect();
        Self {
            config,
            config_file,
            documents,
            kinds,
            ids,
            paths,
            sources,
            ..Self::default()
        }
    }

    /// Returns every document with its id, by kind and id.
    pub fn documents(&self) -> impl Iterator<Item = (DocId, &Document)> {
        (0..).map(DocId).zip(&self.documents)
    }

    /// Returns the documents to be completed while the plan is loaded.
    pub fn documents_mut(&mut self) -> &mut Vec<Document> {
        &mut self.documents
    }

    /// Returns how many documents there are as files; those written inside another one do not count.
    pub fn file_count(&self) -> usize {
        self.documents
            .iter()
            .filter(|document| document.host.is_none())
            .count()
    }

    /// Returns the document `id`, which this plan gave out.
    pub fn document(&self, id: DocId) -> &Document {
        &self.documents[id.index()]
    }

    /// Returns the documents of `kind`, by id.
    pub fn of_kind(&self, kind: Kind) -> impl ExactSizeIterator<Item = (DocId, &Document)> {
        let range = self.kinds.get(kind as usize).cloned().unwrap_or_default();
        let documents = &self.documents[range.start as usize..range.end as usize];
        documents
            .iter()
            .enumerate()
            .map(move |(index, document)| (DocId(range.start + index as u32), document))
    }

    /// Returns the documents of the kind `T`, by id.
    pub fn all<T: OfKind>(&self) -> impl Iterator<Item = Doc<'_, T>> {
        self.of_kind(T::KIND)
            .filter_map(|(id, document)| Doc::new(id, document))
    }

    /// Returns the documents of the kind `T` whose ids are scoped to the train or release `owner`, by id.
    pub fn scoped_to<T: OfKind>(&self, owner: DocId) -> impl Iterator<Item = Doc<'_, T>> {
        let prefix = format!("{}/", self.document(owner).id);
        let range = self
            .kinds
            .get(T::KIND as usize)
            .cloned()
            .unwrap_or_default();
        let of_kind = &self.documents[range.start as usize..range.end as usize];
        // Ids are sorted, so those with one beginning follow each other.
        let start = of_kind.partition_point(|document| *document.id < *prefix);
        let scoped = of_kind[start..]
            .iter()
            .take_while(move |document| document.id.starts_with(&prefix));
        let first = range.start + start as u32;
        (first..)
            .map(DocId)
            .zip(scoped)
            .filter_map(|(id, document)| Doc::new(id, document))
    }

    /// Returns the document `id` as one of the kind `T`, or none when it is of another kind.
    pub fn get<T: OfKind>(&self, id: DocId) -> Option<Doc<'_, T>> {
        Doc::new(id, self.document(id))
    }

    /// Returns the document that `reference` turned out to mean, as one of the kind `T`.
    pub fn follow<T: OfKind>(&self, reference: Option<&value::Ref<T>>) -> Option<Doc<'_, T>> {
        self.get(reference?.target?)
    }

    /// Returns the document of `kind` with the full id `id`, such as `2026-q4/production`.
    pub fn find(&self, kind: Kind, id: &str) -> Option<DocId> {
        self.ids.get(kind as usize)?.get(id).copied()
    }

    /// Returns the full ids of the documents of `kind`, in no order.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.ids
            .get(kind as usize)
            .into_iter()
            .flat_map(|ids| ids.keys().map(AsRef::as_ref))
    }

    /// Returns the document in the file at `path`, relative to the plan.
    pub fn at_path(&self, path: &str) -> Option<DocId> {
        self.paths.get(path).copied()
    }

    /// Returns the path of the file that the document `id` stands in.
    pub fn path(&self, id: DocId) -> &str {
        &self.sources.get(self.document(id).file).path
    }

    /// Returns the place of `span` in the document `id`.
    pub fn locate(&self, id: DocId, span: Span) -> Location {
        Location::new(self.document(id).file, span)
    }

    /// Returns where to point when the document `id` lacks something.
    pub fn head(&self, id: DocId) -> Location {
        self.locate(id, self.document(id).head)
    }

    /// Sets every reference between documents, once they are resolved.
    pub fn set_links(&mut self, links: Vec<Link>) {
        self.inbound = vec![Vec::new(); self.documents.len()];
        for (index, link) in (0..).zip(&links) {
            if let Some(target) = link.to {
                self.inbound[target.index()].push(index);
            }
        }
        self.links = links;
    }

    /// Returns the references that point at the document `id`.
    pub fn links_to(&self, id: DocId) -> impl Iterator<Item = &Link> {
        self.inbound
            .get(id.index())
            .into_iter()
            .flatten()
            .map(|&index| &self.links[index as usize])
    }

    /// Returns the references that stand in the document `id`.
    pub fn links_from(&self, id: DocId) -> &[Link] {
        let start = self.links.partition_point(|link| link.from < id);
        let end = self.links.partition_point(|link| link.from <= id);
        &self.links[start..end]
    }

    /// Sets the business days of every calendar document.
    pub fn set_calendars(&mut self, calendars: FxHashMap<DocId, Calendar>) {
        self.calendars = calendars;
    }

    /// Returns the business days of the calendar document `id`.
    pub fn calendar(&self, id: DocId) -> Option<&Calendar> {
        self.calendars.get(&id)
    }
}
