//! What `trainboard fmt` can be told.

use std::path::PathBuf;

use clap::Args;

/// Put frontmatter into its canonical order and layout; comments and values stay as they are
///
/// Keys stand in the order of the reference, nested ones are indented by two, and comments go with the key that they are
/// about. `trainboard.yaml` is formatted as well. The body of a document stays as it is, but for line ends: they become LF.
/// Each file is read again before it is written: it says the same as before, or it is left alone.
///
/// Exit codes: 0 every file is formatted, 1 a file cannot be read or, with `--check`, is not formatted, 2 there is no plan,
/// or a file could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard fmt plan
  trainboard fmt --check
  trainboard fmt trains/2026-q4/index.md")]
pub(in crate::cli) struct Fmt {
    /// The folders and files to format; the whole plan of this folder unless given
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; list the files that are not formatted, and fail if there are any
    #[arg(long)]
    pub check: bool,
}
