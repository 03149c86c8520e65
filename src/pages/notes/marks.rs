//! What a note has to be read for: that it tells of a weakness, that something breaks, that it was corrected.

use std::collections::BTreeSet;

use crate::pages::parts::{State, Tone};
use crate::plan::kinds::note::{FragmentCategory, Note};
use crate::plan::{DocId, Plan};

/// The tags that say of a note what the category of a fragment says.
const BREAKING: &str = "breaking";
const SECURITY: &str = "security";

/// What a note and the fragments that it gathers ask of a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// It tells of something that was unsafe.
    pub is_security: bool,
    /// What worked stops working: something is removed, or it is tagged `breaking`.
    pub is_breaking: bool,
    /// There is something to do when upgrading.
    pub is_upgrade: bool,
    /// It said something wrong, and says so.
    pub is_corrected: bool,
    /// The public identifiers of weaknesses that it names: `CVE-2026-1234`.
    pub identifiers: BTreeSet<String>,
}

impl Marks {
    /// Returns the marks of the notes `ids` together.
    pub fn of(plan: &Plan, ids: impl IntoIterator<Item = DocId>) -> Self {
        let mut marks = Self::default();
        for id in ids {
            marks.add(plan, id);
        }
        marks
    }

    fn add(&mut self, plan: &Plan, id: DocId) {
        let document = plan.document(id);
        let Some(note) = plan.get::<Note>(id) else {
            return;
        };
        let fragment = note.fields.fragment.as_ref().map(|of| of.value);
        let is_tagged = |word: &str| {
            let mut tags = document.common.tags.iter();
            tags.any(|tag| tag.value.eq_ignore_ascii_case(word))
        };
        let body = &plan.sources.get(document.file).text;
        let body = body.get(document.body.span.range()).unwrap_or_default();
        let links = document.common.links.iter();
        let links = links.flat_map(|link| {
            let url = link.value.url.as_ref().map(|url| &*url.value.0);
            url.into_iter()
                .chain(link.value.title.as_ref().map(|title| &*title.value))
        });
        let tags = document.common.tags.iter().map(|tag| &*tag.value);
        let texts = [&*document.title, body]
            .into_iter()
            .chain(links)
            .chain(tags);
        for text in texts {
            self.identifiers.extend(identifiers(text));
        }
        self.is_security |= fragment == Some(FragmentCategory::Security)
            || is_tagged(SECURITY)
            || !self.identifiers.is_empty();
        self.is_breaking |= fragment == Some(FragmentCategory::Removed) || is_tagged(BREAKING);
        self.is_upgrade |= fragment == Some(FragmentCategory::Upgrade);
        self.is_corrected |= !note.fields.errata.is_empty();
    }

    /// Returns the marks as states, the gravest first.
    pub fn states<'a>(&self) -> Vec<State<'a>> {
        let marks = [
            (self.is_security, "security", "Security", Tone::Bad),
            (self.is_breaking, "breaking", "Breaking", Tone::Bad),
            (self.is_upgrade, "upgrade", "Upgrade steps", Tone::Warn),
            (self.is_corrected, "corrected", "Corrected", Tone::Warn),
        ];
        let told = marks.into_iter().filter(|(holds, ..)| *holds);
        told.map(|(_, slug, word, tone)| State::new(slug).worded(word).toned(tone))
            .collect()
    }
}

/// Returns the identifiers of weaknesses in `text`: those of the CVE list and of GitHub's advisories.
fn identifiers(text: &str) -> impl Iterator<Item = String> {
    // Few notes name one, and to look for hyphens is much less than to take a text apart.
    let text = if names_a_list(text) { text } else { "" };
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    words.filter_map(identifier)
}

/// Returns whether `text` has the name of a list in it, with a hyphen behind it.
fn names_a_list(text: &str) -> bool {
    text.match_indices('-').any(|(at, _)| {
        let before = &text.as_bytes()[..at];
        let ends_with = |list: &[u8]| {
            let start = at.checked_sub(list.len());
            start.is_some_and(|start| before[start..].eq_ignore_ascii_case(list))
        };
        ends_with(b"CVE") || ends_with(b"GHSA")
    })
}

fn identifier(word: &str) -> Option<String> {
    let word = word.trim_matches('-');
    let parts: Vec<&str> = word.split('-').collect();
    let digits = |part: &str| part.bytes().all(|letter| letter.is_ascii_digit());
    match parts.as_slice() {
        [list, year, number]
            if list.eq_ignore_ascii_case("CVE")
                && year.len() == 4
                && number.len() >= 4
                && digits(year)
                && digits(number) =>
        {
            Some(word.to_ascii_uppercase())
        }
        [list, rest @ ..]
            if list.eq_ignore_ascii_case("GHSA")
                && rest.len() == 3
                && rest.iter().all(|part| part.len() == 4) =>
        {
            Some(format!("GHSA-{}", rest.join("-").to_ascii_lowercase()))
        }
        _ => None,
    }
}

/// Returns the address of the public record of the weakness `identifier`.
pub(super) fn record(identifier: &str) -> String {
    match identifier.starts_with("GHSA-") {
        true => format!("https://github.com/advisories/{identifier}"),
        false => format!("https://www.cve.org/CVERecord?id={identifier}"),
    }
}

#[cfg(test)]
mod tests {
    use super::identifiers;

    #[test]
    fn identifiers_are_found_where_they_stand() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(identifiers(text).collect::<Vec<_>>(), expected, "{text}");
        };
        check(
            "Mends CVE-2026-1234, cve-2025-00012.",
            &["CVE-2026-1234", "CVE-2025-00012"],
        );
        check("https://x.example/CVE-2026-1234?a", &["CVE-2026-1234"]);
        check("[ghsa-ABCD-1234-wxyz]", &["GHSA-abcd-1234-wxyz"]);
        check("CVE-26-1234 CVE-2026-12 XCVE-2026-1234 GHSA-1-2-3 CVE", &[]);
    }
}
