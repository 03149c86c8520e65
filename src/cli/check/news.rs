//! `--new-since`: what a git revision did not have.

use std::collections::BTreeMap;

use crate::cli::arguments::{Common, PlanArguments};
use crate::cli::failure::Failure;
use crate::cli::plan::{Judged, find_in, judge_world};
use crate::cli::screen::Screen;
use crate::diff::News;
use crate::world::git::GitError;
use crate::world::repository::Repository;

/// Drops from `judged` the diagnostics that `revision` has, too. A revision without the plan has none.
pub(super) fn keep(
    judged: &mut Judged,
    revision: &str,
    arguments: &PlanArguments,
    common: &Common,
    screen: &Screen,
) -> Result<(), Failure> {
    let (world, root) = match find_in(revision, &arguments.dir) {
        Ok(found) => found,
        Err(Failure::NoPlan(_) | Failure::Git(GitError::NoSuchFolder { .. })) => {
            screen.say(&format!("{revision} has no plan here, so all is new"));
            return Ok(());
        }
        Err(failure) => return Err(failure),
    };
    let renamed = match Repository::around(&judged.root) {
        Ok(Some(repository)) => {
            repository.renames(world.commit(), arguments.revision.as_deref())?
        }
        // The folder is not on disk, as in a bare repository: names count as they are.
        _ => BTreeMap::new(),
    };
    let before = judge_world(Box::new(world), root, common, screen)?;
    let news = News::of(
        (&before.diagnostics, &before.plan.sources),
        (&judged.diagnostics, &judged.plan.sources),
        &renamed,
    );
    judged.diagnostics = news.new.into_iter().cloned().collect();
    Ok(())
}
