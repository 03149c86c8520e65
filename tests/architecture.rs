//! The house's invariants: what is absent from the source, and why.
//!
//! Each invariant reads source text and returns what breaks it. Each test first shows on small examples that its
//! invariant can fail, and that it lets the innocent pass; then it holds the real source to it. [`rooms`] says who may
//! know whom, [`edge`] who may touch the world, [`shape`] what the code looks like, and [`words`]
//! what has to be said in every language.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a broken house is a failed test"
)]

#[path = "architecture/rooms.rs"]
mod rooms;

#[path = "architecture/edge.rs"]
mod edge;

#[path = "architecture/shape.rs"]
mod shape;

#[path = "architecture/words.rs"]
mod words;

#[path = "architecture/source.rs"]
mod source;

use std::path::Path;

use source::{File, house};

/// Returns what breaks an invariant in `files`.
type Invariant = fn(files: &[File]) -> Vec<String>;

/// Asserts that `invariant` finds fault with each of `broken`, with none of `sound`, and with nothing in the source.
/// Examples are lists of paths and texts.
#[track_caller]
fn check(invariant: Invariant, broken: &[(&str, &str)], sound: &[(&str, &str)]) {
    let violations = |&(path, text): &(&str, &str)| invariant(&[File::new(path, text)]);
    for example in broken {
        assert!(
            !violations(example).is_empty(),
            "not found to be broken: {example:?}"
        );
    }
    for example in sound {
        assert!(
            violations(example).is_empty(),
            "{:?} in {example:?}",
            violations(example)
        );
    }
    let found = invariant(&house(root()));
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns what `forbidden` says against each file, behind the file's path.
fn each(files: &[File], forbidden: impl Fn(&File) -> Vec<String>) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| {
            forbidden(file)
                .into_iter()
                .map(|fault| format!("{}: {fault}", file.path))
        })
        .collect()
}

/// Returns the room that `file` stands in; none for the crate's own roots.
fn room(file: &File) -> Option<&str> {
    file.module.first().map(String::as_str)
}
