//! `trainboard diff`: what a change of the plan means.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::Outcome;
use super::arguments::{Common, Diff};
use super::failure::Failure;
use super::plan::{find, find_in, today};
use super::screen::Screen;
use crate::diagnostic::Diagnostic;
use crate::diff::{Side, plans};
use crate::lifecycle::Progress;
use crate::load::{Loaded, load};
use crate::plan::Plan;
use crate::report::answers::diff::{Changes, Version};
use crate::rules::judge;
use crate::schedule::Schedule;
use crate::time::Day;
use crate::world::git::GitError;
use crate::world::repository::Repository;
use crate::world::{Disk, Memory, World};

/// Runs the command.
pub(super) fn run(command: &Diff, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let asked = Asked::of(command);
    let new = asked.told()?;
    let old = asked.known(screen)?;
    let renames = asked.renames(&old, &new)?;
    let start = Instant::now();
    let (before, after) = rayon::join(|| load(&*old.world), || load(&*new.world));
    screen.time("load", start);
    let as_of = common.as_of.unwrap_or_else(|| today(&after.plan));
    let start = Instant::now();
    let (before, after) = rayon::join(|| Seen::of(before, as_of), || Seen::of(after, as_of));
    screen.time("judge", start);
    let start = Instant::now();
    let comparison = compared(&before, &after, &renames, as_of);
    screen.time("compare", start);
    let changes = Changes {
        as_of,
        old: old.version,
        new: new.version,
        comparison,
    };
    let mut out = screen.out();
    changes.write(command.format.layout(screen), &mut out)?;
    out.flush()?;
    Ok(match command.fail_on_errors && changes.new_errors() > 0 {
        true => Outcome::Faulty,
        false => Outcome::Fine,
    })
}

/// What is asked for: which revisions, and the plan of which folder.
struct Asked<'c> {
    old: &'c str,
    new: Option<&'c str>,
    dir: PathBuf,
}

/// A plan that is not read yet.
struct Found {
    world: Box<dyn World>,
    version: Version,
    root: PathBuf,
}

impl<'c> Asked<'c> {
    /// Returns what `command` asks for. One name after the first may as well be a folder, where it is no revision.
    fn of(command: &'c Diff) -> Self {
        let (old, new) = (&*command.old, command.new.as_deref());
        let here = || PathBuf::from(".");
        match (new, &command.dir) {
            (Some(only), None) if Path::new(only).is_dir() && !is_revision(only) => Self {
                old,
                new: None,
                dir: PathBuf::from(only),
            },
            (new, dir) => Self {
                old,
                new,
                dir: dir.clone().unwrap_or_else(here),
            },
        }
    }

    /// Returns the plan that is told.
    fn told(&self) -> Result<Found, Failure> {
        match self.new {
            Some(revision) => self.at(revision),
            None => {
                let root = find(&self.dir)?;
                Ok(Found {
                    world: Box::new(Disk::open(&root)?),
                    version: Version {
                        revision: None,
                        commit: None,
                    },
                    root,
                })
            }
        }
    }

    /// Returns the plan that is compared with; an empty one where the revision has none.
    fn known(&self, screen: &Screen) -> Result<Found, Failure> {
        match self.at(self.old) {
            Err(Failure::NoPlan(_) | Failure::Git(GitError::NoSuchFolder { .. })) => {
                screen.say(&format!("{} has no plan here, so all is new", self.old));
                Ok(Found {
                    world: Box::new(Memory::default()),
                    version: Version {
                        revision: Some(self.old.to_owned()),
                        commit: None,
                    },
                    root: self.dir.clone(),
                })
            }
            found => found,
        }
    }

    fn at(&self, revision: &str) -> Result<Found, Failure> {
        let (world, root) = find_in(revision, &self.dir)?;
        let commit = Some(world.commit().to_owned());
        Ok(Found {
            world: Box::new(world),
            version: Version {
                revision: Some(revision.to_owned()),
                commit,
            },
            root,
        })
    }

    /// Returns the old path of each file that has another one, by the new path.
    fn renames(&self, old: &Found, new: &Found) -> Result<BTreeMap<String, String>, Failure> {
        let Some(from) = &old.version.commit else {
            return Ok(BTreeMap::new());
        };
        match Repository::around(&new.root) {
            Ok(Some(repository)) => Ok(repository.renames(from, new.version.commit.as_deref())?),
            // The folder is not on disk, as in a bare repository: names count as they are.
            _ => Ok(BTreeMap::new()),
        }
    }
}

/// Returns whether the repository here knows `name` as a revision.
fn is_revision(name: &str) -> bool {
    let repository = Repository::around(Path::new("."));
    let repository = repository.ok().flatten();
    repository.is_some_and(|repository| matches!(repository.at(name), Ok(Some(_))))
}

/// A plan that was read and judged.
struct Seen {
    plan: Plan,
    diagnostics: Vec<Diagnostic>,
}

impl Seen {
    fn of(loaded: Loaded, as_of: Day) -> Self {
        let Loaded { plan, findings } = loaded;
        let diagnostics = judge(&plan, findings, as_of);
        Self { plan, diagnostics }
    }
}

fn compared(
    before: &Seen,
    after: &Seen,
    renames: &BTreeMap<String, String>,
    as_of: Day,
) -> crate::diff::Comparison {
    let (old, new) = rayon::join(
        || {
            (
                Progress::new(&before.plan, as_of),
                Schedule::new(&before.plan),
            )
        },
        || {
            (
                Progress::new(&after.plan, as_of),
                Schedule::new(&after.plan),
            )
        },
    );
    let old = Side {
        plan: &before.plan,
        progress: &old.0,
        schedule: &old.1,
        diagnostics: &before.diagnostics,
    };
    let new = Side {
        plan: &after.plan,
        progress: &new.0,
        schedule: &new.1,
        diagnostics: &after.diagnostics,
    };
    plans(&old, &new, renames)
}
