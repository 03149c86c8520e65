//! Any text as a document and as YAML alone: each span lies inside the text, each fault says what and how to mend it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trainboard::diagnostic::Findings;
use trainboard::syntax::tree::{Mapping, Node, Value};
use trainboard::syntax::{parse, parse_yaml};
use trainboard::text::{FileId, Span};

#[path = "../../../src/syntax/tests/claims.rs"]
mod claims;

fuzz_target!(|text: &str| claims::everything_is_sound(text));
