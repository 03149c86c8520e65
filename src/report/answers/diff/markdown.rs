//! The comparison as a comment on a pull request: a sentence, a short table, and the rest folded away.
//!
//! What authors wrote comes from whoever opened the request. So it means only itself: it is no markup, no link, no
//! mention of anybody and no reference to anything. A comment has a size that every forge takes; what does not fit is
//! counted.

use std::io::{self, Write};

use super::super::super::plain::one_line;
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

/// The longest that one line may be: what is longer is cut.
const LONGEST: usize = 600;

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

/// Nothing that is seen: it parts what a forge would otherwise take for a mention, a reference or an address.
const NOTHING: &str = "&#8203;";

/// Returns `text` on one line of Markdown that means only itself, on a forge as well.
fn literal(text: &str) -> String {
    escaped(text, |c| match c {
        '\\' | '*' | '_' | '[' | ']' | '|' | '`' | '(' | ')' => Some(format!("\\{c}")),
        _ => None,
    })
}

/// Returns `text` on one line of HTML that means only itself.
fn html(text: &str) -> String {
    escaped(text, |c| (c == '"').then(|| "&quot;".to_owned()))
}

/// Returns `text` on one line with the characters that act in Markdown or HTML written as `escape` has them.
fn escaped(text: &str, escape: impl Fn(char) -> Option<String>) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len() + 16);
    for (count, (at, c)) in line.char_indices().enumerate() {
        if count >= LONGEST {
            escaped.push('…');
            break;
        }
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            '~' => escaped.push_str("&#126;"),
            _ => match escape(c) {
                Some(other) => escaped.push_str(&other),
                None => escaped.push(c),
            },
        }
        if links(&line[..at], c, &line[at + c.len_utf8()..]) {
            escaped.push_str(NOTHING);
        }
    }
    escaped
}

/// Returns whether a forge would make a link, a mention or a reference of `c` between `before` and `after`.
fn links(before: &str, c: char, after: &str) -> bool {
    let is_followed = after
        .chars()
        .next()
        .is_some_and(|next| !next.is_whitespace());
    let follows = |word: &str| {
        let start = before.len().checked_sub(word.len());
        let end = start.and_then(|start| before.get(start..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    match c {
        '@' | '#' | '!' | '$' | '%' | '~' | '&' => is_followed,
        ':' => after.starts_with("//") || follows("mailto"),
        '.' => is_followed && follows("www"),
        '-' => is_followed && follows("gh"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{html, literal};

    #[test]
    fn what_authors_wrote_means_only_itself() {
        let check = |text: &str, expected: &str| assert_eq!(literal(text), expected);
        check("@ana and #12", "&#64;&#8203;ana and &#35;&#8203;12");
        check(
            "[x](https://evil.example)|",
            "\\[x\\]\\(https:&#8203;//evil.example\\)\\|",
        );
        check("<b>`x`</b>", "&lt;b&gt;\\`x\\`&lt;/b&gt;");
        check("www.evil.example", "www.&#8203;evil.example");
        check("GH-12 !3", "GH-&#8203;12 !&#8203;3");
        check("a\nb \u{202e}", "a\\\\nb \\\\u{202e}");
        check("moves: Sat 12 → Sat 19", "moves: Sat 12 → Sat 19");
        assert_eq!(
            html("</summary>*x* \"@bob\""),
            "&lt;/summary&gt;*x* &quot;&#64;&#8203;bob&quot;"
        );
    }
}
