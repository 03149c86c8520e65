//! What the parser must not see, because it would point at the wrong place or stop for good: tabs in indentation,
//! blanks that only look like spaces, control characters, and `...` in the middle.
//!
//! Each is reported where it stands and replaced by as many bytes of something harmless, so offsets stay true.

use std::borrow::Cow;
use std::ops::Range;

use super::super::line::{Line, lines};
use super::invalid;
use crate::diagnostic::{Edit, Findings, Fix};
use crate::text::{FileId, Location, Span};

/// The text that the parser sees: as long as the file's, byte for byte.
pub(super) struct Masked<'t> {
    /// The text.
    pub(super) text: Cow<'t, str>,
    /// Offsets, in order, at which something that upsets the indentation has been reported.
    pub(super) faults: Vec<usize>,
}

impl Masked<'_> {
    /// Returns whether something that upsets the indentation has been reported in `range`.
    pub(super) fn is_upset(&self, range: &Range<usize>) -> bool {
        let next = self.faults.partition_point(|&at| at < range.start);
        self.faults.get(next).is_some_and(|at| range.contains(at))
    }

    /// Replaces the bytes in `range` by as many of `with`, a single-byte character.
    pub(super) fn cover(&mut self, range: Range<usize>, with: char) {
        let cover = String::from(with).repeat(range.len());
        self.text.to_mut().replace_range(range, &cover);
    }

    /// Replaces what has a meaning in YAML in `range`, so that it is read as a plain text.
    pub(super) fn flatten(&mut self, range: Range<usize>) {
        let flat: String = self.text[range.clone()]
            .chars()
            .map(|letter| {
                if letter.is_ascii_punctuation() {
                    '_'
                } else {
                    letter
                }
            })
            .collect();
        self.text.to_mut().replace_range(range, &flat);
    }
}

/// Returns `text` with `range`, which holds the YAML, masked. Faults are reported.
pub(super) fn mask<'t>(
    file: FileId,
    text: &'t str,
    range: Range<usize>,
    findings: &mut Findings,
) -> Masked<'t> {
    let mut masked = Masked {
        text: Cow::Borrowed(text),
        faults: Vec::new(),
    };
    let yaml = &text[range.clone()];
    // Nearly every document is clean, and this is nearly free.
    let suspicious = yaml.bytes().any(|byte| byte == b'\t' || is_control(byte))
        || yaml.contains('\u{a0}')
        || yaml.contains("\n...");
    if !suspicious {
        return masked;
    }
    let mut block: Option<usize> = None;
    for line in lines(text, range.clone()) {
        if line.is_blank() {
            continue;
        }
        if block.is_some_and(|parent| line.indent() <= parent) {
            block = None;
        }
        controls(file, line, &mut masked, findings);
        if block.is_some() {
            continue;
        }
        blanks(file, line, &mut masked, findings);
        if line.text == "..." {
            let rest = line.end()..range.end;
            if lines(text, rest).any(|line| !line.is_skipped()) {
                let finding = invalid(
                    file,
                    Span::new(line.span()),
                    "`...` ends a YAML document, and more follows",
                )
                .hint("remove the line");
                findings.push(finding);
            }
            masked.cover(line.span(), '#');
        }
        if opens_block(line) {
            block = Some(line.indent());
        }
    }
    masked
}

fn is_control(byte: u8) -> bool {
    byte == 0x7f || byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Reports the control characters of `line`: the first stands for all, since a binary file has thousands.
fn controls(file: FileId, line: Line<'_>, masked: &mut Masked<'_>, findings: &mut Findings) {
    let bytes = line.text.bytes().enumerate();
    let found: Vec<_> = bytes.filter(|&(_, byte)| is_control(byte)).collect();
    let Some(&(_, first)) = found.first() else {
        return;
    };
    let spans: Vec<Span> = found
        .iter()
        .map(|(at, _)| Span::new(line.start + at..line.start + at + 1))
        .collect();
    for span in &spans {
        masked.cover(span.range(), ' ');
    }
    let message = format!("control character U+{first:04X} in the text");
    let mut finding = invalid(file, spans[0], message).hint("remove it");
    let edits = spans.into_iter().map(|span| Edit {
        at: Location::new(file, span),
        replacement: String::new(),
    });
    finding.fix = Some(Fix {
        title: "remove the control characters".into(),
        edits: edits.collect(),
    });
    findings.push(finding);
}

/// Reports tabs and no-break spaces in the indentation of `line`: each run of them once.
fn blanks(file: FileId, line: Line<'_>, masked: &mut Masked<'_>, findings: &mut Findings) {
    let is_false_blank = |letter: char| matches!(letter, '\t' | '\u{a0}');
    let indentation = line.text.len()
        - line
            .text
            .trim_start_matches(|letter| letter == ' ' || is_false_blank(letter))
            .len();
    let mut at = 0;
    while let Some(start) = line.text[at..indentation].find(is_false_blank) {
        let start = at + start;
        let run = &line.text[start..indentation];
        let run = &run[..run.len() - run.trim_start_matches(is_false_blank).len()];
        at = start + run.len();
        let range = line.start + start..line.start + at;
        let message = if run.starts_with('\t') {
            "a tab in the indentation"
        } else {
            "a no-break space in the indentation"
        };
        let span = Span::new(range.clone());
        let width: usize = run
            .chars()
            .map(|letter| if letter == '\t' { 2 } else { 1 })
            .sum();
        let mut finding =
            invalid(file, span, message).hint("indent with spaces, two for each level");
        // Only a line that is indented by nothing else has an indentation that can be told.
        if run.len() == indentation {
            finding = finding.fix("indent with spaces", span, " ".repeat(width));
        }
        findings.push(finding);
        masked.faults.push(range.start);
        masked.cover(range, ' ');
    }
}

/// Returns whether a block of text starts after `line`: its value is `|` or `>`.
fn opens_block(line: Line<'_>) -> bool {
    let content = line.content();
    let header = match line.pair() {
        Some(pair) => &line.text[pair.value.start - line.start..pair.value.end - line.start],
        None => content.trim_start_matches(['-', ' ']),
    };
    header.strip_prefix(['|', '>']).is_some_and(|rest| {
        rest.chars()
            .all(|sign| matches!(sign, '+' | '-' | '0'..='9'))
    })
}
