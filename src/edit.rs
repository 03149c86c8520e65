//! Changing a plan's files as a careful person would: what is not meant stays as it is, to the byte.
//!
//! [`format()`] puts a frontmatter into its canonical order and layout. [`shift()`] says which written dates move when a
//! train moves, [`rewritten`] what the files hold then, and [`is_as_meant`] whether the plan that is read from them has the
//! dates that were meant. All take texts or a plan and give texts: nothing here reads or writes a file, or decides whether
//! a plan is good.

mod format;
mod shift;

pub use format::{Formatted, Refusal, format};
pub use shift::{Change, Kept, Shift, Why, is_as_meant, rewritten, shift, start_of};
