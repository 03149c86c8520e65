//! What a portal and its parts are called in the world outside: full addresses, and names that no other portal uses.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::pages::Portal;
use crate::pages::parts::relative;
use crate::plan::value::Digest;

/// What a path cannot hold as it is. Slashes part it, and a `#` begins its anchor.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'?')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// The names of one portal.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    /// Where it is published, without a slash at the end.
    base: Option<String>,
    /// What tells it from all other portals: its address, else its title.
    name: String,
    /// The host of its address, else its title as such a name.
    host: String,
}

impl Identity {
    /// Returns the names of `portal`.
    pub(super) fn of(portal: &Portal<'_>) -> Self {
        let config = &portal.plan.config;
        let base = config.base_url.as_ref();
        let base = base.map(|url| url.value.0.trim_end_matches('/').to_owned());
        let title = portal_title(portal);
        let host = base.as_deref().and_then(host_of);
        Self {
            name: base.clone().unwrap_or_else(|| title.to_owned()),
            host: host.unwrap_or_else(|| slug(title)),
            base,
        }
    }

    /// Returns the full address of `path`, a path from the portal's root; none when the portal does not know where it is
    /// published.
    pub(super) fn address(&self, path: &str) -> Option<String> {
        let (page, anchor) = path.split_once('#').unwrap_or((path, ""));
        let page = match page.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => page,
        };
        let mut address = format!("{}/{}", self.base.as_ref()?, encoded(page));
        if !anchor.is_empty() {
            address.push('#');
            address.push_str(&encoded(anchor));
        }
        Some(address)
    }

    /// Returns the address of `path` for a reader of the file at `from`: the full one, or a relative one when the portal
    /// does not know where it is published.
    pub(super) fn address_from(&self, from: &str, path: &str) -> String {
        self.address(path)
            .unwrap_or_else(|| encoded(&relative(from, path)))
    }

    /// Returns the name of the part `local` of this portal, as mail and calendars write such names.
    pub(super) fn scoped(&self, local: &str) -> String {
        format!("{local}@{}", self.host)
    }

    /// Returns the name of the part `local` of this portal as a URN: the same for the same portal and part, and for no
    /// other. It is a UUID of version 8 (RFC 9562), whose bits are those of a digest.
    pub(super) fn urn(&self, local: &str) -> String {
        let digest = Digest::of(format!("{}\n{local}", self.name).as_bytes());
        let mut hex: Vec<u8> = digest.0.bytes().take(32).collect();
        if let Some(version) = hex.get_mut(12) {
            *version = b'8';
        }
        if let Some(variant) = hex.get_mut(16) {
            *variant = b"89ab"[usize::from(*variant) % 4];
        }
        let mut urn = String::from("urn:uuid:");
        for (at, digit) in hex.into_iter().enumerate() {
            if matches!(at, 8 | 12 | 16 | 20) {
                urn.push('-');
            }
            urn.push(char::from(digit));
        }
        urn
    }
}

/// Returns what the portal is called.
pub(super) fn portal_title<'p>(portal: &Portal<'p>) -> &'p str {
    let title = portal.plan.config.title.as_ref();
    title.map_or("Release plan", |title| &*title.value)
}

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, RESERVED).to_string()
}

fn host_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// Returns `title` with a hyphen for whatever is neither a letter nor a digit.
fn slug(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    match words.is_empty() {
        true => "trainboard".to_owned(),
        false => words.join("-").to_lowercase(),
    }
}
