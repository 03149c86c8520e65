//! What a reader sees of a plan that does not build: the report, above the page that was good last.

/// Returns the page `page` with the report `report` at the top of its body.
pub(super) fn above(page: &[u8], report: &str) -> Vec<u8> {
    let at = end_of_body_tag(page).unwrap_or(0);
    let notice = format!("<pre role=\"alert\">{}</pre>", escape(report));
    [&page[..at], notice.as_bytes(), &page[at..]].concat()
}

/// Returns a page of its own that holds the report `report`, for when no page was ever good.
pub(super) fn page(report: &str) -> Vec<u8> {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The plan does not build</title><body>";
    above(page.as_bytes(), report)
}

/// Returns the offset behind `<body …>`.
fn end_of_body_tag(page: &[u8]) -> Option<usize> {
    let tag = page.windows(5).position(|bytes| bytes == b"<body")?;
    let end = page[tag..].iter().position(|byte| *byte == b'>')?;
    Some(tag + end + 1)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
