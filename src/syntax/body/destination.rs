//! What a link points at, told from its text alone.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What a link's destination stands for. Paths and anchors are percent-decoded; addresses are as written, without the
/// white space and control characters that browsers would skip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination<'a> {
    /// A page elsewhere: `http`, `https`, or `//host` (taken as `https`).
    External(Cow<'a, str>),
    /// Somebody to write to or to call: `mailto:` or `tel:`.
    Mail(Cow<'a, str>),
    /// A document of the plan, or a folder that stands for its index.
    Document {
        /// The path as written; absolute ones start at the plan's folder.
        path: Cow<'a, str>,
        /// The place in it.
        anchor: Option<Cow<'a, str>>,
    },
    /// A place in the same document; empty for its top.
    Anchor(Cow<'a, str>),
    /// Any other file of the plan.
    Asset(Cow<'a, str>),
    /// A scheme that no page may have (`javascript`, `data`, `file`, …), in lower case. A drive letter counts as one.
    Unsafe(String),
}

impl<'a> Destination<'a> {
    /// Returns what `written`, a destination without entities and escapes, points at.
    pub fn of(written: &'a str) -> Self {
        let address = tidy(written);
        match scheme(&address) {
            Some("http" | "https") => Self::External(address),
            Some("mailto" | "tel") => Self::Mail(address),
            Some(other) => Self::folded(other, address.clone()),
            None => Self::relative(address),
        }
    }

    /// Returns what an address with `scheme`, which is not an allowed one in lower case, points at.
    fn folded(scheme: &str, address: Cow<'a, str>) -> Self {
        match scheme.to_lowercase().as_str() {
            "http" | "https" => Self::External(address),
            "mailto" | "tel" => Self::Mail(address),
            other => Self::Unsafe(other.to_owned()),
        }
    }

    fn relative(address: Cow<'a, str>) -> Self {
        let (address, anchor) = split(address, '#');
        let (path, _query) = split(address, '?');
        let path = if path.contains('\\') {
            // Browsers take a backslash for a slash.
            Cow::Owned(path.replace('\\', "/"))
        } else {
            path
        };
        if path.starts_with("//") {
            return Self::External(Cow::Owned(format!("https:{path}")));
        }
        let anchor = anchor.map(decode);
        if path.is_empty() {
            return Self::Anchor(anchor.unwrap_or_default());
        }
        let path = decode(path);
        if is_document(&path) {
            Self::Document { path, anchor }
        } else {
            Self::Asset(path)
        }
    }
}

/// Returns the file that `path`, written in the document `from`, names; both paths and the result are relative to the
/// plan's folder. None: it leaves the plan.
pub fn resolve(from: &str, path: &str) -> Option<String> {
    let separators = ['/', '\\'];
    let mut parts: Vec<&str> = match from.rsplit_once('/') {
        Some((folder, _)) if !path.starts_with(separators) => folder.split('/').collect(),
        _ => Vec::new(),
    };
    for part in path.split(separators) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Returns how a link in the file `from` is written that leads to the file `to`: the way back from [`resolve`].
///
/// Both are paths from the root, without a leading slash (`trains/2026-q4/index.md`). `to` may end in `#anchor`; an
/// anchor in the same file stands alone.
pub fn relative(from: &str, to: &str) -> String {
    let (file, anchor) = to.find('#').map_or((to, ""), |at| to.split_at(at));
    if file == from && !anchor.is_empty() {
        return anchor.to_owned();
    }
    let folder = from.rfind('/').map_or("", |slash| &from[..=slash]);
    let shared = shared_folder(folder, file);
    let climb = folder[shared..].matches('/').count();
    format!("{}{}{anchor}", "../".repeat(climb), &file[shared..])
}

/// Returns the length of the longest folder, slash included, that both paths start with.
fn shared_folder(folder: &str, file: &str) -> usize {
    let same = folder
        .bytes()
        .zip(file.bytes())
        .take_while(|(left, right)| left == right)
        .count();
    folder.as_bytes()[..same]
        .iter()
        .rposition(|&byte| byte == b'/')
        .map_or(0, |slash| slash + 1)
}

/// Returns `written` without what browsers skip or what nobody can see: outer spaces and all control characters.
fn tidy(written: &str) -> Cow<'_, str> {
    let trimmed = written.trim_matches(|edge: char| edge.is_whitespace() || edge.is_control());
    if trimmed.contains(char::is_control) {
        Cow::Owned(trimmed.chars().filter(|it| !it.is_control()).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}

/// Returns what stands before the first colon, unless the colon is part of a path, a query or an anchor.
///
/// Whatever it is made of: a relative path cannot have a colon in its first part (RFC 3986, section 4.2).
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '\\', '?', '#'])?;
    (address.as_bytes()[end] == b':').then(|| &address[..end])
}

fn split(text: Cow<'_, str>, at: char) -> (Cow<'_, str>, Option<Cow<'_, str>>) {
    match text {
        Cow::Borrowed(text) => match text.split_once(at) {
            Some((before, after)) => (before.into(), Some(after.into())),
            None => (text.into(), None),
        },
        Cow::Owned(text) => match text.split_once(at) {
            Some((before, after)) => (before.to_owned().into(), Some(after.to_owned().into())),
            None => (text.into(), None),
        },
    }
}

fn decode(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('%') {
        Cow::Owned(percent_decode_str(&text).decode_utf8_lossy().into_owned())
    } else {
        text
    }
}

fn is_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    matches!(name, "" | "." | "..") || extension.is_some_and(|it| it.eq_ignore_ascii_case("md"))
}

#[cfg(test)]
mod tests {
    use super::{Destination, relative, resolve};

    fn check(written: &str, expected: &str) {
        let actual = match Destination::of(written) {
            Destination::External(url) => format!("external {url}"),
            Destination::Mail(url) => format!("mail {url}"),
            Destination::Document { path, anchor: None } => format!("document {path}"),
            Destination::Document {
                path,
                anchor: Some(id),
            } => format!("document {path} at {id}"),
            Destination::Anchor(id) => format!("anchor {id}"),
            Destination::Asset(path) => format!("asset {path}"),
            Destination::Unsafe(scheme) => format!("unsafe {scheme}"),
        };
        assert_eq!(actual, expected, "{written:?}");
    }

    #[test]
    fn a_destination_is_told_from_its_text() {
        check(
            "https://example.org/a?b#c",
            "external https://example.org/a?b#c",
        );
        check(" HTTP://example.org ", "external HTTP://example.org");
        check("//example.org/x", "external https://example.org/x");
        check(r"\\example.org\x", "external https://example.org/x");
        check("mailto:ana@example.org", "mail mailto:ana@example.org");
        check("tel:+44123", "mail tel:+44123");
        check(
            "../notes/a%20b.md?plain=1#known%20issues",
            "document ../notes/a b.md at known issues",
        );
        check("./README.MD", "document ./README.MD");
        check(r"sub\x.md", "document sub/x.md");
        check("../payments/", "document ../payments/");
        check("..", "document ..");
        check("/policies/p.md", "document /policies/p.md");
        check("#scope", "anchor scope");
        check("#", "anchor ");
        check("", "anchor ");
        check("map.svg", "asset map.svg");
        check("a/12:30.png", "asset a/12:30.png");
        check("x.png#y:z", "asset x.png");
    }

    #[test]
    fn foreign_schemes_are_unsafe_however_they_are_written() {
        check("javascript:alert(1)", "unsafe javascript");
        check("JaVaScRiPt:alert(1)", "unsafe javascript");
        check("java\nscript:x", "unsafe javascript");
        check("java\tscript:x", "unsafe javascript");
        check("\u{1}javascript:x", "unsafe javascript");
        check("\u{a0}javascript:x", "unsafe javascript");
        check("java\0script:x", "unsafe javascript");
        check("java\u{fffd}script:x", "unsafe java\u{fffd}script");
        check("java script:x", "unsafe java script");
        check("vbscript:x", "unsafe vbscript");
        check("data:text/html,x", "unsafe data");
        check("file:///etc/passwd", "unsafe file");
        check(r"C:\plans\x.md", "unsafe c");
        // A browser takes these for relative paths: they name a file that does not exist, and no script.
        check("javascript%3Aalert(1)", "asset javascript:alert(1)");
        check("java&#115;cript:alert(1)", "asset java&");
    }

    #[test]
    fn a_path_resolves_inside_the_plan_or_not_at_all() {
        let from = "trains/q4/index.md";
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(resolve(from, path).as_deref(), expected, "{path}");
        };
        check("releases/a.md", Some("trains/q4/releases/a.md"));
        check("./a.md", Some("trains/q4/a.md"));
        check("../../people/ana.md", Some("people/ana.md"));
        check("../../../x.md", None);
        check("/people//ana.md", Some("people/ana.md"));
        check("/../x", None);
        check(r"..\..\..\x", None);
        check("../q3/", Some("trains/q3"));
        check("../..", Some(""));
        assert_eq!(resolve("index.md", "a.md").as_deref(), Some("a.md"));
        assert_eq!(resolve("index.md", "../a.md"), None);
    }

    #[test]
    fn a_link_leads_from_one_file_to_another() {
        let from = "trains/q4/index.md";
        let check = |to: &str, expected: &str| assert_eq!(relative(from, to), expected, "{to}");
        check("people/ana.md", "../../people/ana.md");
        check("trains/q3/index.md", "../q3/index.md");
        check("trains/q4.md", "../q4.md");
        check("trains/q4/releases/a.md#top", "releases/a.md#top");
        check("trains/q4/index.md", "index.md");
        check("trains/q4/index.md#gates", "#gates");
        check("", "../../");
        assert_eq!(relative("index.md", ""), "");
        assert_eq!(relative("index.md", "trains/index.md"), "trains/index.md");
    }
}
