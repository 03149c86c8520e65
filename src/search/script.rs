//! The index as script files: the one form of data that a browser reads from a folder, without a server.

use std::fmt::Write as _;

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::File;
use crate::plan::address::SEARCH;

/// The digits of a number: five bits each, from the lowest on; those of the second half say that another one follows.
pub(super) const DIGITS: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes `number` at the end of `text`.
pub(super) fn number(mut number: u32, text: &mut String) {
    while number >= 32 {
        text.push(char::from(DIGITS[(number & 31) as usize | 32]));
        number >>= 5;
    }
    text.push(char::from(DIGITS[number as usize]));
}

/// Returns the file that hands `value` to the reader as its part `name`. Its path has a digest of what it holds, so that a
/// browser may keep it for ever and never takes an old part for a new one.
pub(super) fn file<T: Serialize>(name: &str, value: &T) -> File {
    // Text and numbers can always be written as JSON.
    let value = escaped(&serde_json::to_string(value).unwrap_or_default());
    let mut script = String::with_capacity(value.len() + 64);
    // Writing to a `String` does not fail.
    _ = writeln!(script, "trainboardSearch(\"{name}\",{value});");
    let digest = xxh3_64(script.as_bytes()) >> 32;
    File {
        path: format!("{SEARCH}/{name}.{digest:08x}.js"),
        bytes: script.into_bytes(),
    }
}

/// Returns JSON that no reader of scripts or of pages takes for anything else: `</script>` ends nothing in it, and the two
/// line ends that JSON allows inside text and older scripts do not are written out.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' => escaped.push_str("\\u003c"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            other => escaped.push(other),
        }
    }
    escaped
}
