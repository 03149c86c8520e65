//! One document of a plan.

use std::ops::Deref;

use serde::Serialize;

use super::common::Common;
use super::doubts::Doubts;
use super::kinds::{Detail, Kind, OfKind};
use super::value::Extra;
use crate::syntax::body::Outline;
use crate::text::{FileId, Span};

/// A document of a plan: an index into its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);

impl DocId {
    /// Returns it as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One document: a file, or a milestone written inside one.
#[derive(Debug)]
pub struct Document {
    /// Its kind.
    pub kind: Kind,
    /// Its full id, unique in its kind: `payments-4.2`, `2026-q4/production`.
    pub id: Box<str>,
    /// The name that people read.
    pub title: Box<str>,
    /// The file that it stands in.
    pub file: FileId,
    /// Where to point when it lacks something: its first key.
    pub head: Span,
    /// The bytes of its file that are its own: all of them, or of a document written inside another one its part.
    pub extent: Span,
    /// The fields that every kind has.
    pub common: Common,
    /// The fields of its own kind.
    pub detail: Detail,
    /// Its prose.
    pub body: Body,
    /// What it belongs to.
    pub belongs: Belonging,
    /// The document that it is written inside of, when it is no file of its own.
    pub host: Option<DocId>,
    /// What could not be read of it.
    pub doubts: Doubts,
}

/// What a document belongs to, by its place or by its own word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    /// The train.
    pub train: Option<DocId>,
    /// The release.
    pub release: Option<DocId>,
    /// The application.
    pub application: Option<DocId>,
}

/// The prose of a document.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Its bytes in the file.
    pub span: Span,
    /// Its headings and links.
    pub outline: Outline,
}

impl Document {
    /// Returns the id without the train that it is scoped to: `production` of `2026-q4/production`.
    pub fn short_id(&self) -> &str {
        if self.kind.is_scoped() {
            self.id.rsplit_once('/').map_or(&self.id, |(_, id)| id)
        } else {
            &self.id
        }
    }

    /// Returns the team's own keys.
    pub fn extra(&self) -> &Extra {
        // Both halves are read from the same mapping, and so is this.
        &self.common.extra
    }
}

/// A document seen as one of the kind `T`: it reads as that kind's fields, with the whole document beside them.
#[derive(Debug, Serialize)]
pub struct Doc<'p, T> {
    /// Its id in the plan.
    #[serde(skip)]
    pub id: DocId,
    /// The whole document.
    #[serde(skip)]
    pub document: &'p Document,
    /// The fields of its kind.
    #[serde(flatten)]
    pub fields: &'p T,
}

impl<T> Clone for Doc<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Doc<'_, T> {}

impl<'p, T: OfKind> Doc<'p, T> {
    /// Returns `document` seen as one of the kind `T`, or none when it is of another kind.
    pub fn new(id: DocId, document: &'p Document) -> Option<Self> {
        T::of(&document.detail).map(|fields| Self {
            id,
            document,
            fields,
        })
    }
}

impl<T> Deref for Doc<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.fields
    }
}
