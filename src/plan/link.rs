//! References between documents, as edges that can be followed both ways.

use std::borrow::Cow;

use super::value::Text;
use super::{Detail, DocId, Kind, Plan};
use crate::syntax::body::{Destination, resolve};
use crate::text::Span;

/// Where in a document a reference stands: the first and the last key on the way to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    /// The key at the top: `needs`.
    pub top: &'static str,
    /// The key that holds it: `release`. The same as `top` when nothing is between.
    pub leaf: &'static str,
}

/// A reference from one document to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The document that it stands in.
    pub from: DocId,
    /// Under which key.
    pub field: Field,
    /// Where.
    pub span: Span,
    /// The kinds that it may point at.
    pub kinds: &'static [Kind],
    /// The document that it means; none when there is none.
    pub to: Option<DocId>,
}

/// What a link in a body leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget<'a> {
    /// A document, and a heading in it.
    Document(DocId, Option<Cow<'a, str>>),
    /// A file of the plan that is copied as it is.
    Asset(String),
    /// A page elsewhere.
    External(Cow<'a, str>),
    /// A path in the plan at which there is nothing.
    Missing(String),
    /// A path that leads out of the plan.
    Outside,
    /// An address that is never followed.
    Unsafe(String),
}

/// The names of the files that speak for the folder that they are in.
pub const INDEXES: [&str; 2] = ["index.md", "README.md"];

impl Plan {
    /// Returns what a link in the body of the document `from` leads to. This is the one place that decides it, for the
    /// rules and for the portal.
    pub fn link_target<'a>(&self, from: DocId, destination: Destination<'a>) -> LinkTarget<'a> {
        match destination {
            Destination::External(url) | Destination::Mail(url) => LinkTarget::External(url),
            Destination::Unsafe(scheme) => LinkTarget::Unsafe(scheme),
            Destination::Anchor(anchor) => LinkTarget::Document(from, Some(anchor)),
            Destination::Document { path, anchor } => match resolve(self.path(from), &path) {
                None => LinkTarget::Outside,
                Some(path) => match self.at_place(&path) {
                    Some(document) => LinkTarget::Document(document, anchor),
                    None => LinkTarget::Missing(path),
                },
            },
            Destination::Asset(path) => match resolve(self.path(from), &path) {
                None => LinkTarget::Outside,
                Some(path) if self.assets.contains(&path) => LinkTarget::Asset(path),
                Some(path) => match self.at_place(&path) {
                    Some(document) => LinkTarget::Document(document, None),
                    None => LinkTarget::Missing(path),
                },
            },
        }
    }

    /// Returns the document at `path`, or the one that speaks for the folder there.
    fn at_place(&self, path: &str) -> Option<DocId> {
        let folder = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let index = |name: &&str| self.at_path(&format!("{folder}{name}"));
        self.at_path(path)
            .or_else(|| INDEXES.iter().find_map(index))
    }

    /// Returns the files that the criteria of the document `id` name as their evidence, each as it is written and as a
    /// path of the plan; none for a path that leads out of it.
    pub fn evidence_files(&self, id: DocId) -> impl Iterator<Item = (&Text, Option<String>)> {
        let gates = match &self.document(id).detail {
            Detail::Train(train) => &*train.gates,
            Detail::Release(release) => &*release.gates,
            _ => &[],
        };
        let criteria = gates.iter().flat_map(|gate| gate.criteria.iter());
        let files = criteria.filter_map(|criterion| criterion.evidence.as_ref()?.file.as_ref());
        files.map(move |file| (file, self.path_from(id, file)))
    }

    /// Returns the path in the plan that `written` means in the document `id`; none for one that leads out of the plan.
    pub fn path_from(&self, id: DocId, written: &str) -> Option<String> {
        resolve(self.path(id), written)
    }
}
