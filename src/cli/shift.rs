//! `trainboard shift`: what moving a train comes to, and the move itself.

mod search;
mod trial;

use std::collections::BTreeMap;
use std::io::Write as _;

use thiserror::Error;

use super::Outcome;
use super::arguments::{Common, Shift};
use super::due::warn_of_errors;
use super::failure::Failure;
use super::lookup::find;
use super::plan::{Judged, judged};
use super::screen::Screen;
use crate::diff::{Side, plans};
use crate::edit::start_of;
use crate::lifecycle::Progress;
use crate::plan::{DocId, Kind, Plan};
use crate::report::answers::shift::{Fate, Move, NextFit};
use crate::schedule::Schedule;
use crate::time::{Day, Duration};
use crate::world::{Disk, EditError};

use search::next_fit;
use trial::Trial;

/// What can be moved.
const MOVABLE: &[Kind] = &[Kind::Train, Kind::Release, Kind::Turnover, Kind::Milestone];

/// Why something cannot be moved.
#[derive(Debug, Error)]
pub(super) enum ShiftError {
    /// The distance is not one in days.
    #[error("`{written}` is no number of days: {why}")]
    Distance { written: String, why: String },
    /// Nothing says when it starts.
    #[error("the day on which {0} starts is not known")]
    NoStart(String),
    /// The days go past the end of the calendar.
    #[error("there is no such day")]
    NoDay,
    /// The edited files hold other dates than those that are meant.
    #[error("edited, the files would not hold the dates that are meant")]
    NotAsMeant,
    /// The text of a file is not what its bytes say.
    #[error("{0} is not UTF-8, or has changed meanwhile")]
    NotAsRead(String),
}

impl ShiftError {
    /// Returns the action that mends it.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::Distance { .. } => "write `+7d`, `-2w` or `+10bd`, or `--to 2027-01-09`",
            Self::NoStart(_) => "say how far it moves instead: `+7d`",
            Self::NoDay => "move it less far",
            Self::NotAsMeant => "mend the errors of these files first: see `trainboard check`",
            Self::NotAsRead(_) => "save it as UTF-8, and try again",
        }
        .to_owned()
    }
}

/// Runs the command.
pub(super) fn run(command: &Shift, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let judged = judged(&command.plan(), common, screen)?;
    let plan = &judged.plan;
    let of = find(plan, MOVABLE, &command.of)?;
    let days = distance(command, plan, of, judged.publication.as_of)?;
    let trial = Trial::of(&judged, of, days)?;
    let consequences = trial.consequences(&judged);
    let breaks = !consequences.breaks.is_empty();
    let fit = match consequences.fits() {
        true => NextFit::Asked,
        false => next_fit(&judged, of, days, &trial)?,
    };
    let fate = match (command.write, breaks && !command.force) {
        (false, _) => Fate::Untouched,
        (true, true) => Fate::Refused,
        (true, false) => {
            write(&judged, &trial)?;
            Fate::Written
        }
    };
    let as_of = judged.publication.as_of;
    let (now, then) = (Schedule::new(plan), Schedule::new(&trial.plan));
    let (standing, standing_then) = (
        Progress::new(plan, as_of),
        Progress::new(&trial.plan, as_of),
    );
    // Diagnostics are told by themselves.
    let side = |plan, schedule, progress| Side {
        plan,
        progress,
        schedule,
        diagnostics: &[],
    };
    let comparison = plans(
        &side(plan, &now, &standing),
        &side(&trial.plan, &then, &standing_then),
        &BTreeMap::new(),
    );
    let told = Move {
        plan,
        after: &trial.plan,
        as_of,
        of,
        days,
        shift: &trial.shift,
        comparison: &comparison,
        consequences: &consequences,
        fit,
        fate,
    };
    let mut out = screen.out();
    if !common.quiet {
        told.write(command.format.layout(screen), &mut out)?;
    }
    out.flush()?;
    warn_of_errors(&judged, screen);
    Ok(if breaks {
        Outcome::Faulty
    } else {
        Outcome::Fine
    })
}

/// Returns by how many days `of` moves.
fn distance(command: &Shift, plan: &Plan, of: DocId, today: Day) -> Result<i64, ShiftError> {
    let start = start_of(plan, of);
    if let Some(to) = command.to {
        let name = format!("{} {}", plan.document(of).kind, plan.document(of).id);
        return Ok(start.ok_or(ShiftError::NoStart(name))?.until(to));
    }
    let written = command.by.as_deref().unwrap_or_default();
    let refused = |why: String| ShiftError::Distance {
        written: written.to_owned(),
        why,
    };
    let by = Duration::parse_signed(written).map_err(|error| refused(error.message))?;
    if let Duration::Business(count) = by {
        let start = start.unwrap_or(today);
        let end = plan.business_days(of).add(start, count);
        return Ok(start.until(end.ok_or(ShiftError::NoDay)?));
    }
    let days = by.nominal_days();
    days.ok_or_else(|| refused("a train moves by whole days".to_owned()))
}

/// Writes the files of `trial` in place of those of `judged`: all of them, or none as far as that can be.
fn write(judged: &Judged, trial: &Trial) -> Result<(), Failure> {
    let sources = &judged.plan.sources;
    let disk = Disk::open(&judged.root)?;
    for file in trial.texts.keys() {
        let source = sources.get(*file);
        let bytes = crate::world::World::read(&disk, &source.path);
        if !bytes.is_ok_and(|bytes| *bytes == *source.text.as_bytes()) {
            return Err(ShiftError::NotAsRead(source.path.clone()).into());
        }
    }
    let mut done: Vec<(&str, &str)> = Vec::new();
    for (file, text) in &trial.texts {
        let source = sources.get(*file);
        if let Err(error) = disk.replace(&source.path, text) {
            return Err(undone(&disk, &done, error).into());
        }
        done.push((&source.path, &source.text));
    }
    Ok(())
}

/// Puts the texts `done` back, and returns the error because of which.
fn undone(disk: &Disk, done: &[(&str, &str)], error: EditError) -> EditError {
    for (path, text) in done {
        // The first error is the one to tell.
        _ = disk.replace(path, text);
    }
    error
}
