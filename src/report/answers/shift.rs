//! The answer of `trainboard shift`: what is written anew when a train moves, what follows, what breaks, what is mended,
//! and which move would break nothing.

mod consequences;
mod object;

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::sheet::{Line, Section, Sheet, Tone, spot};
use super::{Layout, counted, name};
use crate::diagnostic::Diagnostic;
use crate::diff::{Comparison, Content, DateMove, Entry, Fact, Step};
use crate::edit::{Kept, Shift, Why};
use crate::plan::{DocId, Kind, Plan};
use crate::text::Sources;
use crate::time::Day;

pub use consequences::Consequences;

/// A move, and what it comes to.
#[derive(Clone, Debug)]
pub struct Move<'a> {
    /// The plan as it is.
    pub plan: &'a Plan,
    /// The plan as it is after the move.
    pub after: &'a Plan,
    /// The day that counts as today.
    pub as_of: Day,
    /// What moves.
    pub of: DocId,
    /// By how many days; a negative number is earlier.
    pub days: i64,
    /// What is written anew, and what stays.
    pub shift: &'a Shift,
    /// What the two plans differ in.
    pub comparison: &'a Comparison,
    /// What breaks and what is mended.
    pub consequences: &'a Consequences<'a>,
    /// The nearest move that breaks nothing, but for approvals: they lapse wherever it goes.
    pub fit: NextFit,
    /// What became of the files.
    pub fate: Fate,
}

/// The nearest move, as far as asked or farther, that breaks nothing that another would not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextFit {
    /// The one that was asked for.
    Asked,
    /// By so many days.
    By(i64),
    /// None was found up to so many days.
    NoneUntil(i64),
}

/// What became of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nobody asked for them to be written.
    Untouched,
    /// They are written.
    Written,
    /// They are not written, because something breaks.
    Refused,
}

impl Move<'_> {
    /// Writes the answer; fails only when the writer does.
    ///
    /// The JSON object has `version`, `as_of`, `of` (`kind` and `id`), `days`, `edits` (`document`, `what`, `before`,
    /// `after` and the place), `follows` (`document`, `file`, `field`, `before`, `after`, `counted_from`, `inherited_by`),
    /// `breaks`, `mends` and `notes` (`rule`, `severity`, `message`, `hint` and the place: of `mends` in the plan as it is, of
    /// the others in the one after the move), `stays` (`document`, `what`, `date`, `why`: `open`, `coarse`, `begun`,
    /// `fixed` or `unwritable`, and the place), `next_fit` (`days` and `start`; null where none was found) and `written`.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
        super::write(layout, || self.sheet(), &object::Object::of(self), out)
    }

    fn sheet(&self) -> Sheet {
        let breaks = &self.consequences.breaks;
        let follows: Vec<_> = self.follows().collect();
        let (after, before) = (&self.after.sources, &self.plan.sources);
        let follows_lines = follows.iter().map(|(of, date)| followed(of, date));
        let sections = [
            ("What breaks", told(breaks, after)),
            ("What is mended", told(&self.consequences.mends, before)),
            (
                "What is worth knowing",
                told(&self.consequences.notes, after),
            ),
            ("What follows", follows_lines.collect()),
            ("What stays", self.stays()),
            ("What is edited", self.edited()),
        ];
        let sections = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
        Sheet {
            tone: match breaks.is_empty() {
                true => Tone::Good,
                false => Tone::Bad,
            },
            headline: self.headline(follows.len()),
            sections: sections
                .map(|(title, lines)| Section {
                    title: title.to_owned(),
                    lines,
                })
                .collect(),
            closing: self.closing(),
        }
    }

    fn headline(&self, follows: usize) -> String {
        let of = name(self.plan, self.of);
        let changes = &self.shift.changes;
        if changes.is_empty() {
            return format!("nothing of {of} is to come that could move");
        }
        let files: BTreeSet<_> = changes.iter().map(|change| change.at.file).collect();
        let consequences = &self.consequences;
        let breaks = match consequences.breaks.len() {
            0 => "nothing breaks".to_owned(),
            1 => "1 thing breaks".to_owned(),
            count => format!("{count} things break"),
        };
        let mends = match consequences.mends.len() {
            0 => String::new(),
            count => format!(", {} mended", counted(count, "is", "are")),
        };
        let follow = match follows {
            0 => String::new(),
            count => format!(
                ", {} {}",
                count,
                if count == 1 { "follows" } else { "follow" }
            ),
        };
        format!(
            "{of} moves {}: {} in {} {} edited{follow}; {breaks}{mends}",
            distance(self.days),
            counted(changes.len(), "date", "dates"),
            counted(files.len(), "file", "files"),
            if changes.len() == 1 { "is" } else { "are" },
        )
    }

    fn edited(&self) -> Vec<Line> {
        let changes = self.shift.changes.iter();
        let line = |change: &crate::edit::Change| Line {
            text: format!(
                "{} of {}: {} → {}",
                change.what,
                name(self.plan, change.document),
                change.before,
                change.after
            ),
            place: Some(spot(&self.plan.sources, change.at)),
            hint: None,
        };
        changes.map(line).collect()
    }

    fn stays(&self) -> Vec<Line> {
        let line = |kept: &Kept| Line {
            text: format!(
                "{} of {}: {}, {}",
                kept.what,
                name(self.plan, kept.document),
                kept.date,
                match kept.why {
                    Why::Open => "which is to be decided",
                    Why::Coarse => "which it does not leave",
                    Why::Begun => "which has begun, and how long it takes is written",
                    Why::Fixed => "which comes whatever the train does",
                    Why::Unwritable => "which cannot be edited here",
                }
            ),
            place: Some(spot(&self.plan.sources, kept.place)),
            hint: None,
        };
        self.shift.kept.iter().map(line).collect()
    }

    fn closing(&self) -> Vec<String> {
        let mut closing = Vec::new();
        match self.fit {
            NextFit::Asked => {}
            NextFit::By(0) => closing.push("next fit: where it is".to_owned()),
            NextFit::By(days) => {
                let start = self.start_after(days);
                let start = start.map_or_else(String::new, |day| format!(", on {}", day.words()));
                closing.push(format!("next fit: {}{start}", distance(days)));
            }
            NextFit::NoneUntil(days) => {
                closing.push(format!("next fit: none was found up to {}", distance(days)));
            }
        }
        let is_empty = self.shift.changes.is_empty();
        closing.extend(match self.fate {
            _ if is_empty => None,
            Fate::Untouched => Some("nothing is written: `--write` edits the files".to_owned()),
            Fate::Written => Some("the files are written".to_owned()),
            Fate::Refused => Some(
                "nothing is written, because something breaks: `--force` writes it all the same"
                    .to_owned(),
            ),
        });
        closing
    }

    /// Returns the day from which what moves is counted when it moves by so many `days`.
    fn start_after(&self, days: i64) -> Option<Day> {
        crate::edit::start_of(self.plan, self.of)?.plus(days)
    }

    /// Returns the dates that are other ones without being written anew, or that others have from one that is.
    fn follows(&self) -> impl Iterator<Item = (&Entry, &DateMove)> {
        let dates = self
            .comparison
            .entries()
            .filter_map(|entry| match &entry.fact {
                Fact::Date(date) => Some((entry, date)),
                _ => None,
            });
        dates.filter(|(_, date)| date.follows.is_some() || date.inherited > 0)
    }
}

fn followed(entry: &Entry, date: &DateMove) -> Line {
    let of = match entry.of.kind {
        Some(kind) => format!("{} {}", Kind::word(kind), entry.of.id),
        None => entry.of.path.clone(),
    };
    let from = date.follows.as_ref();
    let from = from.map_or_else(String::new, |from| {
        format!(", counted from {}", from.anchor)
    });
    let inherited = match date.inherited {
        0 => String::new(),
        count => format!("; {} it", counted(count, "release has", "releases have")),
    };
    Line {
        text: format!(
            "{} of {of}: {} → {}{from}{inherited}",
            field(&date.field),
            content(&date.before),
            content(&date.after),
        ),
        place: Some(entry.of.path.clone()),
        hint: None,
    }
}

/// Returns the way to a field in words: `gates construction due`.
fn field(steps: &[Step]) -> String {
    let steps: Vec<&str> = steps.iter().map(Step::name).collect();
    steps.join(" ")
}

fn content(content: &Content) -> String {
    match content {
        Content::Date(date) => date.to_string(),
        Content::Period(interval) => interval.to_string(),
        _ => "tbd".to_owned(),
    }
}

fn told(diagnostics: &[&Diagnostic], sources: &Sources) -> Vec<Line> {
    let line = |diagnostic: &&Diagnostic| {
        let finding = &diagnostic.finding;
        Line {
            text: format!(
                "{} {}: {}",
                diagnostic.severity.word(),
                finding.rule.0,
                finding.message
            ),
            place: Some(spot(sources, finding.at)),
            hint: finding.hint.clone(),
        }
    };
    diagnostics.iter().map(line).collect()
}

/// Returns a distance in words: `7 days later`.
fn distance(days: i64) -> String {
    let count = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    let way = if days < 0 { "earlier" } else { "later" };
    format!("{} {way}", counted(count, "day", "days"))
}
