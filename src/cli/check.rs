//! `trainboard check`: says what does not hold together.

use std::collections::HashMap;
use std::io::Write as _;
use std::time::Instant;

use super::Outcome;
use super::arguments::{Check, Common};
use super::failure::Failure;
use super::plan::{Judged, Strictness, judge_world, judged};
use super::screen::Screen;
use crate::diagnostic::{Diagnostic, fixed};
use crate::report::{FORMATS, Format, Report};
use crate::world::{Disk, Revision};

/// Runs the command.
pub(super) fn run(command: &Check, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let mut judged = judged(&command.plan, common, screen)?;
    if command.fix {
        judged = mend(judged, common, screen)?;
    }
    if let Some(revision) = &command.new_since {
        let before = Revision::open(&judged.root, revision)?;
        let before = judge_world(Box::new(before), judged.root.clone(), common, screen)?;
        judged.diagnostics = new_since(&before, &judged);
    }
    let format = Format::named(&command.format).unwrap_or(&FORMATS[0]);
    let start = Instant::now();
    print(&judged, format, screen)?;
    screen.time("report", start);
    Ok(judged.outcome(Strictness::of(command.deny_warnings)))
}

/// Writes every safe fix of the plan in `judged` to disk, and returns the plan as it is then.
fn mend(judged: Judged, common: &Common, screen: &Screen) -> Result<Judged, Failure> {
    let sources = &judged.plan.sources;
    let disk = Disk::open(&judged.root)?;
    let changed = fixed(&judged.diagnostics, sources);
    for (file, text) in &changed {
        disk.replace(&sources.get(*file).path, text)?;
    }
    match changed.len() {
        0 => screen.say("nothing can be mended safely"),
        1 => screen.say("1 file was mended"),
        count => screen.say(&format!("{count} files were mended")),
    }
    judge_world(
        Box::new(Disk::open(&judged.root)?),
        judged.root,
        common,
        screen,
    )
}

/// Returns the diagnostics of `after` that `before` does not have.
///
/// Lines move with every edit, so a diagnostic is known by its rule, its file, its message and the text it points at.
fn new_since(before: &Judged, after: &Judged) -> Vec<Diagnostic> {
    let identity = |judged: &Judged, diagnostic: &Diagnostic| {
        let (finding, sources) = (&diagnostic.finding, &judged.plan.sources);
        let path = sources.get(finding.at.file).path.clone();
        (
            finding.rule,
            path,
            finding.message.clone(),
            sources.slice(finding.at).to_owned(),
        )
    };
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in &before.diagnostics {
        *known.entry(identity(before, diagnostic)).or_default() += 1;
    }
    let is_new = |diagnostic: &&Diagnostic| match known.get_mut(&identity(after, diagnostic)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    after.diagnostics.iter().filter(is_new).cloned().collect()
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
