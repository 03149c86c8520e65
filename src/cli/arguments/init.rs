//! `trainboard init`.

use std::path::PathBuf;

use clap::Args;

/// Begin a plan: a small one that is clean, builds, and has one of everything that a first train needs
///
/// Prints the files, and writes them with `--write`. Its dates begin today. A folder in which, or above which, there is a
/// plan is left alone, and nothing that exists is ever overwritten.
///
/// Exit codes: 0 printed or written, 2 there is a plan already, or it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard init plan --write && trainboard serve plan")]
pub(in crate::cli) struct Init {
    /// The folder of the new plan
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Write the files
    #[arg(long)]
    pub write: bool,
}
