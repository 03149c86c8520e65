//! Anchors: the ids that headings get, and those that raw HTML brings along.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Heading;

/// Gives each heading that has no id one made of its words, and makes ids that were written twice unique.
///
/// Written ids and `anchors`, those of raw HTML, are kept; made ones avoid them.
pub(super) fn assign(headings: &mut [Heading], anchors: &[String]) {
    let mut taken: FxHashSet<String> = anchors.iter().cloned().collect();
    for heading in headings.iter_mut().filter(|it| !it.id.is_empty()) {
        if !taken.insert(heading.id.clone()) {
            heading.id.clear();
        }
    }
    let mut repeats: FxHashMap<String, u32> = FxHashMap::default();
    for heading in headings.iter_mut().filter(|it| it.id.is_empty()) {
        let slug = slug(&heading.text);
        heading.id = slug.clone();
        while !taken.insert(heading.id.clone()) {
            let repeat = repeats.entry(slug.clone()).or_default();
            *repeat += 1;
            heading.id = format!("{slug}-{repeat}");
        }
    }
}

/// Returns the anchor that forges make of a heading's words: lower case, spaces as dashes, punctuation dropped.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(letter),
            'a'..='z' | '0'..='9' => slug.push(letter),
            _ if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    if slug.is_empty() {
        slug.push_str("section");
    }
    slug
}

/// Adds to `anchors` the ids and names that the tags in a piece of raw HTML give.
pub(super) fn collect(html: &str, anchors: &mut Vec<String>) {
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let named = tag.starts_with("a ") || tag.starts_with("A ");
        for (at, _) in tag.match_indices('=') {
            let name = tag[..at].trim_end();
            let is = |wanted: &str| {
                name.len() > wanted.len()
                    && name.is_char_boundary(name.len() - wanted.len() - 1)
                    && name[name.len() - wanted.len() - 1..]
                        .starts_with(|before: char| before.is_ascii_whitespace())
                    && name[name.len() - wanted.len()..].eq_ignore_ascii_case(wanted)
            };
            if is("id") || named && is("name") {
                anchors.extend(attribute_value(&tag[at + 1..]).map(str::to_owned));
            }
        }
    }
}

/// Returns the value at the start of `text`, what follows an attribute's equals sign.
fn attribute_value(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let value = match text.chars().next()? {
        quote @ ('"' | '\'') => text[1..].split(quote).next(),
        _ => text
            .split(|end: char| end.is_ascii_whitespace() || end == '/')
            .next(),
    };
    value.filter(|value| !value.is_empty())
}
