//! Any text as the settings of the sample plan's neighbour: a small plan with one document of the main kinds.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../claims/whole.rs"]
mod whole;

fuzz_target!(|text: &str| {
    whole::check(&[
        ("trainboard.yaml", text),
        ("trains/a/index.md", "---\nschedule: {construction: 2026-11-01/2026-11-30, deployment: 2026-12-19}\n---\n"),
        ("trains/a/turnovers/live.md", "---\nenvironment: live\nplanned: 2026-12-19 22:00/2h\n---\n"),
        ("environments/live.md", "---\ncategory: production\n---\n"),
        ("freezes/shut.md", "---\nplanned: 2026-12-18/2027-01-04\n---\nBody.\n"),
    ]);
});
