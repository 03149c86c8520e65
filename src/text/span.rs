//! Places: a range of bytes in one file, and values that remember where they were written.

use std::ops::{Deref, Range};

use serde::{Serialize, Serializer};

/// A half-open range of byte offsets in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the span of `range`, in bytes. Offsets past 4 GiB are clamped: no such file is ever read.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// Returns the empty span at `offset`, in bytes.
    pub fn at(offset: usize) -> Self {
        Self::new(offset..offset)
    }

    /// Returns the span as a range that slices a `str`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns this span moved right by `offset` bytes: from a part's own text into the text around it.
    #[must_use]
    pub fn offset(self, offset: u32) -> Self {
        Self {
            start: self.start + offset,
            end: self.end + offset,
        }
    }

    /// Returns the part of this span that `inner`, counted in bytes from this span's start, stands for.
    #[must_use]
    pub fn slice(self, inner: Range<usize>) -> Self {
        let inner = Self::new(inner).offset(self.start);
        Self {
            start: inner.start.min(self.end),
            end: inner.end.min(self.end),
        }
    }

    /// Returns the smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Returns whether the byte at `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }
}

/// A file of the plan: an index into the plan's sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A span in a file: where a fault, a value or a reference stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

impl Location {
    /// Returns the location of `span` in `file`.
    pub fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// A value and the place in its file where it was written.
///
/// It compares, prints and serialises as the bare value: a place is where we learnt a fact, not part of the fact.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Returns `value` as written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
