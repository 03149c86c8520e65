//! The arguments of `trainboard diff`.

use std::path::PathBuf;

use clap::Args;

use super::AnswerFormat;

/// Say what a change of the plan means: between two git revisions, or a revision and the files on disk
///
/// Dates that moved, with the relative and inherited ones that follow; stages, gates, criteria and approvals; scope and
/// versions; needs, freezes and environments newly hit or freed; diagnostics new and fixed; policies and whom they
/// affect; documents added, removed and renamed. Grouped by train, the most important first. What means nothing
/// (layout, comments, the order of keys) is not told. Both plans are seen as of one day.
///
/// Exit codes: 0 told, whatever it is; 1 the change brings errors and `--fail-on-errors` was given; 2 a revision or the
/// plan could not be read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard diff main
  trainboard diff v1.2 HEAD docs/plan
  trainboard diff origin/main --format markdown > comment.md")]
pub(in crate::cli) struct Diff {
    /// The git revision to compare with, such as main
    #[arg(value_name = "A")]
    pub old: String,
    /// The git revision that is told; the files on disk unless given
    #[arg(value_name = "B")]
    pub new: Option<String>,
    /// The folder that holds trainboard.yaml, or one below it; here unless given
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: AnswerFormat,
    /// Fail when the change brings errors that the plan did not have
    #[arg(long)]
    pub fail_on_errors: bool,
}
