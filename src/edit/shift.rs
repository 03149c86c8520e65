//! A train moves by so many days: which dates are written anew, and which stay.
//!
//! What moves is what is still to come of the train, or release, and of the documents that belong to it: the stages of its
//! schedule, gates, criteria, milestones, reservations, tasks, communications, risks, training, support, deployments with
//! their waves and outages, changes, notes, reviews, and days of publication. What is past stays, and so does what somebody
//! decided or did: approvals, evidence, waivers, exceptions, history, actual times. Relative dates follow by themselves.
//! Documents of others, and freezes, never move, nor do milestones that are the first or the last day of a freeze.
//!
//! A stage that has begun keeps its start, and its end moves. A moment keeps its time of day.

mod collect;
mod dates;
mod meant;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{DocId, Plan};
use crate::text::{FileId, Location};
use crate::time::{Date, Day};

use collect::collect;
use dates::{moved, replacement};

pub use meant::is_as_meant;

/// What moving something comes to in the files of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shift {
    /// The dates that are written anew, by file and place.
    pub changes: Vec<Change>,
    /// The dates that would move, and do not.
    pub kept: Vec<Kept>,
}

/// A date that is written anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The document in which it stands.
    pub document: DocId,
    /// What is on that date: `start of stage deployment`.
    pub what: String,
    /// The bytes that change.
    pub at: Location,
    /// What stands there instead.
    pub replacement: String,
    /// Where the whole date is written.
    pub place: Location,
    /// The date as written.
    pub before: Date,
    /// The date as it is written then.
    pub after: Date,
}

/// A date that belongs to what moves, and stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The document in which it stands.
    pub document: DocId,
    /// What is on that date.
    pub what: String,
    /// Where it is written.
    pub place: Location,
    /// The date as written.
    pub date: Date,
    /// Why it stays.
    pub why: Why,
}

/// Why a date stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is to be decided.
    Open,
    /// It is known only so far, and the day that it moves to is probably still in it.
    Coarse,
    /// It ends so long after a start that is past.
    Begun,
    /// It is the first or the last day of a freeze, which comes whatever the train does.
    Fixed,
    /// It is not written as it is meant, or there is no such day.
    Unwritable,
}

/// Returns the day from which the train, release, turnover or milestone `id` is counted: the start of its deployment, or
/// the day of the milestone. None where that is not known to the day.
pub fn start_of(plan: &Plan, id: DocId) -> Option<Day> {
    let of_course = || {
        let course = plan.course(id)?;
        Some(plan.deployment_of(&course)?.0.resolved.from().clone())
    };
    let of_turnover = || {
        let planned = plan.get::<Turnover>(id)?.fields.planned.as_ref()?;
        Some(planned.resolved.from().clone())
    };
    let of_milestone = || {
        let due = plan.get::<Milestone>(id)?.fields.due.as_ref()?;
        Some(due.resolved.clone())
    };
    let date = of_course().or_else(of_turnover).or_else(of_milestone)?;
    date.days()?.exact()
}

/// Returns which dates of `plan` move when the train, release, turnover or milestone `id` moves by so many `days`, as of
/// `today`; a negative number is earlier.
pub fn shift(plan: &Plan, id: DocId, days: i64, today: Day) -> Shift {
    let mut shift = Shift::default();
    for told in collect(plan, id, today) {
        let place = plan.locate(told.document, told.span);
        let kept = |why| Kept {
            document: told.document,
            what: told.what.clone(),
            place,
            date: told.date.clone(),
            why,
        };
        if let Some(why) = told.stays {
            shift.kept.push(kept(why));
            continue;
        }
        let after = match moved(told.date, days) {
            Ok(after) => after,
            Err(why) => {
                shift.kept.push(kept(why));
                continue;
            }
        };
        let written = plan.sources.slice(place);
        let Some((range, text)) = replacement(written, told.date, &after) else {
            shift.kept.push(kept(Why::Unwritable));
            continue;
        };
        shift.changes.push(Change {
            document: told.document,
            what: told.what,
            at: Location::new(place.file, place.span.slice(range)),
            replacement: text,
            place,
            before: told.date.clone(),
            after,
        });
    }
    shift.changes.sort_by_key(|change| change.at);
    shift.changes.dedup_by_key(|change| change.at);
    shift.kept.sort_by_key(|kept| kept.place);
    shift.kept.dedup_by_key(|kept| kept.place);
    shift
}

/// Returns the new text of every file that `changes`, which do not overlap and are in order, touch.
pub fn rewritten(plan: &Plan, changes: &[Change]) -> BTreeMap<FileId, String> {
    let mut texts: BTreeMap<FileId, (String, usize)> = BTreeMap::new();
    for change in changes {
        let old = &plan.sources.get(change.at.file).text;
        let (text, done) = texts.entry(change.at.file).or_default();
        let range = change.at.span.range();
        text.push_str(old.get(*done..range.start).unwrap_or_default());
        text.push_str(&change.replacement);
        *done = range.end;
    }
    let finished = texts.into_iter().map(|(file, (mut text, done))| {
        let old = &plan.sources.get(file).text;
        text.push_str(old.get(done..).unwrap_or_default());
        (file, text)
    });
    finished.collect()
}
