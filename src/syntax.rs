//! One document's bytes → spanned data: what was written, where, and every fault of its form in one pass.
//!
//! [`decode`] makes text of bytes. [`parse`] splits a document into frontmatter and body and reads the frontmatter;
//! [`parse_yaml`] reads a file that is YAML as a whole, [`parse_ics`] a calendar. A fault costs as little as possible:
//! reading goes on behind it, what could not be read is [`tree::Value::Unreadable`], and nobody reports it twice.
//!
//! This room does not know which keys exist or what their values mean, and it refuses most of YAML's machinery
//! (anchors, tags, merge keys), which a plan does not need and a reader would have to look up.

pub mod body;
mod encoding;
mod frontmatter;
mod ics;
mod line;
mod quoted;
pub mod tree;
mod yaml;

pub use encoding::{Decoded, NotUtf8, decode};
pub use ics::{Holiday, parse_ics};
pub use quoted::{quoted, quoted_inside};

use crate::diagnostic::{Finding, Findings};
use crate::text::{FileId, Location, Span, Spanned};
use tree::Mapping;

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 8 << 20;

/// The largest frontmatter, or file of YAML, that is read, in bytes.
pub const YAML_LIMIT: usize = 1 << 20;

/// How many lists and mappings can stand inside each other.
pub const DEPTH_LIMIT: usize = 64;

/// The longest key, in characters (YAML 1.2, 7.4.2).
const KEY_LIMIT: usize = 1024;

/// A document, taken apart.
#[derive(Debug)]
pub struct Parsed<'t> {
    /// The frontmatter; its span includes the lines of dashes. None when there is none that can be read, which has
    /// been reported.
    pub frontmatter: Option<Spanned<Mapping<'t>>>,
    /// The Markdown after it, to the end of the file.
    pub body: Span,
}

/// Takes the document in `text` apart. Faults are added to `findings` in the order of their places.
///
/// A byte order mark is skipped; offsets are those of `text`.
pub fn parse<'t>(file: FileId, text: &'t str, findings: &mut Findings) -> Parsed<'t> {
    let before = findings.len();
    let parsed = parse_document(file, text, findings);
    sort(findings, before);
    parsed
}

fn parse_document<'t>(file: FileId, text: &'t str, findings: &mut Findings) -> Parsed<'t> {
    let nothing = |body| Parsed {
        frontmatter: None,
        body: Span::new(body),
    };
    if refuse_large(file, text, FILE_LIMIT, "the file", findings) {
        return nothing(text.len()..text.len());
    }
    if text[start_of(text)..].trim_start().is_empty() {
        let at = Location::new(file, Span::at(0));
        let finding = Finding::new("document/empty", at, "the file is empty")
            .hint("write the document, or remove the file");
        findings.push(finding);
        return nothing(text.len()..text.len());
    }
    let Some(mut fences) = frontmatter::find(file, text, findings) else {
        return nothing(start_of(text)..text.len());
    };
    let yaml = &text[fences.yaml.clone()];
    if refuse_large(file, yaml, YAML_LIMIT, "the frontmatter", findings) {
        return nothing(fences.body..text.len());
    }
    let before = findings.len();
    let mut reading = yaml::Reading::new(file, text, fences.yaml.clone(), findings);
    let mapping = match reading.whole(findings) {
        Some(mapping) => mapping,
        None => {
            if let Some(sooner) = frontmatter::find_sooner(file, text, &fences) {
                // The line that closes it belongs to the body: what was found up to there is no fault of YAML.
                findings.truncate(before);
                findings.push(sooner.finding);
                fences = sooner.fences;
                reading = yaml::Reading::new(file, text, fences.yaml.clone(), findings);
            }
            reading.in_parts(fences.closing, findings)
        }
    };
    Parsed {
        frontmatter: Some(Spanned::new(mapping, Span::new(fences.whole()))),
        body: Span::new(fences.body..text.len()),
    }
}

/// Returns the mapping that a file of YAML holds, none when it cannot be read at all, which is reported.
///
/// The file may start with a line of `---`. Faults are added to `findings` in the order of their places.
pub fn parse_yaml<'t>(
    file: FileId,
    text: &'t str,
    findings: &mut Findings,
) -> Option<Spanned<Mapping<'t>>> {
    let before = findings.len();
    if refuse_large(file, text, YAML_LIMIT, "the file", findings) {
        return None;
    }
    let range = frontmatter::first_document(file, text, findings);
    let mut reading = yaml::Reading::new(file, text, range.clone(), findings);
    let mapping = reading
        .whole(findings)
        .unwrap_or_else(|| reading.in_parts(None, findings));
    sort(findings, before);
    Some(Spanned::new(mapping, Span::new(range)))
}

/// Puts the findings from index `from` on in the order of their places.
fn sort(findings: &mut Findings, from: usize) {
    findings[from..].sort_by_key(|finding| finding.at.span);
}

/// Returns the offset after the byte order mark, if there is one.
fn start_of(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

/// Reports `text`, called `name`, when it is longer than `limit` bytes, and returns whether it is.
fn refuse_large(
    file: FileId,
    text: &str,
    limit: usize,
    name: &str,
    findings: &mut Findings,
) -> bool {
    if text.len() <= limit {
        return false;
    }
    let message = format!("{name} is larger than {} MiB and is not read", limit >> 20);
    let at = Location::new(file, Span::at(0));
    findings.push(
        Finding::new("document/too-large", at, message).hint("split it into several documents"),
    );
    true
}

#[cfg(test)]
mod tests;
