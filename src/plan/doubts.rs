//! What could not be read of a document.
//!
//! A field whose value is at fault looks, once it is read, like one that nobody wrote. Doubts tell the two apart: what
//! is in doubt is neither missing nor wrong, it is not known.

use std::collections::BTreeSet;

use super::{DocId, Plan};
use crate::text::Span;

/// What is not known of a document because it, or what it was written in, could not be read.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// The fields at the top that were written, each with its key and its value.
    written: Vec<(Box<str>, Span)>,
    /// The fields that a reported fault stands in or has hidden.
    fields: BTreeSet<Box<str>>,
    /// Whether a fault may have hidden any field that was not written.
    absent: bool,
}

impl Doubts {
    /// Returns no doubts about a document in which the fields `written` stand at the top.
    pub fn none(written: Vec<(Box<str>, Span)>) -> Self {
        Self {
            written,
            ..Self::default()
        }
    }

    /// Returns doubts about every field: nothing of the document could be read.
    pub fn whole() -> Self {
        Self {
            absent: true,
            ..Self::default()
        }
    }

    /// Puts the field `name` in doubt.
    pub fn add(&mut self, name: &str) {
        self.fields.insert(name.into());
    }

    /// Puts every field in doubt that was not written.
    pub fn add_absent(&mut self) {
        self.absent = true;
    }

    /// Puts the field in doubt that the fault at `span` stands in, or every one that was not written where it stands in
    /// none.
    pub fn add_fault(&mut self, span: Span) {
        let around =
            |field: &&(Box<str>, Span)| field.1.start <= span.start && span.start <= field.1.end;
        // Where one field ends the next may begin.
        match self.written.iter().rev().find(around) {
            Some((name, _)) => {
                self.fields.insert(name.clone());
            }
            None => self.absent = true,
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && !self.absent
    }

    /// Returns whether the field `name` is in doubt.
    pub fn has(&self, name: &str) -> bool {
        let is_written = || self.written.iter().any(|(field, _)| **field == *name);
        self.fields.contains(name) || self.absent && !is_written()
    }
}

impl Plan {
    /// Returns whether it is not known what the field `name` of the document `id` says, or whether it is there.
    pub fn doubts(&self, id: DocId, name: &str) -> bool {
        self.document(id).doubts.has(name)
    }

    /// Returns the documents of which something is in doubt, by kind and id.
    pub fn doubtful(&self) -> impl Iterator<Item = DocId> {
        let doubtful = self
            .documents()
            .filter(|(_, document)| !document.doubts.is_empty());
        doubtful.map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::Doubts;
    use crate::text::Span;

    #[test]
    fn a_fault_casts_doubt_on_its_field_or_on_all_that_are_absent() {
        let written = vec![
            ("type".into(), Span::new(4..15)),
            ("history".into(), Span::new(16..90)),
        ];
        let mut doubts = Doubts::none(written);
        assert!(doubts.is_empty() && !doubts.has("type"));
        doubts.add_fault(Span::new(40..44));
        assert!(doubts.has("history") && !doubts.has("type") && !doubts.has("manager"));
        doubts.add_fault(Span::new(0..3));
        assert!(doubts.has("manager") && !doubts.has("type"));
        assert!(Doubts::whole().has("type"));
    }
}
