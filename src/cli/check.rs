//! `trainboard check`: says what does not hold together.

mod news;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Instant;

use super::Outcome;
use super::arguments::{Check, Common};
use super::failure::Failure;
use super::plan::{Judged, Strictness, judge_world, judged};
use super::screen::Screen;
use crate::diagnostic::fixed;
use crate::report::{FORMATS, Format, Report};
use crate::world::Disk;

/// Runs the command.
pub(super) fn run(command: &Check, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let mut judged = judged(&command.plan, common, screen)?;
    if command.fix {
        judged = mend(judged, common, screen)?;
    }
    if let Some(revision) = &command.new_since {
        news::keep(&mut judged, revision, &command.plan, common, screen)?;
    }
    let format = Format::named(&command.format).unwrap_or(&FORMATS[0]);
    let start = Instant::now();
    print(&judged, format, screen)?;
    screen.time("report", start);
    Ok(judged.outcome(Strictness::of(command.deny_warnings)))
}

/// How often fixes are applied: what stands behind a line that could not be read shows only once the line is mended.
const ROUNDS: usize = 8;

/// Writes every safe fix of the plan in `judged` to disk, and returns the plan as it is then.
fn mend(mut judged: Judged, common: &Common, screen: &Screen) -> Result<Judged, Failure> {
    let mut mended = BTreeSet::new();
    for _ in 0..ROUNDS {
        let written = write_fixes(&judged)?;
        if written.is_empty() {
            break;
        }
        mended.extend(written);
        let world = Box::new(Disk::open(&judged.root)?);
        judged = judge_world(world, judged.root, common, screen)?;
    }
    match mended.len() {
        0 => screen.say("nothing can be mended safely"),
        1 => screen.say("1 file was mended"),
        count => screen.say(&format!("{count} files were mended")),
    }
    Ok(judged)
}

/// Writes the fixes of `judged` that do not overlap, and returns the paths of the files that changed.
fn write_fixes(judged: &Judged) -> Result<Vec<String>, Failure> {
    let sources = &judged.plan.sources;
    let disk = Disk::open(&judged.root)?;
    let mut written = Vec::new();
    for (file, text) in fixed(&judged.diagnostics, sources) {
        let source = sources.get(file);
        // Where bytes are not UTF-8 the text that was judged is not what the file holds: writing it would lose them.
        let is_as_read = |bytes: &[u8]| bytes == source.text.as_bytes();
        let bytes = judged.world.read(&source.path);
        if text != *source.text && bytes.is_ok_and(|bytes| is_as_read(&bytes)) {
            disk.replace(&source.path, &text)?;
            written.push(source.path.clone());
        }
    }
    Ok(written)
}

/// Prints the diagnostics on standard output.
pub(super) fn print(judged: &Judged, format: &Format, screen: &Screen) -> Result<(), Failure> {
    let report = Report {
        diagnostics: &judged.diagnostics,
        sources: &judged.plan.sources,
        documents: judged.plan.file_count(),
        as_of: judged.publication.as_of.0,
        folder: &judged.folder,
        drawing: screen.drawing(),
    };
    let mut out = screen.out();
    (format.write)(&report, &mut out)?;
    Ok(out.flush()?)
}
