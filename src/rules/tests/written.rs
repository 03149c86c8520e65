//! The plan that an example writes down, and the diagnostics that it marks.

use std::borrow::Cow;

use crate::load::CONFIG;
use crate::world::{Entry, Fault, Memory, ReadError, World, txtar};

/// What an example's plan is set in when it does not say so itself.
const SETTING: &str = "title: Example\ntimezone: Europe/London\n";

/// A diagnostic at a place: path, line, column, rule.
pub(super) type Mark = (String, usize, usize, String);

/// A plan as an example writes it.
///
/// The files are those of a txtar archive, and some lines stand for what a page cannot show:
/// - `^^^ group/fault` marks a diagnostic at the place above its first caret, and is no part of the file;
/// - `... 9 times` stands for the line above it, so that this line is in the file nine times;
/// - `\xE9` is the single byte E9;
/// - `-- a.md -> ../b.md --` is a symbolic link that leads out of the plan.
pub(super) struct Written {
    files: Memory,
    entries: Vec<Entry>,
    /// The diagnostics that the example marks, sorted.
    pub(super) marks: Vec<Mark>,
}

impl Written {
    /// Returns the plan that `archive` writes down.
    pub(super) fn of(archive: &str) -> Self {
        let (mut files, mut links, mut marks) = (Vec::new(), Vec::new(), Vec::new());
        for (name, content) in txtar::parse(archive).files {
            let path = name.split_once(" -> ").map_or(name, |(path, _)| path);
            let file = File::read(content);
            marks.extend(
                file.marks
                    .into_iter()
                    .map(|(line, column, rule)| (path.to_owned(), line, column, rule.to_owned())),
            );
            match name.split_once(" -> ") {
                None => files.push((path.to_owned(), file.bytes)),
                Some((_, target)) => {
                    assert!(target.starts_with("../"), "a link out of the plan: {name}");
                    links.push(Entry::faulty(path, Fault::LeavesPlan));
                }
            }
        }
        if !files.iter().any(|(path, _)| path == CONFIG) {
            files.push((CONFIG.to_owned(), SETTING.into()));
        }
        marks.sort();
        let files: Memory = files.into_iter().collect();
        let mut entries = [files.entries(), &links].concat();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            files,
            entries,
            marks,
        }
    }
}

impl Written {
    /// Returns the same plan with `text` in the file `path`.
    pub(super) fn with(&self, path: &str, text: &str) -> Self {
        let bytes = |entry: &Entry| match entry.path == path {
            true => text.as_bytes().to_vec(),
            false => self.files.read(&entry.path).expect("a file").into_owned(),
        };
        let files = self.files.entries().iter();
        Self {
            files: files
                .map(|entry| (entry.path.clone(), bytes(entry)))
                .collect(),
            entries: self.entries.clone(),
            marks: self.marks.clone(),
        }
    }
}

impl World for Written {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError> {
        self.files.read(path)
    }
}

/// One file of an example, and what is marked in it: line, column, rule.
struct File<'a> {
    bytes: Vec<u8>,
    marks: Vec<(usize, usize, &'a str)>,
}

impl<'a> File<'a> {
    fn read(content: &'a str) -> Self {
        let mut lines: Vec<&str> = Vec::new();
        let mut marks = Vec::new();
        for line in content.lines() {
            if let Some((column, rules)) = marked(line) {
                let at = lines.len().max(1);
                marks.extend(rules.split_whitespace().map(|rule| (at, column, rule)));
            } else if let Some(times) = repeated(line) {
                let above = lines.last().copied().expect("a line to repeat");
                lines.resize(lines.len() + times - 1, above);
            } else {
                lines.push(line);
            }
        }
        let bytes = lines
            .iter()
            .flat_map(|line| [bytes(line), b"\n".to_vec()].concat())
            .collect();
        Self { bytes, marks }
    }
}

/// Returns the column that a line of carets points at, and the rules that it names.
fn marked(line: &str) -> Option<(usize, &str)> {
    let carets = line.trim_start();
    let rules = carets
        .strip_prefix('^')?
        .trim_start_matches('^')
        .strip_prefix(' ')?;
    let column = line.chars().take_while(|char| *char == ' ').count() + 1;
    Some((column, rules))
}

/// Returns how often the line above `line`, which reads `... 9 times`, stands in the file.
fn repeated(line: &str) -> Option<usize> {
    line.strip_prefix("... ")?
        .strip_suffix(" times")?
        .parse()
        .ok()
}

/// Returns the bytes of `line`, in which `\xE9` is a single one.
fn bytes(line: &str) -> Vec<u8> {
    let mut parts = line.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}
