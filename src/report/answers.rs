//! The answers of commands that ask a plan something: may this be deployed, what is due, what does an approval cover.
//!
//! An answer is put together once, from facts that `schedule` and `lifecycle` know, and is written in one of three
//! [`Layout`]s. For people it is a `Sheet`: a headline, sections of lines with the places that they stand on, and a few
//! closing words, on a terminal or as Markdown. For programs it is one JSON object with a `version`; a change of its keys
//! that a reader could notice raises that.

pub mod approve;
pub mod can_deploy;
pub mod diff;
pub mod due;
pub mod shift;

mod forge;
mod sheet;

use std::io::{self, Write};

use serde::Serialize;

use super::Ink;
use crate::plan::{DocId, Plan};

use sheet::Sheet;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// For a terminal.
    Human(Ink),
    /// For a comment, a chat or a page.
    Markdown,
    /// For programs.
    Json,
}

/// Writes `sheet` or `object`, which say the same, in `layout`; fails only when the writer does.
fn write(
    layout: Layout,
    sheet: impl FnOnce() -> Sheet,
    object: &impl Serialize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match layout {
        Layout::Human(ink) => sheet().write_human(ink, out),
        Layout::Markdown => sheet().write_markdown(out),
        Layout::Json => {
            serde_json::to_writer_pretty(&mut *out, object)?;
            writeln!(out)
        }
    }
}

/// Returns what a message calls the document `id`: `turnover 2026-q4/production`.
fn name(plan: &Plan, id: DocId) -> String {
    let document = plan.document(id);
    format!("{} {}", document.kind, document.id)
}

/// Returns `names` as a sentence lists them: `a`, `a and b`, `a, b and c`.
fn listed(names: &[impl AsRef<str>], and: &str) -> String {
    let names: Vec<_> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} {and} {last}", rest.join(", ")),
    }
}

/// Returns `count` of what one and many are called: `1 day`, `3 days`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{counted, listed};

    #[test]
    fn lists_and_numbers_read_as_sentences_do() {
        let check = |names: &[&str], words: &str| assert_eq!(listed(names, "and"), words);
        check(&[], "");
        check(&["a"], "a");
        check(&["a", "b"], "a and b");
        check(&["a", "b", "c"], "a, b and c");
        assert_eq!(counted(1, "day", "days"), "1 day");
        assert_eq!(counted(0, "day", "days"), "0 days");
    }
}
