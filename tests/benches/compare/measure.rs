//! What a command costs: wall time, processor time and the most memory that it had at once.

use std::env;
use std::io;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

/// The argument that makes this program run and measure one command.
pub(crate) const MEASURE: &str = "--measure";

/// What one run cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Wall time, in seconds.
    pub(crate) wall: f64,
    /// Processor time of all threads, user and system, in seconds.
    pub(crate) processor: f64,
    /// The most memory held at once, in MB.
    pub(crate) memory: f64,
}

/// Runs `command` in a process of its own that has no other child, as the system adds up what all children used.
///
/// # Errors
/// The command does not start or does not end well.
pub(crate) fn run(command: &[String]) -> io::Result<Cost> {
    let output = Command::new(env::current_exe()?)
        .arg(MEASURE)
        .args(command)
        .stderr(Stdio::inherit())
        .output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = told
        .split_whitespace()
        .filter_map(|figure| figure.parse().ok())
        .collect();
    match figures[..] {
        [wall, processor, memory] if output.status.success() => Ok(Cost {
            wall,
            processor,
            memory,
        }),
        _ => Err(io::Error::other(format!("{command:?} failed: {told}"))),
    }
}

/// Runs the command in `arguments` and prints what it cost, for [`run`] to read.
///
/// # Errors
/// The command does not start, or fails with a status above 1: a `check` that finds something ends with 1.
pub(crate) fn measure(arguments: &[String]) -> io::Result<()> {
    let [program, arguments @ ..] = arguments else {
        return Err(io::Error::other("no command"));
    };
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let wall = start.elapsed().as_secs_f64();
    if status.code().is_none_or(|code| code > 1) {
        return Err(io::Error::other(format!("{program} ended with {status}")));
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: nix::sys::time::TimeVal| time.num_microseconds() as f64 / 1e6;
    let processor = seconds(usage.user_time()) + seconds(usage.system_time());
    println!("{wall} {processor} {}", usage.max_rss() as f64 / 1024.0);
    Ok(())
}
