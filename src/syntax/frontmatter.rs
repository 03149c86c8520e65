//! Where the frontmatter stands: between a first line `---` and the next line `---`.
//!
//! Only lines are looked at here. When a line of dashes is missing or mistyped, the likeliest place is named and
//! reading goes on as if it were right. Later lines of `---` are the body's.

use std::ops::Range;

use super::line::{Line, lines};
use super::start_of;
use super::yaml::invalid;
use crate::diagnostic::{Finding, Findings};
use crate::text::{FileId, Location, Span};

/// The frontmatter's lines of dashes and what they divide.
#[derive(Debug)]
pub(super) struct Fences {
    /// The opening line; empty when it is missing.
    pub(super) opening: Span,
    /// The YAML between the lines.
    pub(super) yaml: Range<usize>,
    /// The closing line, when there is one.
    pub(super) closing: Option<Span>,
    /// Offset at which the body starts.
    pub(super) body: usize,
}

impl Fences {
    /// Returns the frontmatter with its lines of dashes.
    pub(super) fn whole(&self) -> Range<usize> {
        let end = self
            .closing
            .map_or(self.yaml.end, |closing| closing.range().end);
        self.opening.range().start..end
    }
}

/// Fences that make more sense than those found, and the finding that says so.
pub(super) struct Sooner {
    pub(super) finding: Finding,
    pub(super) fences: Fences,
}

/// Returns where the frontmatter of `text`, which is not blank, stands. Reports it when it is missing or not closed.
pub(super) fn find(file: FileId, text: &str, findings: &mut Findings) -> Option<Fences> {
    let opening = opening(file, text, findings)?;
    let start = if opening.start < opening.end {
        after(text, opening.end as usize)
    } else {
        opening.end as usize
    };
    if let Some(close) = lines(text, start..text.len()).find(Line::is_fence) {
        return Some(Fences {
            opening,
            yaml: start..close.start,
            closing: Some(Span::new(close.span())),
            body: after(text, close.end()),
        });
    }
    let guess = Guess::new(text, start..text.len());
    let end = guess.end().unwrap_or(text.len());
    let (finding, fences) = unclosed(file, text, opening, start..end, guess.fence);
    findings.push(finding);
    Some(fences)
}

/// Returns better fences when the text between `fences`, which is no YAML, has the looks of a body in it.
pub(super) fn find_sooner(file: FileId, text: &str, fences: &Fences) -> Option<Sooner> {
    let guess = Guess::new(text, fences.yaml.clone());
    let fence = guess
        .fence
        .filter(|fence| guess.prose.is_none_or(|prose| fence.start < prose));
    let end = fence.map(|fence| fence.start).or(guess.prose)?;
    let (finding, better) = unclosed(file, text, fences.opening, fences.yaml.start..end, fence);
    let finding = match fences.closing {
        Some(closing) => finding.also(
            Location::new(file, closing),
            "the next line of dashes, too late",
        ),
        None => return None,
    };
    Some(Sooner {
        finding,
        fences: better,
    })
}

/// Returns the part of a YAML file that is its first document, and reports a second one.
pub(super) fn first_document(file: FileId, text: &str, findings: &mut Findings) -> Range<usize> {
    let mut start = start_of(text);
    let first = lines(text, start..text.len()).find(|line| !line.is_skipped());
    if let Some(fence) = first.filter(Line::is_fence) {
        start = after(text, fence.end());
    }
    let Some(second) = lines(text, start..text.len()).find(Line::is_fence) else {
        return start..text.len();
    };
    if lines(text, after(text, second.end())..text.len()).any(|line| !line.is_skipped()) {
        let finding = invalid(
            file,
            Span::new(second.span()),
            "a second YAML document starts here, and only the first is read",
        )
        .hint("remove the line, or move what follows to a file of its own");
        findings.push(finding);
    }
    start..second.start
}

/// Returns the opening line, or reports that it is missing. An empty span stands for one that should be there.
fn opening(file: FileId, text: &str, findings: &mut Findings) -> Option<Span> {
    let start = start_of(text);
    let first = lines(text, start..text.len()).find(|line| !line.is_blank())?;
    let span = Span::new(first.whole());
    if first.is_fence() && first.start == start {
        return Some(span);
    }
    let report = |span, message: &str| {
        Finding::new(
            "document/no-frontmatter",
            Location::new(file, span),
            message,
        )
    };
    if first.is_fence() {
        let blank = Span::new(start..first.start);
        let finding = report(span, "the frontmatter does not start in the first line")
            .hint("remove the blank lines above it")
            .fix("remove the blank lines", blank, "");
        findings.push(finding);
        return Some(span);
    }
    if first.content() == "+++" {
        let finding = report(span, "the frontmatter is TOML, and only YAML is read")
            .hint("write the keys as `key: value` between two lines of `---`");
        findings.push(finding);
        return None;
    }
    if first.is_almost_fence() {
        let finding = report(
            span,
            &format!("the first line is `{}`, not `---`", first.text),
        )
        .hint("write exactly three dashes, with nothing before them")
        .fix("write `---`", span, "---");
        findings.push(finding);
        return Some(span);
    }
    let closed = lines(text, start..text.len()).any(|line| line.is_fence());
    if first.pair().is_some() && closed {
        let finding = report(span, "the frontmatter has no opening line")
            .hint("put a line of `---` above it")
            .fix("open the frontmatter", Span::at(first.start), "---\n");
        findings.push(finding);
        return Some(Span::at(first.start));
    }
    let hint = match frontmatter_below(text, first.end()) {
        Some(line) => format!("move the frontmatter to the top; it starts in line {line}"),
        None => "start the file with a line of `---`, then `title: …`, then a line of `---`".into(),
    };
    findings.push(report(span, "the document has no frontmatter").hint(hint));
    None
}

/// Returns the 1-based line in which something that looks like frontmatter starts after `offset`.
fn frontmatter_below(text: &str, offset: usize) -> Option<usize> {
    let all: Vec<Line> = lines(text, 0..text.len()).collect();
    let at = all.windows(2).position(|pair| {
        pair[0].start > offset && pair[0].is_fence() && pair[1].pair().is_some()
    })?;
    let closed = all[at + 1..].iter().any(Line::is_fence);
    closed.then_some(at + 1)
}

/// Returns the finding about frontmatter that ends with `yaml` and has no closing line, or `fence` in its stead.
fn unclosed(
    file: FileId,
    text: &str,
    opening: Span,
    yaml: Range<usize>,
    fence: Option<Line<'_>>,
) -> (Finding, Fences) {
    let at = Location::new(file, opening);
    let finding = Finding::new(
        "document/unclosed-frontmatter",
        at,
        "the frontmatter is not closed",
    );
    let last = lines(text, yaml.clone())
        .filter(|line| !line.is_blank())
        .last();
    let finding = match (fence, last) {
        (Some(fence), _) => {
            let span = Span::new(fence.whole());
            finding
                .also(
                    Location::new(file, span),
                    format!("`{}` does not close it", fence.text),
                )
                .hint("close it with exactly three dashes, with nothing before them")
                .fix("write `---`", span, "---")
        }
        (None, Some(last)) => {
            let finding = finding
                .also(
                    Location::new(file, Span::new(last.span())),
                    "its last line, by the looks of it",
                )
                .hint("write a line of `---` after its last key");
            let end = after(text, last.end());
            let line_end = if text[..end].ends_with('\n') {
                ""
            } else {
                "\n"
            };
            if yaml.end == text.len() {
                finding.fix(
                    "close the frontmatter",
                    Span::at(end),
                    format!("{line_end}---\n"),
                )
            } else {
                finding
            }
        }
        (None, None) => finding.hint("write the keys below it and then a second line of `---`"),
    };
    let fences = Fences {
        opening,
        body: fence.map_or(yaml.end, |fence| after(text, fence.end())),
        closing: fence.map(|fence| Span::new(fence.span())),
        yaml,
    };
    (finding, fences)
}

/// Signs that the frontmatter has ended.
struct Guess<'t> {
    /// A line that was probably meant to close it.
    fence: Option<Line<'t>>,
    /// Where a blank line stands before prose.
    prose: Option<usize>,
    /// Where a heading stands alone, or a line that is no YAML.
    other: Option<usize>,
}

impl<'t> Guess<'t> {
    fn new(text: &'t str, range: Range<usize>) -> Self {
        let mut guess = Self {
            fence: None,
            prose: None,
            other: None,
        };
        // Where the run of blank lines and comments before the line starts, and whether there was a blank one.
        let mut gap: Option<usize> = None;
        let mut blank = false;
        let mut all = lines(text, range).peekable();
        while let Some(line) = all.next() {
            if line.is_skipped() {
                let alone = blank && all.peek().is_none_or(Line::is_blank);
                if !line.is_blank() && line.indent() == 0 && alone && guess.other.is_none() {
                    guess.other = gap;
                }
                blank |= line.is_blank();
                gap.get_or_insert(line.start);
                continue;
            }
            if line.is_almost_fence() {
                guess.fence.get_or_insert(line);
            } else if is_prose(line) && blank {
                guess.prose = guess.prose.or(gap);
            } else if is_prose(line) {
                guess.other.get_or_insert(line.start);
            }
            gap = None;
            blank = false;
            if guess.prose.is_some() {
                break;
            }
        }
        guess.fence = guess
            .fence
            .filter(|fence| guess.other.is_none_or(|other| fence.start < other));
        guess
    }

    /// Returns the offset of the first sign.
    fn end(&self) -> Option<usize> {
        let fence = self.fence.map(|fence| fence.start);
        [fence, self.prose, self.other].into_iter().flatten().min()
    }
}

/// Returns whether the line is several words that are no YAML at the top level.
fn is_prose(line: Line<'_>) -> bool {
    line.indent() == 0
        && !line.is_item()
        && line.pair().is_none()
        && line.tight_pair().is_none()
        && line.text.contains(' ')
        && !line.text.starts_with([']', '}', '"', '\'', '{', '['])
}

/// Returns the offset after the line end that follows `end`.
fn after(text: &str, end: usize) -> usize {
    text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}
