//! What raw HTML may bring into a page: prose and its structure, nothing that acts, loads or lays out.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::Builder;

/// The elements that may stay. All others go, and their words stay.
const ELEMENTS: [&str; 58] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
];

/// The elements whose words go too, because they were never meant to be read.
const SILENCED: [&str; 14] = [
    "script", "style", "iframe", "object", "svg", "math", "template", "textarea", "select",
    "title", "noframes", "noembed", "noscript", "xmp",
];

/// The attributes that may stay, by element. `finish` decides about the addresses among them.
const ATTRIBUTES: [(&str, &[&str]); 14] = [
    ("a", &["href", "name"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ol", &["start"]),
    ("bdo", &["dir"]),
    ("details", &["open"]),
    ("time", &["datetime"]),
    ("code", &["class"]),
    ("blockquote", &["class"]),
    ("div", &["class"]),
    ("sup", &["class"]),
    ("span", &["class"]),
    ("abbr", &["title"]),
    ("td", &["colspan", "rowspan", "style"]),
    ("th", &["colspan", "rowspan", "scope", "style"]),
];

/// Returns the cleaner of documents that hold raw HTML.
///
/// The whole rendered document goes through it, so what Markdown itself makes must pass: a few classes with exactly
/// these values, which raw HTML may use as well.
pub(super) fn cleaner() -> Builder<'static> {
    let attributes: HashMap<&str, HashSet<&str>> = ATTRIBUTES
        .iter()
        .map(|(element, names)| (*element, names.iter().copied().collect()))
        .collect();
    let mut cleaner = Builder::default();
    cleaner
        .tags(HashSet::from(ELEMENTS))
        .clean_content_tags(HashSet::from(SILENCED))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["id", "lang", "dir"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(None)
        .attribute_filter(|_, attribute, value| {
            is_allowed(attribute, value).then_some(Cow::Borrowed(value))
        });
    cleaner
}

/// Returns whether an attribute that may stay may have this value.
fn is_allowed(attribute: &str, value: &str) -> bool {
    let digits =
        || !value.is_empty() && value.len() < 6 && value.bytes().all(|it| it.is_ascii_digit());
    match attribute {
        "class" => is_class(value),
        "style" => matches!(
            value,
            "text-align: left" | "text-align: center" | "text-align: right"
        ),
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "scope" => matches!(value, "col" | "row" | "colgroup" | "rowgroup"),
        "width" | "height" | "colspan" | "rowspan" | "start" => digits(),
        "id" | "name" => !value.is_empty() && !value.contains(char::is_whitespace),
        _ => true,
    }
}

/// Returns whether rendered Markdown itself uses `class`.
fn is_class(class: &str) -> bool {
    let language = class.strip_prefix("language-").is_some_and(|name| {
        name.bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'+' | b'#' | b'_' | b'.'))
    });
    language
        || matches!(class, "footnote" | "noteref" | "task")
        || class
            .strip_prefix("alert ")
            .is_some_and(|kind| super::events::ALERTS.contains(&kind))
}
