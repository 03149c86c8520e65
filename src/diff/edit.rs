//! One change of one field, typed.

use crate::plan::Kind;
use crate::time::{Anchor, Date, Day, Interval, Until};

/// One change of one field of a document, or of one part of its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The way to the field, from the document down.
    pub field: Vec<Step>,
    /// What stood there.
    pub before: Content,
    /// What stands there now.
    pub after: Content,
    /// What the change comes to.
    pub meaning: Meaning,
    /// What a relative date moved with, when nobody edited it; known only between two whole plans.
    pub follows: Option<Anchor>,
}

/// A step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field of the format.
    Field(&'static str),
    /// Something in a list or a mapping, by its name.
    Item(String),
}

impl Step {
    /// Returns the name of the field, or of the entry.
    pub fn name(&self) -> &str {
        match self {
            Self::Field(name) => name,
            Self::Item(name) => name,
        }
    }
}

/// What stands in a field, as far as it is worth telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Nothing,
    /// A date.
    Date(Date),
    /// A stretch of time.
    Period(Interval),
    /// A word of the format, such as a state.
    Word(String),
    /// What refers to a document of one of these kinds.
    Reference(&'static [Kind], String),
    /// A literal, such as a version.
    Code(String),
    /// Words of the plan; inline Markdown.
    Text(String),
    /// Several.
    Many(Vec<Content>),
}

/// What a change comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A date, or a stretch of time as a whole, moved by so many days; a negative number is earlier.
    Moved(i64),
    /// A date moved on the same day: the time of day changed.
    Retimed,
    /// What was known coarsely, or not at all, is a day now.
    Settled,
    /// What was a day is known only coarsely now, or not at all.
    Opened,
    /// A stretch of time became longer by so many days, at either end.
    Widened(i64),
    /// A stretch of time became shorter by so many days, at either end.
    Narrowed(i64),
    /// A stage was entered.
    Entered,
    /// Somebody decided: approved, rejected or abstained.
    Decided,
    /// A decision was taken back.
    Withdrawn,
    /// A criterion need not be met.
    Waived,
    /// There is a new entry, or a field has a value for the first time.
    Added,
    /// An entry or a value is gone.
    Removed,
    /// There is another value.
    Changed,
    /// Words were written anew.
    Reworded,
    /// It could not be read, before or after.
    Unreadable,
}

impl Content {
    /// The longest text that is told.
    const LONGEST: usize = 120;

    /// Returns `text` as words of the plan, cut where it is too long to be told.
    pub(super) fn text(text: &str) -> Self {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(Self::LONGEST) {
            Some((end, _)) => Self::Text(format!("{}…", line[..end].trim_end())),
            None if line.is_empty() => Self::Nothing,
            None => Self::Text(line),
        }
    }

    /// Returns those of `contents` that are something, as one.
    pub(super) fn many(contents: impl IntoIterator<Item = Self>) -> Self {
        let mut told: Vec<_> = contents
            .into_iter()
            .filter(|content| *content != Self::Nothing)
            .collect();
        match told.len() {
            0 => Self::Nothing,
            1 => told.remove(0),
            _ => Self::Many(told),
        }
    }

    /// Returns the day on which it begins, when it is a date or a stretch of time that begins on a known day.
    pub fn day(&self) -> Option<Day> {
        match self {
            Self::Date(date) => exact(date),
            Self::Period(interval) => exact(interval.from()),
            _ => None,
        }
    }
}

/// Returns the day that `date` means when it means only one.
pub(super) fn exact(date: &Date) -> Option<Day> {
    date.days()?.exact()
}

impl Meaning {
    /// Returns what it means that a date was `old` and is `new`.
    pub(super) fn of_dates(old: &Date, new: &Date) -> Self {
        match (exact(old), exact(new)) {
            (Some(old), Some(new)) if old == new => Self::Retimed,
            (Some(old), Some(new)) => Self::Moved(old.until(new)),
            (None, Some(_)) => Self::Settled,
            (Some(_), None) => Self::Opened,
            (None, None) => match (old.days(), new.days()) {
                (Some(old), Some(new)) if old.first != new.first => {
                    Self::Moved(old.first.until(new.first))
                }
                _ => Self::Changed,
            },
        }
    }

    /// Returns what it means that a stretch of time was `old` and is `new`.
    pub(super) fn of_periods(old: &Interval, new: &Interval) -> Self {
        let start = Self::of_dates(old.from(), new.from());
        let (Some(old_start), Some(new_start)) = (exact(old.from()), exact(new.from())) else {
            return start;
        };
        let later = old_start.until(new_start);
        let longer = match (ending(old), ending(new)) {
            (Some(one), Some(other)) => one.until(other),
            // The end is so long after the start as before.
            _ if old.until() == new.until() => later,
            (None, Some(_)) => return Self::Settled,
            (Some(_), None) => return Self::Opened,
            (None, None) => return if later == 0 { Self::Changed } else { start },
        };
        let days = longer.abs() + later.abs();
        match () {
            () if later == longer => start,
            () if later <= 0 && longer >= 0 => Self::Widened(days),
            () if later >= 0 && longer <= 0 => Self::Narrowed(days),
            () => start,
        }
    }
}

/// Returns the last day of `interval` when it is known.
fn ending(interval: &Interval) -> Option<Day> {
    match interval.until() {
        Until::Date(date) => exact(date),
        Until::After(duration) => exact(interval.from())?.plus(duration.nominal_days()?),
    }
}
