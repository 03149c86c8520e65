//! Steps of the parser → the spanned tree. What YAML allows and a plan does not is refused here, at its own place.
//!
//! Refused: anchors, aliases, merge keys, tags, keys that are no text, keys that other readers take for a boolean, and
//! a second key of the same name. Each costs one finding and the smallest possible part of the tree.

use std::borrow::Cow;
use std::ops::Range;

use super::super::DEPTH_LIMIT;
use super::super::tree::{Entry, Mapping, Node, Scalar, Style, Value};
use super::events::{Cause, Event, Layout, Snag, Step, events};
use super::invalid;
use super::keys::{Keys, add};
use crate::diagnostic::{Finding, Findings};
use crate::text::{FileId, Span, Spanned};

/// A part of a document that is parsed on its own.
pub(super) struct Part<'t, 'm> {
    /// The file.
    pub(super) file: FileId,
    /// The part's text as it stands in the file: what values borrow.
    pub(super) text: &'t str,
    /// The same number of bytes, with what the parser must not see masked.
    pub(super) masked: &'m str,
    /// Offset of both in the file.
    pub(super) base: usize,
    /// What has been reported and masked.
    pub(super) known: &'m Known,
}

/// Faults that have been reported and masked, by their offsets in the file.
#[derive(Default)]
pub(super) struct Known {
    /// Where values start that cannot be read.
    pub(super) values: Vec<usize>,
    /// Where lines start that have been left out.
    pub(super) lines: Vec<usize>,
}

impl Known {
    /// Forgets all, at the end of a part.
    pub(super) fn clear(&mut self) {
        self.values.clear();
        self.lines.clear();
    }
}

/// Returns the tree of `part`, none when it has nothing but comments, or why and where the parser stopped.
pub(super) fn build<'t>(
    part: &Part<'t, '_>,
    findings: &mut Findings,
) -> Result<Option<Node<'t>>, Snag> {
    let mut builder = Builder {
        part,
        findings,
        frames: Vec::new(),
        lines: part.known.lines.clone(),
        root: None,
    };
    for event in events(part.masked) {
        builder.step(event?)?;
    }
    Ok(builder.root)
}

struct Builder<'a, 't, 'm> {
    part: &'a Part<'t, 'm>,
    findings: &'a mut Findings,
    frames: Vec<Frame<'t>>,
    /// The lines left out that no mapping has been found for yet.
    lines: Vec<usize>,
    root: Option<Node<'t>>,
}

/// A list or a mapping that has not ended yet.
struct Frame<'t> {
    layout: Layout,
    span: Span,
    /// Set when the whole of it has been reported.
    unreadable: bool,
    content: Content<'t>,
}

enum Content<'t> {
    List(Vec<Node<'t>>),
    Mapping {
        mapping: Mapping<'t>,
        keys: Keys<'t>,
        key: Option<Key<'t>>,
    },
}

/// A key whose value has not been read yet.
enum Key<'t> {
    /// One that can be used.
    Named(Spanned<Cow<'t, str>>),
    /// `<<`, which would merge another mapping.
    Merge,
    /// One whose name cannot be told.
    Nameless,
    /// A boolean to other readers. It is no key that a plan knows.
    Boolean,
}

impl<'t> Builder<'_, 't, '_> {
    fn step(&mut self, event: Event<'_>) -> Result<(), Snag> {
        let Event { range, tag, step } = event;
        let tagged = tag.is_some();
        if let Some(tag) = tag {
            self.refuse_tag(tag);
        }
        match step {
            Step::Scalar(text, style) => {
                let mut node = self.scalar(&range, text, style);
                // `!important` is a tag and nothing after it: what looks like the value has been reported.
                if tagged && node.value == Value::Null {
                    node.value = Value::Unreadable;
                }
                self.place(node);
            }
            Step::List(layout) => self.open(&range, layout, Content::List(Vec::new()))?,
            Step::Mapping(layout) => {
                let content = Content::Mapping {
                    mapping: Mapping::default(),
                    keys: Keys::default(),
                    key: None,
                };
                self.open(&range, layout, content)?;
            }
            Step::End => self.close(&range),
            Step::Alias => self.refuse_alias(range),
            Step::Anchor => self.refuse_anchor(range),
        }
        Ok(())
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.part.base + range.start..self.part.base + range.end)
    }

    fn scalar(&self, range: &Range<usize>, text: Cow<'_, str>, style: Style) -> Node<'t> {
        let span = self.span(range.clone());
        if self.part.known.values.contains(&(span.start as usize)) {
            return Node {
                span,
                value: Value::Unreadable,
            };
        }
        if style == Style::Plain && range.is_empty() {
            return self.nothing(range.start);
        }
        if style == Style::Plain && matches!(&*text, "~" | "null" | "Null" | "NULL") {
            return Node {
                span,
                value: Value::Null,
            };
        }
        let written = &self.part.masked[range.clone()];
        let inner = match style {
            Style::Quoted => 1..written.len().saturating_sub(1),
            Style::Plain => 0..written.len(),
            Style::Block => 0..written.trim_end().len(),
        };
        let span = match style {
            Style::Block => span.slice(inner.clone()),
            Style::Plain | Style::Quoted => span,
        };
        let inner = range.start + inner.start..range.start + inner.end;
        // The text is borrowed where it stands in the file as it is; only folding and escapes make a new one.
        let text = match self.part.masked.get(inner.clone()) {
            Some(same) if same == text => Cow::Borrowed(&self.part.text[inner]),
            _ => Cow::Owned(text.into_owned()),
        };
        let value = Value::Scalar(Scalar { text, style });
        Node { span, value }
    }

    /// Returns the value that is not there: the parser points at the colon before it.
    fn nothing(&self, at: usize) -> Node<'t> {
        let after_colon = usize::from(self.part.masked[at..].starts_with(':'));
        Node {
            span: self.span(at + after_colon..at + after_colon),
            value: Value::Null,
        }
    }

    fn open(
        &mut self,
        range: &Range<usize>,
        layout: Layout,
        content: Content<'t>,
    ) -> Result<(), Snag> {
        if self.frames.len() >= DEPTH_LIMIT {
            return Err(Snag {
                at: range.start,
                cause: Cause::Depth,
            });
        }
        self.frames.push(Frame {
            layout,
            span: self.span(range.clone()),
            unreadable: false,
            content,
        });
        Ok(())
    }

    fn close(&mut self, range: &Range<usize>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        // A block ends where its last value does; the parser only notices at the next line.
        let span = match frame.layout {
            Layout::Flow => frame.span.to(self.span(range.clone())),
            Layout::Block => frame.span,
        };
        let value = match frame.content {
            _ if frame.unreadable => Value::Unreadable,
            Content::List(items) => Value::List(items),
            Content::Mapping { mut mapping, .. } => {
                let extent = frame.span.to(self.span(range.clone()));
                let before = self.lines.len();
                self.lines.retain(|&line| !extent.contains(line));
                mapping.incomplete |= self.lines.len() < before;
                Value::Mapping(mapping)
            }
        };
        self.place(Node { span, value });
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node<'t>) {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.span = frame.span.to(node.span);
        let start = frame.span.start as usize;
        match &mut frame.content {
            Content::List(items) => items.push(node),
            Content::Mapping { mapping, keys, key } => match key.take() {
                None => {
                    let (named, finding) = self.part.key(&node, start);
                    *key = Some(named);
                    // `{{` is a template's, not two mappings: the whole value is meant as text.
                    frame.unreadable |= finding.is_some() && self.part.is_template(start);
                    self.findings.extend(finding);
                }
                Some(Key::Named(key)) => {
                    let entry = Entry { key, value: node };
                    add(mapping, keys, entry, self.part.file, self.findings);
                }
                Some(Key::Merge | Key::Nameless) => mapping.incomplete = true,
                Some(Key::Boolean) => {}
            },
        }
    }

    fn refuse_tag(&mut self, tag: Range<usize>) {
        let hint = "leave the tag out, or quote the value if it is text";
        self.refuse(tag, "a YAML tag, and tags", hint);
    }

    fn refuse_anchor(&mut self, anchor: Range<usize>) {
        let hint = "leave the anchor out and write the value where it is needed, or quote it if it is text";
        self.refuse(anchor, "a YAML anchor, and anchors", hint);
    }

    fn refuse_alias(&mut self, alias: Range<usize>) {
        let span = self.span(alias.clone());
        let merge = self.frames.iter().any(|frame| {
            let content = &frame.content;
            matches!(
                content,
                Content::Mapping {
                    key: Some(Key::Merge),
                    ..
                }
            )
        });
        if !merge {
            let hint = "write the value here, or quote it if it is text";
            self.refuse(alias, "a YAML alias, and aliases", hint);
        }
        self.place(Node {
            span,
            value: Value::Unreadable,
        });
    }

    fn refuse(&mut self, range: Range<usize>, what: &str, hint: &str) {
        let written = &self.part.text[range.clone()];
        let message = format!("`{written}` is {what} are not read");
        let finding = invalid(self.part.file, self.span(range), message).hint(hint);
        self.findings.push(finding);
    }
}

impl<'t> Part<'t, '_> {
    /// Returns the key that `node` makes in the mapping that starts at `mapping`, and what is wrong with it.
    fn key(&self, node: &Node<'t>, mapping: usize) -> (Key<'t>, Option<Finding>) {
        let report = |message: String| invalid(self.file, node.span, message);
        match &node.value {
            Value::Scalar(scalar) if scalar.style == Style::Plain && scalar.text == "<<" => {
                let finding =
                    report("`<<` is a YAML merge key, and merge keys are not read".into())
                        .hint("write the merged keys here");
                (Key::Merge, Some(finding))
            }
            Value::Scalar(scalar) if scalar.style == Style::Plain && is_boolean(&scalar.text) => {
                let finding = report(format!(
                    "other YAML readers take the key `{}` for true or false",
                    scalar.text
                ))
                .hint(format!(
                    "choose another key, or quote it: `\"{}\":`",
                    scalar.text
                ));
                (Key::Boolean, Some(finding))
            }
            Value::Scalar(scalar) => {
                let key = Spanned::new(scalar.text.clone(), node.span);
                (Key::Named(key), None)
            }
            // `~` or `null` is as good a name as any; a key that is not there is none.
            Value::Null if node.span.start < node.span.end => {
                let written = &self.text
                    [node.span.range().start - self.base..node.span.range().end - self.base];
                (
                    Key::Named(Spanned::new(Cow::Borrowed(written), node.span)),
                    None,
                )
            }
            Value::Null => {
                let finding =
                    report("a key is missing before the colon".into()).hint("write `key: value`");
                (Key::Nameless, Some(finding))
            }
            Value::Unreadable => (Key::Nameless, None),
            Value::List(_) | Value::Mapping(_) if self.is_template(mapping) => {
                let at = Span::new(mapping..mapping + 2);
                let finding = invalid(
                    self.file,
                    at,
                    "`{{` starts a mapping inside a mapping in YAML",
                )
                .hint("quote the value if it is text");
                (Key::Nameless, Some(finding))
            }
            Value::List(_) | Value::Mapping(_) => {
                let finding = report(format!("a key is {}, and keys are text", node.describe()))
                    .hint("write a word before the colon, or quote the key");
                (Key::Nameless, Some(finding))
            }
        }
    }

    fn is_template(&self, at: usize) -> bool {
        self.text[at - self.base..].starts_with("{{")
    }
}

/// Returns whether readers of YAML 1.1 or 1.2 take the plain `word` for a boolean.
fn is_boolean(word: &str) -> bool {
    let mut letters = word.chars();
    let tail = letters.next().map(|_| letters.as_str()).unwrap_or_default();
    let one_case = tail.chars().all(char::is_lowercase) || word.chars().all(char::is_uppercase);
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    one_case && words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
