//! The comparison as a comment on a pull request: a sentence, a short table, and the rest folded away.
//!
//! What authors wrote comes from whoever opened the request. So it means only itself: it is no markup, no link, no
//! mention of anybody and no reference to anything. A comment has a size that every forge takes; what does not fit is
//! counted.

use std::io::{self, Write};

use super::super::forge::{html, literal};
use super::lines::{Line, Sign, lines, title};
use super::{Changes, Version};
use crate::diff::Group;

/// Stands at the top, so that whoever writes the comment finds it again and puts a new one in its place.
const MARKER: &str = "<!-- trainboard diff -->";

/// The most characters that are written: a forge takes 65,536, and its reader may add some of its own.
const MOST: usize = 60_000;

/// What is kept free for the words that say how much is left out, and for the end.
const RESERVE: usize = 1_000;

/// How many lines of a train stand in the table.
const MOST_IN_TABLE: usize = 3;

/// How many rows the table has.
const MOST_ROWS: usize = 20;

/// Writes `changes` as Markdown; fails only when the writer does.
pub(super) fn write(changes: &Changes, out: &mut dyn Write) -> io::Result<()> {
    let mut comment = Comment::default();
    comment.push(&format!(
        "{MARKER}\n**{}**\n",
        capitalised(&literal(&changes.headline()))
    ));
    if let Some(warning) = changes.warning() {
        let warning = literal(&warning.replace('`', ""));
        comment.push(&format!("\n{}.\n", capitalised(&warning)));
    }
    let groups: Vec<(&Group, Vec<Line>)> = changes
        .comparison
        .groups
        .iter()
        .map(|group| (group, lines(group)))
        .collect();
    if !groups.is_empty() {
        comment.table(&groups);
        comment.details(&groups);
    }
    comment.push(&format!(
        "\n<sub>{} compared with {}, as of {}</sub>\n",
        html(&named(&changes.new)),
        html(&named(&changes.old)),
        changes.as_of
    ));
    out.write_all(comment.text.as_bytes())
}

/// Returns what a version is called: its revision, and the beginning of its commit.
fn named(version: &Version) -> String {
    match (&version.revision, &version.commit) {
        (Some(revision), Some(commit)) if commit.starts_with(revision.as_str()) => {
            short(commit).to_owned()
        }
        (Some(revision), Some(commit)) => format!("{revision} ({})", short(commit)),
        _ => version.words().to_owned(),
    }
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// A comment while it is written.
#[derive(Default)]
struct Comment {
    text: String,
    /// How many characters it has.
    length: usize,
}

impl Comment {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    /// Returns whether `text` still fits, with what has to come after it.
    fn takes(&self, text: &str) -> bool {
        self.length + text.chars().count() + RESERVE <= MOST
    }

    /// Adds a row for each of the first groups, with its most important lines.
    fn table(&mut self, groups: &[(&Group, Vec<Line>)]) {
        self.push("\n| Where | What changes |\n|---|---|\n");
        for (group, lines) in groups.iter().take(MOST_ROWS) {
            let told: Vec<String> = lines.iter().take(MOST_IN_TABLE).map(line).collect();
            let mut cell = told.join("<br>");
            if let Some(rest) = lines
                .len()
                .checked_sub(MOST_IN_TABLE)
                .filter(|rest| *rest > 0)
            {
                cell.push_str(&format!("<br>and {rest} more"));
            }
            let row = format!("| {} | {cell} |\n", literal(&title(group)));
            match self.takes(&row) {
                true => self.push(&row),
                false => break,
            }
        }
        if let Some(rest) = groups.len().checked_sub(MOST_ROWS).filter(|rest| *rest > 0) {
            self.push(&format!("| and {rest} more | |\n"));
        }
    }

    /// Adds everything that the table does not say, folded away, as far as it fits.
    fn details(&mut self, groups: &[(&Group, Vec<Line>)]) {
        let told: Vec<(&Group, Vec<&Line>)> = (0..)
            .zip(groups)
            .map(|(row, (group, lines))| (*group, untold(row, lines)))
            .filter(|(_, lines)| !lines.is_empty())
            .collect();
        for (at, (group, lines)) in told.iter().enumerate() {
            let head = format!("\n<details><summary>{}</summary>\n\n", html(&title(group)));
            if !self.takes(&head) {
                let rest = told.len() - at;
                self.push(&format!("\nAnd {rest} more: see trainboard diff.\n"));
                return;
            }
            self.push(&head);
            self.items(lines);
            self.push("\n</details>\n");
        }
    }

    fn items(&mut self, lines: &[&Line]) {
        for (at, of) in lines.iter().enumerate() {
            let item = format!("- {}\n", line(of));
            if !self.takes(&item) {
                self.push(&format!("- and {} more\n", lines.len() - at));
                return;
            }
            self.push(&item);
            for (at, detail) in of.details.iter().enumerate() {
                let item = format!("  - {}\n", literal(detail));
                if !self.takes(&item) {
                    self.push(&format!("  - and {} more\n", of.details.len() - at));
                    break;
                }
                self.push(&item);
            }
        }
    }
}

/// Returns the lines of the group in the row `row` of the table that the table does not tell, or not in full.
fn untold(row: usize, lines: &[Line]) -> Vec<&Line> {
    let numbered = lines.iter().enumerate();
    let is_told =
        |at: usize, line: &Line| row < MOST_ROWS && at < MOST_IN_TABLE && line.details.is_empty();
    let untold = numbered.filter(|(at, line)| !is_told(*at, line));
    untold.map(|(_, line)| line).collect()
}

/// Returns one line: what makes the plan worse has a sign, and says so in words of its own.
fn line(line: &Line) -> String {
    let text = literal(&line.text);
    match line.sign {
        Sign::Worse => format!("⚠️ {text}"),
        Sign::Better => format!("✅ {text}"),
        Sign::Other => text,
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
