//! Changing a plan's files as a careful person would: what is not meant stays as it is, to the byte.
//!
//! [`format()`] puts a frontmatter into its canonical order and layout. It takes texts and gives texts: it reads and
//! writes no file, and it decides nothing about whether a plan is good.

mod format;

pub use format::{Formatted, Refusal, format};
