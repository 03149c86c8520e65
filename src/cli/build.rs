//! `trainboard build`: checks the plan, then writes the portal in one atomic swap.

use std::path::PathBuf;
use std::time::Instant;

use super::Outcome;
use super::arguments::{Build, Common};
use super::check::print;
use super::failure::Failure;
use super::past::Past;
use super::plan::{Judged, Strictness, judged};
use super::publish::{overlay, publish, report_template};
use super::screen::{Screen, milliseconds};
use crate::diagnostic::Severity;
use crate::outputs::OutputError;
use crate::report::FORMATS;
use crate::world::site::{Digest, Site};

/// The folder that is written when nobody names one, below the plan.
const OUTPUT: &str = "public";

/// Runs the command.
pub(super) fn run(command: &Build, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let mut judged = judged(&command.plan, common, screen)?;
    let outcome = judged.outcome(Strictness::of(command.deny_warnings));
    if !judged.diagnostics.is_empty() && (outcome == Outcome::Faulty || !common.quiet) {
        print(&judged, &FORMATS[0], screen)?;
    }
    if outcome == Outcome::Faulty {
        screen.say("the portal was not built: mend the plan first");
        return Ok(outcome);
    }
    let out = output(command, &judged);
    let site = Site::open(&out)?;
    let past = Past::of(&judged.root, command.plan.revision.as_deref());
    let input = input(&judged, past.as_ref());
    let pages = judged.plan.file_count();
    if site.is_current(input) {
        screen.say(&format!(
            "{}: up to date, {pages} documents ({})",
            out.display(),
            milliseconds(start.elapsed())
        ));
        return Ok(outcome);
    }
    let remembering = Instant::now();
    let reading = screen.progress("reading the history");
    let chronicle = past.as_ref().and_then(|past| past.chronicle(&judged));
    drop(reading);
    screen.time("history", remembering);
    let rendering = Instant::now();
    let commit = past.as_ref().map(|past| &past.commit);
    let writing = screen.progress("writing the portal");
    let published = publish(
        &judged,
        (commit, chronicle.as_ref()),
        &writing.counting(&site),
    );
    drop(writing);
    match published {
        Ok(()) => {}
        Err(OutputError::Template(error)) => {
            report_template(&mut judged, &error);
            judged
                .diagnostics
                .retain(|diagnostic| diagnostic.severity == Severity::Error);
            print(&judged, &FORMATS[0], screen)?;
            return Ok(Outcome::Faulty);
        }
        Err(error) => return Err(Failure::Output(error)),
    }
    screen.time("render", rendering);
    let swapping = Instant::now();
    let swap = screen.progress("putting the portal in place");
    let tally = site.commit(input)?;
    drop(swap);
    screen.time("swap", swapping);
    screen.say(&format!(
        "{}: {pages} documents, {} files written, {} unchanged, {} removed ({})",
        out.display(),
        tally.written,
        tally.unchanged,
        tally.removed,
        milliseconds(start.elapsed())
    ));
    Ok(outcome)
}

/// Returns the folder to write: the one asked for, the plan's own, or the usual one.
fn output(command: &Build, judged: &Judged) -> PathBuf {
    let of_plan = judged
        .plan
        .config
        .output
        .as_ref()
        .map_or(OUTPUT, |output| &*output.value);
    command
        .output
        .clone()
        .unwrap_or_else(|| judged.root.join(of_plan))
}

/// Returns the digest of all that the portal is made from: the plan's files, the day, the program itself.
fn input(judged: &Judged, past: Option<&Past>) -> Digest {
    // A commit stands for all that came before it, unless a part of that was not fetched.
    let past = past.map(|past| (&past.commit, past.is_shallow()));
    let mut bytes = format!("{:?}{past:?}", judged.publication).into_bytes();
    // A program that was built anew may write other pages from the same plan.
    let program = std::env::current_exe()
        .and_then(std::fs::read)
        .unwrap_or_default();
    bytes.extend_from_slice(Digest::of(&program).to_string().as_bytes());
    for (_, source) in judged.plan.sources.iter() {
        bytes.extend_from_slice(source.path.as_bytes());
        bytes.extend_from_slice(source.text.as_bytes());
    }
    for (path, file) in overlay(judged).unwrap_or_default() {
        bytes.extend_from_slice(path.as_bytes());
        bytes.extend_from_slice(&file);
    }
    for path in &judged.plan.assets {
        bytes.extend_from_slice(path.as_bytes());
        bytes.extend_from_slice(&judged.world.read(path).unwrap_or_default());
    }
    Digest::of(&bytes)
}
