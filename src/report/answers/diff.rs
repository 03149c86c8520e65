//! The answer of `trainboard diff`: what a change of the plan means, grouped by train, the most important first.
//!
//! The facts come from [`crate::diff`]; here they are put into words and laid out. A reviewer reads the first line, then
//! the few lines of each train; what those stand for comes below them.

mod lines;
mod markdown;
mod object;
mod summary;
mod words;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use super::super::Ink;
use super::super::plain::one_line;
use super::Layout;
use crate::diff::{Comparison, Group};
use crate::time::Day;

use lines::{Line, Sign};
use summary::Summary;

/// How many details stand below a line on a terminal before the rest is only counted.
const MOST_DETAILS: usize = 20;

/// What a change of the plan means.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The day as of which both plans are seen.
    pub as_of: Day,
    /// The plan that is compared with.
    pub old: Version,
    /// The plan that is told.
    pub new: Version,
    /// What the change means.
    pub comparison: Comparison,
}

/// Which plan one side of a comparison is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The git revision as it was asked for; none for the files on disk.
    pub revision: Option<String>,
    /// The full name of its commit; none for the files on disk.
    pub commit: Option<String>,
}

impl Version {
    /// Returns what a sentence calls it: `main`, `the working tree`.
    fn words(&self) -> &str {
        self.revision.as_deref().unwrap_or("the working tree")
    }
}

/// Returns the JSON Schema of what the format `json` writes.
pub fn schema() -> serde_json::Value {
    object::schema().to_value()
}

impl Changes {
    /// Returns how many errors are new.
    pub fn new_errors(&self) -> usize {
        Summary::of(&self.comparison).errors()
    }

    /// Writes the answer; fails only when the writer does.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
        match layout {
            Layout::Human(ink) => self.write_human(ink, out),
            Layout::Markdown => markdown::write(self, out),
            Layout::Json => object::write(self, out),
        }
    }

    /// Returns the first line: what all of it comes to.
    fn headline(&self) -> String {
        Summary::of(&self.comparison).words()
    }

    /// Returns what is said of errors, which hide something.
    fn warning(&self) -> Option<String> {
        let (before, after) = (self.comparison.errors_before, self.comparison.errors_after);
        let errors = |count| super::counted(count, "error", "errors");
        let whose = match (before, after) {
            (0, 0) => return None,
            (0, after) => format!("{} has {}", self.new.words(), errors(after)),
            (before, 0) => format!("{} has {}", self.old.words(), errors(before)),
            (before, after) => format!(
                "{} has {} and {} has {}",
                self.old.words(),
                errors(before),
                self.new.words(),
                errors(after)
            ),
        };
        Some(format!(
            "{whose}: what they hide is not told here, see `trainboard check`"
        ))
    }

    fn write_human(&self, ink: Ink, out: &mut dyn Write) -> io::Result<()> {
        let paint = Paint { ink };
        writeln!(out, "{}", paint.bold(&one_line(&self.headline())))?;
        for group in &self.comparison.groups {
            write_group(group, paint, out)?;
        }
        match self.warning() {
            Some(warning) => writeln!(out, "\n{}", one_line(&warning)),
            None => Ok(()),
        }
    }
}

fn write_group(group: &Group, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", paint.bold(&one_line(&lines::title(group))))?;
    for line in lines::lines(group) {
        let mark = paint.mark(line.sign);
        writeln!(out, "  {mark} {}", one_line(&line.text))?;
        for detail in line.details.iter().take(MOST_DETAILS) {
            writeln!(out, "      {}", paint.dim(&one_line(detail)))?;
        }
        if let Some(more) = more(&line) {
            writeln!(out, "      {}", paint.dim(&more))?;
        }
    }
    Ok(())
}

/// Returns how many details of `line` are not told.
fn more(line: &Line) -> Option<String> {
    let rest = line.details.len().checked_sub(MOST_DETAILS)?;
    (rest > 0).then(|| format!("and {rest} more"))
}

/// How lines are coloured; their words and marks say the same.
#[derive(Clone, Copy)]
struct Paint {
    ink: Ink,
}

impl Paint {
    fn styled(self, code: &str, text: &str) -> String {
        match self.ink {
            Ink::Plain => text.to_owned(),
            Ink::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }

    fn bold(self, text: &str) -> String {
        self.styled("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.styled("2", text)
    }

    fn mark(self, sign: Sign) -> String {
        match sign {
            Sign::Worse => self.styled("1;31", "!"),
            Sign::Better => self.styled("32", "+"),
            Sign::Other => "-".to_owned(),
        }
    }
}
