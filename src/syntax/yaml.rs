//! YAML text → the spanned tree, with every fault at its own place.
//!
//! The text is parsed as a whole, which is all that a good document needs. When the parser stops, the text is cut
//! at the keys of the top level and each part is read on its own, so that a fault stays in its part. In a part, a fault
//! is put into words, then masked in place — offsets stay true — and the part is read again behind it. What cannot
//! be read even so is marked unreadable.

mod builder;
mod events;
mod fault;
mod keys;
mod mask;
mod scene;

use std::borrow::Cow;
use std::ops::Range;

use super::line::{Line, lines};
use super::tree::{Entry, Mapping, Node, Value};
use crate::diagnostic::{Finding, Findings};
use crate::text::{FileId, Location, Span, Spanned};
use builder::{Known, Part, build};
use events::Cause;
use keys::Keys;
use mask::{Masked, mask};
use scene::{Cover, Remedy, Scene};

/// How many faults of one part are looked for. Each costs one more reading of the part.
const REPAIRS: usize = 24;

/// One reading of one YAML text.
pub(super) struct Reading<'t> {
    file: FileId,
    text: &'t str,
    range: Range<usize>,
    masked: Masked<'t>,
    known: Known,
}

/// The parts of a text that could not be read in one go.
struct Parts<'t> {
    /// What the parts so far have given.
    mapping: Mapping<'t>,
    keys: Keys<'t>,
    /// The parts to come, last part first.
    rest: Vec<Range<usize>>,
    /// The line that closes the frontmatter.
    fence: Option<Span>,
    /// Whether the last part leaves it open what a line without a key belongs to: such a line is of the same fault.
    stray: bool,
}

/// Returns a finding that the YAML at `span` is not what a plan can hold.
pub(super) fn invalid(file: FileId, span: Span, message: impl Into<String>) -> Finding {
    Finding::new("document/invalid-yaml", Location::new(file, span), message)
}

impl<'t> Reading<'t> {
    /// Starts to read `text[range]`. What the parser must not see is reported and masked.
    pub(super) fn new(
        file: FileId,
        text: &'t str,
        range: Range<usize>,
        findings: &mut Findings,
    ) -> Self {
        Self {
            file,
            text,
            masked: mask(file, text, range.clone(), findings),
            range,
            known: Known::default(),
        }
    }

    /// Returns the text's mapping if it can be read in one go; reports nothing when it cannot.
    pub(super) fn whole(&self, findings: &mut Findings) -> Option<Mapping<'t>> {
        let before = findings.len();
        match build(&self.part(self.range.clone()), findings) {
            Ok(None) => Some(Mapping::default()),
            Ok(Some(Node {
                value: Value::Mapping(mapping),
                ..
            })) => Some(mapping),
            _ => {
                findings.truncate(before);
                None
            }
        }
    }

    /// Returns what can be read of the text's mapping and reports why the rest cannot. `fence` is the line after it.
    pub(super) fn in_parts(&mut self, fence: Option<Span>, findings: &mut Findings) -> Mapping<'t> {
        let mut rest = self.cut();
        self.report_offset(&rest, findings);
        rest.reverse();
        let mut parts = Parts {
            mapping: Mapping::default(),
            keys: Keys::default(),
            rest,
            fence,
            stray: false,
        };
        while let Some(range) = parts.rest.pop() {
            self.read(range, &mut parts, findings);
        }
        parts.mapping
    }

    /// Returns the parts of the text: each starts with a line of the outermost indentation.
    fn cut(&self) -> Vec<Range<usize>> {
        let content = || {
            lines(&self.masked.text, self.range.clone())
                .filter(|line| !line.is_skipped() && !line.is_item())
        };
        let outermost = content().map(|line| line.indent()).min().unwrap_or(0);
        let mut starts: Vec<usize> = content()
            .filter(|line| line.indent() <= outermost && !line.content().starts_with([']', '}']))
            .map(|line| line.start)
            .collect();
        let first = lines(&self.masked.text, self.range.clone()).find(|line| !line.is_skipped());
        if let Some(first) = first.filter(|first| starts.first() != Some(&first.start)) {
            starts.insert(0, first.start);
        }
        let ends = starts.iter().skip(1).copied().chain([self.range.end]);
        starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(start, end)| start..end)
            .collect()
    }

    /// Reports that the first of `parts` is indented and the others are not.
    fn report_offset(&self, parts: &[Range<usize>], findings: &mut Findings) {
        let [first, second, ..] = parts else {
            return;
        };
        if self.masked.is_upset(first) {
            return;
        }
        let line = Line::at(&self.masked.text, first.start);
        let other = Line::at(&self.masked.text, second.start);
        let Some(pair) = line.pair().filter(|_| line.indent() > other.indent()) else {
            return;
        };
        let key = &self.text[pair.key.clone()];
        let finding = invalid(
            self.file,
            Span::new(pair.key),
            format!("`{key}` is indented deeper than the keys after it"),
        )
        .hint("start it in the same column as they do");
        let indentation = Span::new(line.start..line.start + line.indent() - other.indent());
        let alone = lines(self.text, first.clone())
            .filter(|line| !line.is_skipped())
            .count()
            == 1;
        findings.push(if alone {
            finding.fix("remove the indentation", indentation, "")
        } else {
            finding
        });
    }

    fn part(&self, range: Range<usize>) -> Part<'t, '_> {
        Part {
            file: self.file,
            text: &self.text[range.clone()],
            masked: &self.masked.text[range.clone()],
            base: range.start,
            known: &self.known,
        }
    }

    /// Reads one part, as often as it has faults that can be masked.
    fn read(&mut self, mut range: Range<usize>, parts: &mut Parts<'t>, findings: &mut Findings) {
        if self.is_stray(&range) {
            return self.refuse_stray(&range, parts, findings);
        }
        // Where the indentation has been reported, what the parser says next is most likely an effect of it.
        let quiet = self.masked.is_upset(&range);
        let mut open = false;
        let mut faulty: Vec<usize> = Vec::new();
        for _ in 0..REPAIRS {
            let mut found = Findings::new();
            let snag = match build(&self.part(range.clone()), &mut found) {
                Ok(node) => {
                    findings.append(&mut found);
                    self.adopt(node, &range, parts, findings);
                    parts.stray |= open;
                    self.known.clear();
                    return;
                }
                Err(snag) => snag,
            };
            if let Cause::OpenBracket(_) = snag.cause
                && let Some(more) = parts.rest.pop_if(|next| self.is_stray(next))
            {
                range.end = more.end;
                continue;
            }
            open |= matches!(snag.cause, Cause::OpenQuote | Cause::OpenBracket(_));
            let fence = parts.fence.filter(|_| range.end == self.range.end);
            let scene = self.scene(&range, snag.at, fence);
            let fault = scene.explain(&snag.cause);
            let line = scene.line_of(fault.finding.at.span).start;
            if quiet || faulty.contains(&line) {
                break;
            }
            if !scene.is_effect(&fault, &faulty) {
                findings.push(fault.finding);
            }
            faulty.push(line);
            match fault.remedy {
                Remedy::Mask(cover, range) => self.mask(&cover, range),
                Remedy::Split(at) => {
                    parts.rest.extend([at..range.end, range.start..at]);
                    return;
                }
                Remedy::Part => break,
            }
        }
        self.give_up(&range, parts, findings);
        parts.stray |= open;
        self.known.clear();
    }

    /// Returns what is around the place `at`, counted from the start of the part `range`.
    fn scene(&self, range: &Range<usize>, at: usize, fence: Option<Span>) -> Scene<'_> {
        Scene {
            file: self.file,
            text: self.text,
            masked: &self.masked.text,
            at: range.start + at,
            range: range.clone(),
            fence,
        }
    }

    fn mask(&mut self, cover: &Cover, range: Range<usize>) {
        match cover {
            Cover::Text | Cover::Blank => {}
            Cover::Value => self.known.values.push(range.start),
            Cover::Line => self.known.lines.push(range.start),
        }
        match cover {
            Cover::Text | Cover::Value => self.masked.flatten(range),
            Cover::Blank | Cover::Line => self.masked.cover(range, ' '),
        }
    }

    /// Returns whether a part starts with a line that has neither a key nor anything else that YAML can start with.
    fn is_stray(&self, part: &Range<usize>) -> bool {
        let line = Line::at(&self.masked.text, part.start);
        let signs = ['{', '[', '"', '\'', '?', '!', '&', '%'];
        line.pair().is_none() && !line.is_item() && !line.content().starts_with(signs)
    }

    /// Reports that a part has no key. Several in a row are one fault.
    fn refuse_stray(&self, range: &Range<usize>, parts: &mut Parts<'t>, findings: &mut Findings) {
        let scene = self.scene(range, 0, None);
        let line = scene.line_of(Span::at(range.start));
        let known = line.is_blank() || parts.stray && line.tight_pair().is_none();
        if !known {
            findings.push(scene.explain(&Cause::NoKey).finding);
        }
        self.give_up(range, parts, findings);
    }

    /// Adds what a part has given to the whole.
    fn adopt(
        &self,
        node: Option<Node<'t>>,
        range: &Range<usize>,
        parts: &mut Parts<'t>,
        findings: &mut Findings,
    ) {
        let Some(node) = node else {
            let lines = &self.known.lines;
            parts.mapping.incomplete |= lines.iter().any(|line| range.contains(line));
            return;
        };
        match node.value {
            Value::Mapping(part) => {
                parts.stray = false;
                parts.mapping.incomplete |= part.incomplete;
                for entry in part.entries {
                    parts.add(entry, self.file, findings);
                }
            }
            Value::List(_) => {
                let line = Line::at(self.text, range.start).span();
                let at = Location::new(self.file, Span::new(line));
                let message = "a list stands where keys are expected";
                let finding = Finding::new("document/wrong-type", at, message)
                    .hint("write `key: value`, or put a key before the list");
                findings.push(finding);
                parts.mapping.incomplete = true;
            }
            Value::Unreadable => self.give_up(range, parts, findings),
            Value::Null | Value::Scalar(_) => self.refuse_stray(range, parts, findings),
        }
    }

    /// Keeps the key of a part that cannot be read, so that nobody misses it.
    fn give_up(&self, range: &Range<usize>, parts: &mut Parts<'t>, findings: &mut Findings) {
        let line = Line::at(&self.masked.text, range.start);
        let pair = line.pair().map(|pair| (pair.key, pair.colon));
        let key = pair.or_else(|| line.tight_pair());
        parts.stray = key.is_none();
        let Some((key, colon)) = key else {
            parts.mapping.incomplete = true;
            return;
        };
        let end = range.start + self.text[range.clone()].trim_end().len();
        let name = self.text[key.clone()].trim_matches(['"', '\'']);
        let entry = Entry {
            key: Spanned::new(Cow::Borrowed(name), Span::new(key)),
            value: Node {
                span: Span::new(colon + 1..end.max(colon + 1)),
                value: Value::Unreadable,
            },
        };
        parts.add(entry, self.file, findings);
    }
}

impl<'t> Parts<'t> {
    fn add(&mut self, entry: Entry<'t>, file: FileId, findings: &mut Findings) {
        keys::add(&mut self.mapping, &mut self.keys, entry, file, findings);
    }
}
