//! A tag of canonical HTML: what the Markdown writer and the cleaner write, every value in double quotes.

use std::borrow::Cow;

/// One tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'h> {
    /// The element, in lower case.
    pub(super) name: &'h str,
    /// Whether it ends its element.
    pub(super) closing: bool,
    /// Its length in bytes, brackets included.
    pub(super) length: usize,
    attributes: &'h str,
}

impl<'h> Tag<'h> {
    /// Returns the tag at the start of `html`, which is at a `<`; none when no tag begins there.
    pub(super) fn parse(html: &'h str) -> Option<Self> {
        let closing = html[1..].starts_with('/');
        let inside = &html[1 + usize::from(closing)..];
        let name = inside.find(|it: char| !it.is_ascii_alphanumeric())?;
        let end = name + end_of_tag(&inside[name..])?;
        let attributes = inside[name..end].trim_end_matches([' ', '/']);
        (name > 0).then(|| Self {
            name: &inside[..name],
            closing,
            length: html.len() - inside.len() + end + 1,
            attributes,
        })
    }

    /// Returns the attributes with their values as written.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'h str, &'h str)> + use<'h> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            // Searching for one byte is several times faster than for a string.
            let equals = rest.find('=')?;
            let name = &rest[..equals];
            let (value, after) = rest[equals + 1..].strip_prefix('"')?.split_once('"')?;
            rest = after;
            Some((name.trim(), value))
        })
    }

    /// Returns the value of an attribute with its entities resolved.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attributes()
            .find(|(it, _)| *it == name)
            .map(|(_, value)| unescape(value))
    }
}

/// Returns where the `>` of a tag is, outside quoted values.
fn end_of_tag(attributes: &str) -> Option<usize> {
    let mut quoted = false;
    attributes.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

/// Returns `html` with the entities resolved that canonical HTML has.
pub(super) fn unescape(html: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, char); 7] = [
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&nbsp;", '\u{a0}'),
        ("&#x27;", '\''),
        ("&#39;", '\''),
    ];
    let Some(first) = html.find('&') else {
        return Cow::Borrowed(html);
    };
    let mut text = html[..first].to_owned();
    let mut rest = &html[first..];
    loop {
        let (meant, length) = ENTITIES
            .iter()
            .find(|(entity, _)| rest.starts_with(entity))
            .map_or(('&', 1), |(entity, meant)| (*meant, entity.len()));
        text.push(meant);
        rest = &rest[length..];
        let next = rest.find('&').unwrap_or(rest.len());
        text.push_str(&rest[..next]);
        rest = &rest[next..];
        if rest.is_empty() {
            return Cow::Owned(text);
        }
    }
}

/// Returns the words in a piece of canonical HTML, still escaped, and the alternative texts of its images.
pub(super) fn words(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::parse(rest) else { break };
        if tag.name == "img" {
            words.extend(
                tag.attributes()
                    .filter(|(name, _)| *name == "alt")
                    .map(|(_, alt)| alt),
            );
        }
        rest = &rest[tag.length..];
    }
    words.push_str(rest);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
