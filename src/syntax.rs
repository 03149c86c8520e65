//! One document's text → spanned data.

pub mod tree;
