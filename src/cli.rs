//! The command line: arguments → one function per command.
//!
//! This is the only room that prints, and the only one that turns an environment failure into words and an exit code:
//! 0 fine, 1 diagnostics at error level, 2 usage or environment.

mod approve;
mod arguments;
mod build;
mod can_deploy;
mod check;
mod diff;
mod due;
mod explain;
mod export;
mod failure;
mod fmt;
mod lookup;
mod manual;
mod new;
mod past;
mod plan;
mod progress;
mod publish;
mod screen;
mod serve;
mod shift;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use screen::Screen;

/// How a command that ran ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing is wrong at error level.
    Fine,
    /// Something is.
    Faulty,
}

/// Runs the command that the process was started with, and returns its exit code.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let screen = Screen::new(&arguments.common);
    if let Some(jobs) = arguments.common.jobs {
        // A pool that exists already keeps its size; the work is the same, only less or more parallel.
        _ = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.get())
            .build_global();
    }
    let common = &arguments.common;
    let result = match &arguments.command {
        Command::Build(command) => build::run(command, common, &screen),
        Command::Check(command) => check::run(command, common, &screen),
        Command::Diff(command) => diff::run(command, common, &screen),
        Command::Serve(command) => serve::run(command, common, &screen),
        Command::Explain(command) => explain::run(command, &screen),
        Command::CanDeploy(command) => can_deploy::run(command, common, &screen),
        Command::Due(command) => due::run(command, common, &screen),
        Command::Approve(command) => approve::run(command, common, &screen),
        Command::Shift(command) => shift::run(command, common, &screen),
        Command::Fmt(command) => fmt::run(command, common, &screen),
        Command::Export(command) => export::run(command, common, &screen),
        Command::New(command) => new::new(command, common, &screen),
        Command::Init(command) => new::init(command, common, &screen),
        Command::Completions(command) => manual::completions(command, &screen),
        Command::Man(command) => manual::man(command, &screen),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::from(1),
        Err(failure) => {
            // Whoever took the first lines only, as `head` does, need not be told that the rest was not written.
            if !failure.is_closed_pipe() {
                screen.fail(&failure);
            }
            ExitCode::from(2)
        }
    }
}
