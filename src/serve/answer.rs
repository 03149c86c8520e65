//! What the server says to a request: no sockets here, only the site in memory.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use xxhash_rust::xxh3::xxh3_64;

use super::counter::{Counter, Given};
use super::live::{self, Own};
use super::media;

/// The parts of a request that matter.
pub(super) struct Question<'a> {
    /// The method, in capitals.
    pub(super) method: &'a str,
    /// The path and query as they were sent.
    pub(super) url: &'a str,
    /// The `Host` header.
    pub(super) host: Option<&'a str>,
    /// The `Origin` header: the page of another server that asks.
    pub(super) origin: Option<&'a str>,
    /// The `If-None-Match` header: what the browser has already.
    pub(super) known: Option<&'a str>,
}

/// An answer, ready to be sent.
#[derive(Debug)]
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    /// Header names and values.
    pub(super) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(super) body: Vec<u8>,
}

/// What stays as it is in the path of a redirect.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Answer {
    fn new(status: u16, media: &str, body: Vec<u8>) -> Self {
        let headers = vec![
            ("Content-Type", media.to_owned()),
            ("Cache-Control", "no-cache".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        Self {
            status,
            headers,
            body,
        }
    }

    fn text(status: u16, fact: &str) -> Self {
        Self::new(status, media::TEXT, format!("{fact}\n").into_bytes())
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Returns why the request is not answered from the site at all; `None` when it is.
pub(super) fn refusal(question: &Question<'_>, port: u16) -> Option<Answer> {
    if !question.host.is_some_and(|host| is_here(host, port)) {
        return Some(Answer::text(403, "this server answers only to localhost"));
    }
    let is_ours = |origin: &str| {
        let host = origin.strip_prefix("http://");
        host.is_some_and(|host| is_here(host, port))
    };
    if !question.origin.is_none_or(is_ours) {
        return Some(Answer::text(
            403,
            "this server answers only to its own pages",
        ));
    }
    if !matches!(question.method, "GET" | "HEAD") {
        return Some(
            Answer::text(405, "this server only shows the portal").with("Allow", "GET, HEAD"),
        );
    }
    if path(question.url).is_none() {
        return Some(Answer::text(400, "this is not the path of a page"));
    }
    None
}

/// Returns whether `host` means this machine and the port `port`.
fn is_here(host: &str, port: u16) -> bool {
    let name = match host.strip_suffix(&format!(":{port}")) {
        Some(name) => name,
        // A browser leaves out the port that is usual for HTTP.
        None if port == 80 => host,
        None => return false,
    };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|here| name.eq_ignore_ascii_case(here))
}

/// Returns the path that `url` asks for, decoded, without the slash at its start; `None` when it is not plain.
fn path(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let is_plain = |name: &str| !matches!(name, "." | "..") && !name.contains(['\\', '\0']);
    let has_empty = !folders.is_empty() && folders.split('/').any(str::is_empty);
    (path.split('/').all(is_plain) && !has_empty && !path.starts_with('/'))
        .then(|| path.into_owned())
}

/// Returns whether the request, which was not refused, asks for the stream of events.
pub(super) fn asks_for_events(question: &Question<'_>) -> bool {
    question.method == "GET"
        && path(question.url).as_deref().and_then(live::own) == Some(Own::Events)
}

/// Returns the answer to what is no request.
pub(super) fn no_request() -> Answer {
    Answer::text(400, "this is no request for a page")
}

/// Returns the answer to a page that cannot listen because too many do.
pub(super) fn too_many() -> Answer {
    Answer::text(503, "too many pages listen")
}

impl Counter {
    /// Returns the answer to a request that was not refused.
    pub(super) fn answer(&self, question: &Question<'_>) -> Answer {
        let path = path(question.url).unwrap_or_default();
        match live::own(&path) {
            Some(Own::File(text)) => return file(200, &path, text.into(), question.known),
            Some(Own::Events) => return Answer::new(200, media::EVENTS, Vec::new()),
            Some(Own::Nothing) => return Answer::text(404, "there is no such file"),
            None => {}
        }
        let name = match path.as_str() {
            folder if folder.is_empty() || folder.ends_with('/') => format!("{folder}index.html"),
            file => file.to_owned(),
        };
        match self.file(&name) {
            Given::File(bytes) => return page(200, &name, &bytes, question.known),
            Given::Nothing(report) => return Answer::new(503, media::HTML, live::report(&report)),
            Given::Missing => {}
        }
        if let Given::File(_) = self.file(&format!("{name}/index.html")) {
            return redirect(&name, question.url);
        }
        match self.file("404.html") {
            Given::File(bytes) => page(404, "404.html", &bytes, None),
            _ => Answer::text(404, "there is no such page"),
        }
    }
}

/// Returns the file `path` of the site; a page keeps itself up to date.
fn page(status: u16, path: &str, bytes: &[u8], known: Option<&str>) -> Answer {
    let body = match media::of(path) {
        media::HTML => live::with_script(bytes),
        _ => bytes.to_vec(),
    };
    file(status, path, body, known)
}

fn file(status: u16, path: &str, body: Vec<u8>, known: Option<&str>) -> Answer {
    let media = media::of(path);
    let tag = format!("\"{:016x}\"", xxh3_64(&body));
    let is_known = known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag));
    let answer = match is_known {
        true => Answer::new(304, media, Vec::new()),
        false => Answer::new(status, media, body),
    };
    answer.with("ETag", tag)
}

/// Sends the browser from a folder's name to the folder, so that relative links on its page lead right.
fn redirect(folder: &str, url: &str) -> Answer {
    let query = url.split('#').next().and_then(|url| url.split_once('?'));
    let query = query.map_or_else(String::new, |(_, query)| format!("?{query}"));
    let place = format!("/{}/{query}", utf8_percent_encode(folder, PLAIN));
    Answer::text(302, "the page is a folder").with("Location", place)
}
