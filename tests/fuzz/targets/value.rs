//! Any text as a date, a day, an interval, a duration, a recurrence, a zone or a version: a fault lies inside it, and what
//! is read is written so that it reads the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trainboard::time::*;

#[path = "../../../src/time/properties/claims.rs"]
mod claims;

fuzz_target!(|text: &str| claims::check_all(text));
