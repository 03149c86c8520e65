//! `trainboard completions` and `trainboard man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// Write the completions of a shell
///
/// Exit codes: 0 written, 2 it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard completions bash > ~/.local/share/bash-completion/completions/trainboard
  trainboard completions zsh > ~/.zfunc/_trainboard
  trainboard completions fish > ~/.config/fish/completions/trainboard.fish")]
pub(in crate::cli) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Write the manual: one page, or a page for each command
///
/// Exit codes: 0 written, 2 it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard man | man -l -
  trainboard man --output ~/.local/share/man/man1")]
pub(in crate::cli) struct Man {
    /// The folder to write all pages into; without it the first page goes to standard output
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
}
