//! References: ids of other documents.

use std::fmt;
use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use super::{Value, Visitor};
use crate::plan::description::Shape;
use crate::plan::document::DocId;
use crate::plan::kinds::Kind;
use crate::plan::reader::Reader;
use crate::syntax::tree::Node;
use crate::text::Span;

/// The kinds that a reference may point at.
pub trait Refers {
    /// The kinds; a bare id is looked up in this order.
    const KINDS: &'static [Kind];
}

/// An id as written, and the document that it turned out to mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The text as written, such as `payments-4.2` or `turnover:2026-q4/production`.
    pub written: Box<str>,
    /// Where it is written.
    pub span: Span,
    /// The document, once the plan was whole; none when there is no such document (which is reported once) and for
    /// `tbd`.
    pub target: Option<DocId>,
}

impl Reference {
    /// Returns the kind before the colon, if one is named, and the id.
    pub fn parts(&self) -> (Option<Kind>, &str) {
        match self.written.split_once(':') {
            Some((kind, id)) if Kind::named(kind).is_some() => (Kind::named(kind), id.trim_start()),
            _ => (None, &self.written),
        }
    }

    /// Returns whether the author has left it open.
    pub fn is_open(&self) -> bool {
        &*self.written == "tbd"
    }
}

/// A reference to a document of one of the kinds that `K` names.
pub struct Ref<K> {
    /// What was written and what it means.
    pub reference: Reference,
    kinds: PhantomData<fn() -> K>,
}

impl<K> std::ops::Deref for Ref<K> {
    type Target = Reference;

    fn deref(&self) -> &Reference {
        &self.reference
    }
}

impl<K> Clone for Ref<K> {
    fn clone(&self) -> Self {
        Self {
            reference: self.reference.clone(),
            kinds: PhantomData,
        }
    }
}

impl<K> fmt::Debug for Ref<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reference.fmt(formatter)
    }
}

impl<K: Refers> Value for Ref<K> {
    fn shape() -> Shape {
        Shape::Reference(K::KINDS)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let words: Vec<_> = K::KINDS.iter().map(|kind| kind.with_article()).collect();
        let scalar = reader.scalar(node, &format!("the id of {}", words.join(" or ")))?;
        let reference = Reference {
            written: scalar.text.as_ref().into(),
            span: node.span,
            target: None,
        };
        Some(Self {
            reference,
            kinds: PhantomData,
        })
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.reference(&mut self.reference, K::KINDS);
    }
}

impl<K> Serialize for Ref<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.reference.written)
    }
}
