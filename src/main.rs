//! The `trainboard` command.

use std::process::ExitCode;

/// Pages are made of many short texts, on all processors at once.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    trainboard::cli::run()
}
