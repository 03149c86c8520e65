//! A cursor over the text of one value.

use std::ops::{Range, RangeInclusive};

/// A number and the bytes that it was read from.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) range: Range<usize>,
}

/// Reads a text from left to right. A read that fails leaves the cursor where it was.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the offset of the next byte.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Returns what has not been read yet.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    /// Reads `expected`, in capitals or not.
    pub(super) fn eat(&mut self, expected: &str) -> Option<()> {
        let found = self.rest().get(..expected.len())?;
        found.eq_ignore_ascii_case(expected).then(|| {
            self.at += expected.len();
        })
    }

    /// Reads a run of digits whose length is in `length`, at most nine.
    pub(super) fn number(&mut self, length: RangeInclusive<usize>) -> Option<Number> {
        let digits = self
            .rest()
            .bytes()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if !length.contains(&digits) {
            return None;
        }
        let range = self.at..self.at + digits;
        let value = self.text[range.clone()].parse().ok()?;
        self.at = range.end;
        Some(Number { value, range })
    }

    /// Reads ASCII letters, at least one.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        self.at += length;
        (length > 0).then(|| &rest[..length])
    }

    /// Tries `read`, and puts the cursor back if it reads nothing.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }
}
