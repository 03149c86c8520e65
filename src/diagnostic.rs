//! Diagnostics as values: what was found, where, and what to do about it.
//!
//! Any floor that reads or checks produces a [`Finding`]: a rule's name, a fact, the places that show it and the
//! action that mends it. The rule book gives it a [`Severity`], and it becomes a [`Diagnostic`]. Nothing here prints.

mod finding;
mod fixes;
mod severity;

pub use finding::{Diagnostic, Edit, Finding, Findings, Fix, Label, RuleName};
pub use fixes::fixed;
pub use severity::{Level, Severity};
