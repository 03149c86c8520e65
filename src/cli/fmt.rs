//! `trainboard fmt`: frontmatter in its canonical order and layout.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Outcome;
use super::arguments::{Common, Fmt};
use super::failure::Failure;
use super::plan::find;
use super::screen::Screen;
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::edit::{Formatted, Refusal, format};
use crate::load::{CONFIG, load};
use crate::report::{FORMATS, Report};
use crate::text::{FileId, Location, Source, Sources};
use crate::world::{Disk, World as _};

/// What formatting came to.
#[derive(Default)]
struct Tally {
    /// How many files were looked at.
    seen: usize,
    /// The files that are not as they should be, or were not.
    changed: Vec<String>,
    /// How many of them had line ends of Windows.
    crlf: usize,
    /// The files that are left alone.
    refused: usize,
}

/// A file of the plan, as it was read.
struct File {
    path: String,
    text: String,
}

/// Runs the command.
pub(super) fn run(command: &Fmt, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let mut tally = Tally::default();
    for (root, targets) in by_plan(&command.paths)? {
        format_plan(&root, &targets, command, screen, &mut tally)?;
    }
    let mut out = screen.out();
    if command.check && !common.quiet {
        for path in &tally.changed {
            writeln!(out, "{path}")?;
        }
    }
    out.flush()?;
    screen.say(&tally.words(command.check));
    let fails = tally.refused > 0 || command.check && !tally.changed.is_empty();
    Ok(if fails {
        Outcome::Faulty
    } else {
        Outcome::Fine
    })
}

/// Returns what to format in each plan, relative to its folder; the empty path is all of it.
fn by_plan(paths: &[PathBuf]) -> Result<BTreeMap<PathBuf, Vec<String>>, Failure> {
    let mut plans: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for path in paths {
        let absolute = std::path::absolute(path)?;
        let folder = match absolute.is_file() {
            true => absolute.parent().unwrap_or(Path::new("/")),
            false => &absolute,
        };
        let root = find(folder)?;
        // A plan may be named from inside of it: then all that lies below is meant.
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (whole, part) = (real(&root), real(folder));
        let below = part.strip_prefix(&whole).unwrap_or(Path::new(""));
        let below = match absolute.file_name().filter(|_| absolute.is_file()) {
            Some(name) => below.join(name),
            None => below.to_owned(),
        };
        let target = below.to_string_lossy().replace('\\', "/");
        plans.entry(root).or_default().push(target);
    }
    Ok(plans)
}

/// Formats the files of the plan in `root` that lie in `targets`.
fn format_plan(
    root: &Path,
    targets: &[String],
    command: &Fmt,
    screen: &Screen,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let disk = Disk::open(root)?;
    let files = files(&disk, targets)?;
    let results: Vec<_> = files
        .par_iter()
        .map(|file| format(FileId(0), &file.path, &file.text))
        .collect();
    tally.seen += files.len();
    for (file, result) in files.iter().zip(results) {
        match result {
            Ok(Formatted { text, .. }) if text == file.text => {}
            Ok(Formatted { text, had_crlf }) => {
                if !command.check {
                    disk.replace(&file.path, &text)?;
                }
                tally.crlf += usize::from(had_crlf);
                tally.changed.push(file.path.clone());
            }
            Err(refusal) => {
                tally.refused += 1;
                tell(file, refusal, screen)?;
            }
        }
    }
    Ok(())
}

/// Returns the documents of the plan in `disk`, and its configuration, as far as they lie in `targets`.
fn files(disk: &Disk, targets: &[String]) -> Result<Vec<File>, Failure> {
    // What the plan excludes is not a part of it, and only the plan as a whole knows.
    let plan = load(disk).plan;
    let is_meant = |path: &str| {
        let mut targets = targets.iter();
        targets.any(|target| {
            let rest = path.strip_prefix(target.as_str());
            target.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let sources = plan.sources.iter().map(|(_, source)| source);
    let meant = sources.filter(|source| {
        let is_ours = source.path == CONFIG || source.path.ends_with(".md");
        is_ours && !plan.assets.contains(&source.path) && is_meant(&source.path)
    });
    // A link that leads nowhere, or bytes that are no text: `check` says what is wrong with them.
    let read = |source: &Source| {
        let bytes = disk.read(&source.path).ok()?;
        (*bytes == *source.text.as_bytes()).then(|| File {
            path: source.path.clone(),
            text: source.text.to_string(),
        })
    };
    let mut files: Vec<_> = meant.filter_map(read).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Says on standard output why `file` is left alone.
fn tell(file: &File, refusal: Refusal, screen: &Screen) -> Result<(), Failure> {
    let text = file.text.replace("\r\n", "\n");
    let mut sources = Sources::default();
    let id = sources.add(Source::new(file.path.as_str(), text));
    let place = |at: Location| {
        let position = sources.get(id).position(at.span.start);
        format!("{}:{}:{}", file.path, position.line, position.column)
    };
    match refusal {
        Refusal::Faulty(findings) => return print(findings, &sources, screen),
        Refusal::Unusual(at) => screen.warn(&format!(
            "{}: this is read, but cannot be formatted: write it as `key: value` or `- item`",
            place(at)
        )),
        Refusal::Unlike => screen.warn(&format!(
            "{}: left as it is: formatted, it would say something else; please report this",
            file.path
        )),
    }
    Ok(())
}

fn print(findings: Findings, sources: &Sources, screen: &Screen) -> Result<(), Failure> {
    let judged = |finding| Diagnostic {
        severity: Severity::Error,
        finding,
    };
    let diagnostics: Vec<_> = findings.into_iter().map(judged).collect();
    let report = Report {
        diagnostics: &diagnostics,
        sources,
        documents: 1,
        as_of: jiff::civil::Date::MIN,
        folder: "",
        drawing: screen.drawing(),
    };
    let mut out = screen.out();
    (FORMATS[0].write)(&report, &mut out)?;
    Ok(out.flush()?)
}

impl Tally {
    /// Returns what was done, or would be, in a sentence.
    fn words(&self, is_check: bool) -> String {
        let files = |count: usize| match count {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        let changed = self.changed.len();
        let mut words = match (is_check, changed) {
            (_, 0) if self.refused == 0 => format!("{}, all formatted", files(self.seen)),
            (_, 0) => "nothing to format".to_owned(),
            (true, 1) => "1 file is not formatted".to_owned(),
            (true, _) => format!("{changed} files are not formatted"),
            (false, 1) => "1 file was formatted".to_owned(),
            (false, _) => format!("{changed} files were formatted"),
        };
        if self.crlf > 0 {
            let lines = match is_check {
                true => "has line ends of Windows, which become LF",
                false => "had line ends of Windows, which are LF now",
            };
            words.push_str(&format!("; {} of them {lines}", self.crlf));
        }
        if self.refused > 0 {
            words.push_str(&format!("; {} left as they are", files(self.refused)));
        }
        words
    }
}
