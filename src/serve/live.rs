//! What the server adds to pages so that they keep themselves up to date: one script, and what it shows.

use xxhash_rust::xxh3::xxh3_64;

/// Where the server's own files are: no page of a plan begins with an underscore.
const FOLDER: &str = "_trainboard/";

/// What the server has of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// The stream of events.
    Events,
    /// A file.
    File(&'static str),
    /// Nothing at this path.
    Nothing,
}

/// Returns what the server has of its own at `path`; none when the path belongs to the plan.
pub(super) fn own(path: &str) -> Option<Own> {
    Some(match path.strip_prefix(FOLDER)? {
        "events" => Own::Events,
        "live.js" => Own::File(include_str!("live.js")),
        "live.css" => Own::File(include_str!("live.css")),
        _ => Own::Nothing,
    })
}

/// Returns the page `page` with the script in its head. The script knows which page it is in by a digest.
pub(super) fn with_script(page: &[u8]) -> Vec<u8> {
    let digest = xxh3_64(page);
    let script =
        format!("<script src=\"/{FOLDER}live.js\" data-page=\"{digest:016x}\" defer></script>");
    let end_of_head = page.windows(7).position(|bytes| bytes == b"</head>");
    let at = end_of_head.unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// Returns a page of its own that holds the report `report`, for when no page was ever good.
pub(super) fn report(report: &str) -> Vec<u8> {
    let escaped = report.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>The plan cannot be shown</title></head><body><pre role=\"alert\">{escaped}</pre></body></html>"
    );
    with_script(page.as_bytes())
}
