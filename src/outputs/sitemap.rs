//! `sitemap.xml` (sitemaps.org, protocol 0.9) and `robots.txt`, for portals that know their own address.

use std::fmt::Write as _;

use super::{Build, OutputError, Sink};

/// Writes both files; without `base_url` there are no full addresses to list.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let Some(url) = &build.portal.plan.config.base_url else {
        return Ok(());
    };
    let base = url.value.0.trim_end_matches('/');
    let pages = build.routes.iter().filter(|route| route.path != "404.html");
    let mut sitemap = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    sitemap.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for route in pages {
        let path = route.path.strip_suffix("index.html").unwrap_or(&route.path);
        // Writing to a `String` does not fail.
        _ = writeln!(
            sitemap,
            "<url><loc>{}</loc></url>",
            escaped(&format!("{base}/{path}"))
        );
    }
    sitemap.push_str("</urlset>\n");
    sink.put("sitemap.xml", sitemap.as_bytes())?;
    sink.put(
        "robots.txt",
        format!("User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n").as_bytes(),
    )?;
    Ok(())
}

/// Returns `text` with the characters escaped that XML reserves.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}
