//! What git knows of a plan's past: what `build` and `serve` tell of it.

use std::collections::BTreeMap;
use std::path::Path;

use super::plan::Judged;
use crate::diff::{Chronicle, MOST_COMMITS, gate_moves};
use crate::lifecycle::Progress;
use crate::load::load;
use crate::pages::WEEK;
use crate::time::Zone;
use crate::world::Overlay;
use crate::world::git::GitError;
use crate::world::repository::{Commit, Commits, Repository};

/// The past of a plan: the commit that is shown, and all before it.
pub(super) struct Past {
    repository: Repository,
    /// The commit that is shown.
    pub commit: Commit,
}

impl Past {
    /// Returns the past of the plan in `root` as `revision` has it, or as it is checked out. A plan in no repository, or
    /// in one that git does not answer for, has none.
    pub(super) fn of(root: &Path, revision: Option<&str>) -> Option<Self> {
        let repository = Repository::around(root).ok().flatten()?;
        let commit = repository.at(revision.unwrap_or("HEAD")).ok().flatten()?;
        Some(Self { repository, commit })
    }

    /// Returns the plan's folder as seen from the top of its repository, with a slash at its end; empty at the top.
    pub(super) fn folder(&self) -> String {
        self.repository.prefix().to_owned()
    }

    /// Returns whether a part of it was not fetched.
    pub(super) fn is_shallow(&self) -> bool {
        self.repository.is_shallow()
    }

    /// Returns what moved in the plan of `judged`; none when git does not tell it.
    pub(super) fn chronicle(&self, judged: &Judged) -> Option<Chronicle> {
        self.read(judged).ok()
    }

    fn read(&self, judged: &Judged) -> Result<Chronicle, GitError> {
        let commits = self.repository.commits(&self.commit.id, MOST_COMMITS)?;
        let mut chronicle = Chronicle::of(&commits, |names| self.repository.blobs(names))?;
        let as_of = judged.publication.as_of;
        let Some(since) = as_of.plus(-WEEK) else {
            return Ok(chronicle);
        };
        let zone = judged.plan.config.timezone.as_ref();
        let zone = zone.map_or_else(Zone::utc, |zone| zone.value.clone());
        let count = commits
            .all
            .iter()
            .take_while(|set| zone.day(set.commit.time) >= since)
            .count();
        if count > 0 {
            let before = Commits {
                all: commits.all[..count].to_vec(),
                end: commits.end,
            };
            let files = self.files_before(&before)?;
            let plan = load(&Overlay::with(&*judged.world, files)).plan;
            let then = Progress::new(&plan, since.previous());
            let now = Progress::new(&judged.plan, as_of);
            chronicle.gates = gate_moves((&plan, &then), (&judged.plan, &now));
        }
        Ok(chronicle)
    }

    /// Returns the files that `commits` changed as they were before; none for those that were not there.
    fn files_before(
        &self,
        commits: &Commits,
    ) -> Result<BTreeMap<String, Option<Vec<u8>>>, GitError> {
        let mut blobs: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for set in &commits.all {
            let new = set.files.iter().filter_map(|file| file.new.as_ref());
            blobs.extend(new.map(|new| (&*new.path, None)));
            let old = set.files.iter().filter_map(|file| file.old.as_ref());
            blobs.extend(old.map(|old| (&*old.path, Some(&*old.blob))));
        }
        let names: Vec<&str> = blobs.values().flatten().copied().collect();
        let contents = self.repository.blobs(&names)?;
        let content = |blob: &str| contents.get(blob).cloned();
        let files = blobs.into_iter();
        Ok(files
            .map(|(path, blob)| (path.to_owned(), blob.and_then(content)))
            .collect())
    }
}
