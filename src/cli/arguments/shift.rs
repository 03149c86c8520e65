//! What `trainboard shift` can be told.

use std::path::PathBuf;

use clap::Args;

use super::{AnswerFormat, PlanArguments, day};
use crate::time::Day;

/// Say what follows, what breaks and what would fit if a train moved, and move it
///
/// What is still to come of it moves, in its own documents and those that belong to it: stages, gates, milestones,
/// reservations, tasks, deployments, changes, notes. What is past, done or decided stays; relative dates follow; freezes and
/// the documents of others never move. All dates move by the same number of days: business days are counted from the start
/// of its deployment. A month or a quarter stays unless the move leaves it.
///
/// What breaks is what `check` would call an error and does not today. The next fit is the nearest move, no shorter than the
/// one asked for, without such an error; approvals that go stale wherever it goes do not count for that.
///
/// With `--write` the files are edited in place, to the byte but for the dates. Nothing is written when something would
/// break, unless `--force` is given.
///
/// Exit codes: 0 nothing new breaks, 1 something breaks, 2 the plan could not be read or a file not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard shift 2026-q4 +7d
  trainboard shift release:payments-4.2 -2w --format markdown
  trainboard shift 2026-q4 --to 2027-01-09 --write")]
pub(in crate::cli) struct Shift {
    /// The train, release, turnover or milestone that moves
    #[arg(value_name = "TRAIN")]
    pub of: String,
    /// How far: +7d, -2w, +10bd
    #[arg(
        value_name = "BY",
        allow_hyphen_values = true,
        required_unless_present = "to"
    )]
    pub by: Option<String>,
    /// The day on which its deployment starts then, or on which the milestone is due, in place of BY
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub to: Option<Day>,
    /// Edit the files, if nothing breaks
    #[arg(long, conflicts_with = "revision")]
    pub write: bool,
    /// Edit them even if something breaks
    #[arg(long, requires = "write")]
    pub force: bool,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: AnswerFormat,
    #[command(flatten)]
    pub plan: PlanArguments,
}

impl Shift {
    /// Returns which plan is read: with `--to` there is no BY, so what stands there is the folder.
    pub(in crate::cli) fn plan(&self) -> PlanArguments {
        let dir = self.to.and(self.by.as_ref()).map(PathBuf::from);
        PlanArguments {
            dir: dir.unwrap_or_else(|| self.plan.dir.clone()),
            revision: self.plan.revision.clone(),
        }
    }
}
