//! The `trainboard` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    trainboard::cli::run()
}
