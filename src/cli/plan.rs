//! From arguments to a judged plan: what `check`, `build` and `serve` share.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::{Common, PlanArguments};
use super::failure::Failure;
use super::screen::Screen;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{CONFIG, Loaded, load};
use crate::plan::{Drafts, Plan, Publication};
use crate::rules::judge;
use crate::time::{Day, Zone};
use crate::world::git::Git;
use crate::world::repository::Repository;
use crate::world::{Disk, Revision, World, clock};

use super::Outcome;

/// A plan, what is wrong with it, and the world that it was read from.
pub(super) struct Judged {
    pub world: Box<dyn World>,
    /// The plan's folder.
    pub root: PathBuf,
    /// The plan's folder as seen from the top of its repository, with a slash at its end; empty at the top.
    pub folder: String,
    pub plan: Plan,
    pub diagnostics: Vec<Diagnostic>,
    pub publication: Publication,
}

/// What makes a diagnostic fail a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Errors do.
    Errors,
    /// Warnings do, too.
    Warnings,
}

impl Strictness {
    pub(super) fn of(deny_warnings: bool) -> Self {
        if deny_warnings {
            Self::Warnings
        } else {
            Self::Errors
        }
    }
}

impl Judged {
    /// Returns whether the diagnostics fail a command.
    pub(super) fn outcome(&self, strictness: Strictness) -> Outcome {
        let fails = |diagnostic: &Diagnostic| match diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => strictness == Strictness::Warnings,
            Severity::Info => false,
        };
        if self.diagnostics.iter().any(fails) {
            Outcome::Faulty
        } else {
            Outcome::Fine
        }
    }
}

/// Reads and judges the plan that `arguments` name.
pub(super) fn judged(
    arguments: &PlanArguments,
    common: &Common,
    screen: &Screen,
) -> Result<Judged, Failure> {
    let start = Instant::now();
    let listing = screen.progress("listing the plan");
    let (world, root): (Box<dyn World>, PathBuf) = match &arguments.revision {
        None => {
            let root = find(&arguments.dir)?;
            (Box::new(Disk::open(&root)?), root)
        }
        Some(revision) => {
            let (world, root) = find_in(revision, &arguments.dir)?;
            (Box::new(world), root)
        }
    };
    drop(listing);
    screen.time("list", start);
    judge_world(world, root, common, screen)
}

/// Reads and judges the plan that `world` holds.
pub(super) fn judge_world(
    world: Box<dyn World>,
    root: PathBuf,
    common: &Common,
    screen: &Screen,
) -> Result<Judged, Failure> {
    let start = Instant::now();
    let loading = screen.progress("reading the plan");
    let Loaded { plan, findings } = load(&*world);
    drop(loading);
    screen.time("load", start);
    let start = Instant::now();
    let judging = screen.progress("checking the plan");
    let as_of = common.as_of.unwrap_or_else(|| today(&plan));
    let diagnostics = judge(&plan, findings, as_of);
    drop(judging);
    screen.time("judge", start);
    let drafts = if common.drafts {
        Drafts::Shown
    } else {
        Drafts::Hidden
    };
    let folder = Repository::around(&root)
        .ok()
        .flatten()
        .map(|repository| repository.prefix().to_owned());
    let folder = folder.unwrap_or_default();
    Ok(Judged {
        world,
        root,
        folder,
        plan,
        diagnostics,
        publication: Publication { as_of, drafts },
    })
}

/// Returns the day that it is now in the plan's zone.
pub(super) fn today(plan: &Plan) -> Day {
    let zone = plan
        .config
        .timezone
        .as_ref()
        .map_or_else(Zone::utc, |zone| zone.value.clone());
    zone.day(clock::now())
}

/// Returns the folder that holds `trainboard.yaml`: `dir`, or the nearest one above it.
pub(super) fn find(dir: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(dir)?;
    let holds_plan = |folder: &&Path| folder.join(CONFIG).is_file();
    match absolute.ancestors().find(holds_plan) {
        Some(folder) if absolute.is_dir() => Ok(folder.to_owned()),
        _ if absolute.is_dir() => Err(Failure::NoPlan(dir.to_owned())),
        // Says what is wrong with the folder itself.
        _ => Disk::open(dir)
            .map(|_| dir.to_owned())
            .map_err(Failure::from),
    }
}

/// Returns the plan of `dir` as the git revision `revision` has it, and the folder that it is in.
///
/// That folder need not be on disk any more, and never is in a bare repository: `repository.git/docs/plan`.
pub(super) fn find_in(revision: &str, dir: &Path) -> Result<(Revision, PathBuf), Failure> {
    if let Ok(root) = find(dir) {
        return with_plan(Revision::open(&root, revision)?, root, dir);
    }
    let root = std::path::absolute(dir)?;
    let on_disk = root
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(&root);
    let below = root.strip_prefix(on_disk).unwrap_or(Path::new(""));
    let folder = Path::new(Git::open(on_disk)?.prefix()).join(below);
    let world = Revision::open_folder(
        on_disk,
        revision,
        &folder.to_string_lossy().replace('\\', "/"),
    )?;
    with_plan(world, root, dir)
}

/// Returns `world` and `root` when there is a plan in `world`.
fn with_plan(world: Revision, root: PathBuf, dir: &Path) -> Result<(Revision, PathBuf), Failure> {
    match world.entries().iter().any(|entry| entry.path == CONFIG) {
        true => Ok((world, root)),
        false => Err(Failure::NoPlan(dir.to_owned())),
    }
}
