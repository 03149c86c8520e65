//! `trainboard new` and `trainboard init`: shows what would be written, and writes it when told to.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use super::Outcome;
use super::arguments::{Common, Init, New};
use super::failure::Failure;
use super::lookup::find as find_document;
use super::plan::{Judged, find, judge_world};
use super::screen::Screen;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{Loaded, load};
use crate::plan::{Kind, Plan};
use crate::rules::judge;
use crate::scaffold::{NewFile, Refusal, Wish, draft, start};
use crate::time::Zone;
use crate::world::{Disk, Overlay, clock};

/// Runs `new`.
pub(super) fn new(command: &New, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let root = find(&command.dir)?;
    let judged = judge_world(Box::new(Disk::open(&root)?), root, common, screen)?;
    let plan = &judged.plan;
    let document = |kind, written: &Option<String>| {
        let written = written.as_deref();
        written
            .map(|written| find_document(plan, &[kind], written))
            .transpose()
    };
    let wish = Wish {
        // The parser of the arguments lets no other word through.
        kind: Kind::named(&command.kind).unwrap_or(Kind::Page),
        name: command.name.as_deref(),
        title: command.title.as_deref(),
        train: document(Kind::Train, &command.train)?,
        model: document(Kind::Model, &command.model)?,
        deploy: command.deploy.clone(),
        set: &command.set,
        today: judged.publication.as_of,
    };
    let entries = judged.world.entries();
    let is_taken = |path: &str| {
        entries.iter().any(|entry| entry.path == path) || judged.root.join(path).exists()
    };
    let files = draft(plan, &wish, is_taken)?;
    print(&files, common, screen)?;
    let (then, found) = consequences(&judged, &files);
    report(&judged, &then, &found, screen);
    let is_grave = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    if !command.force && found.iter().any(is_grave) {
        screen.warn("this would bring errors into the plan, and is written only with `--force`");
        return Ok(Outcome::Faulty);
    }
    match command.write {
        true => write(&judged.root, &files, screen)?,
        false => propose(&files, screen),
    }
    Ok(Outcome::Fine)
}

/// Runs `init`.
pub(super) fn init(command: &Init, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    if let Ok(plan) = find(&command.dir) {
        return Err(Failure::PlanExists(plan));
    }
    let today = common
        .as_of
        .unwrap_or_else(|| Zone::utc().day(clock::now()));
    let files = start::plan(today);
    let taken = files
        .iter()
        .find(|file| command.dir.join(&file.path).exists());
    if let Some(file) = taken {
        let path = file.path.clone();
        return Err(Refusal::Occupied { path }.into());
    }
    print(&files, common, screen)?;
    let dir = command.dir.display();
    if command.write {
        let save = |source| Failure::Save {
            path: command.dir.clone(),
            source,
        };
        std::fs::create_dir_all(&command.dir).map_err(save)?;
        write(&command.dir, &files, screen)?;
        screen.say(&format!("next: trainboard serve {dir}"));
    } else {
        let count = files.len();
        screen.say(&format!(
            "nothing is written yet: `trainboard init {dir} --write` writes these {count} files"
        ));
    }
    Ok(Outcome::Fine)
}

/// Prints each file; with `--quiet` only the text of a single one.
fn print(files: &[NewFile], common: &Common, screen: &Screen) -> Result<(), Failure> {
    let mut out = screen.out();
    for (at, file) in files.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if !common.quiet || files.len() > 1 {
            writeln!(out, "== {}", file.path)?;
        }
        out.write_all(file.text.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// Returns the plan as it would be with `files` in it, and what `check` would say of it that it does not say today.
fn consequences(judged: &Judged, files: &[NewFile]) -> (Plan, Vec<Diagnostic>) {
    let content = |file: &NewFile| (file.path.clone(), Some(file.text.clone().into_bytes()));
    let world = Overlay::with(&*judged.world, files.iter().map(content).collect());
    let Loaded { plan, findings } = load(&world);
    let told = |plan: &Plan, diagnostic: &Diagnostic| {
        let finding = &diagnostic.finding;
        let path = plan.sources.get(finding.at.file).path.clone();
        (path, finding.rule, finding.message.clone())
    };
    let before: BTreeSet<_> = judged
        .diagnostics
        .iter()
        .map(|diagnostic| told(&judged.plan, diagnostic))
        .collect();
    let mut found = judge(&plan, findings, judged.publication.as_of);
    found.retain(|diagnostic| !before.contains(&told(&plan, diagnostic)));
    (plan, found)
}

/// Says on standard error what `check` would say.
fn report(judged: &Judged, plan: &Plan, found: &[Diagnostic], screen: &Screen) {
    for diagnostic in found {
        let finding = &diagnostic.finding;
        let source = plan.sources.get(finding.at.file);
        let (path, word) = (&source.path, diagnostic.severity.word());
        screen.say(&format!(
            "{path}: {word}[{}]: {}",
            finding.rule, finding.message
        ));
        if let Some(hint) = &finding.hint {
            screen.say(&format!("  hint: {hint}"));
        }
    }
    let is_grave = |diagnostic: &&Diagnostic| diagnostic.severity != Severity::Info;
    if found.iter().filter(is_grave).count() > 0 {
        let open = "this is what `check` would say";
        screen.say(&format!("{open} on {}", judged.publication.as_of));
    }
}

/// Writes `files` below `root`.
fn write(root: &Path, files: &[NewFile], screen: &Screen) -> Result<(), Failure> {
    let disk = Disk::open(root)?;
    for file in files {
        disk.create(&file.path, &file.text)?;
        screen.say(&format!("wrote {}", file.path));
    }
    Ok(())
}

/// Says how `files` are written.
fn propose(files: &[NewFile], screen: &Screen) {
    let what = match files.len() {
        1 => "this file".to_owned(),
        count => format!("these {count} files"),
    };
    screen.say(&format!(
        "nothing is written yet: say it again with `--write` to write {what}"
    ));
}
