//! Any text as a document of some kind in a small plan: it is read, judged, told in every format, and the whole portal is
//! made of it.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../claims/whole.rs"]
mod whole;

/// Where the text stands: the first byte chooses.
const PATHS: &[&str] = &[
    "trains/a/index.md",
    "trains/a/releases/b.md",
    "trains/a/milestones/b.md",
    "trains/a/turnovers/b.md",
    "trains/a/notes/b.md",
    "trains/a/approvals/b.md",
    "trains/a/changes/b.md",
    "releases/b.md",
    "applications/b.md",
    "environments/b.md",
    "freezes/b.md",
    "windows/b.md",
    "calendars/b.md",
    "calendars/b.ics",
    "models/b.md",
    "policies/b.md",
    "people/b.md",
    "teams/b.md",
    "pages/b.md",
];

fuzz_target!(|input: (u8, &str)| {
    let (at, text) = input;
    let path = PATHS[usize::from(at) % PATHS.len()];
    whole::check(&[("trainboard.yaml", "timezone: Europe/London\n"), (path, text)]);
});
