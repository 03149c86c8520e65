//! What git knows about the plan: the commit that a portal was built from, and who changed each document last.

mod commits;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::git::{Git, GitError};

pub use commits::{Blobs, Changeset, Commits, End, FileChange, Version};

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full name.
    pub id: String,
    /// Its author's name.
    pub author: String,
    /// When it was made.
    pub time: Timestamp,
    /// The first line of its message.
    pub subject: String,
}

/// The repository around a plan's folder.
#[derive(Clone, Debug)]
pub struct Repository {
    git: Git,
}

/// The fields of a [`Commit`], for `git log --format`; the last can hold any character but a line feed.
const FORMAT: &str = "--format=%H%x1f%an%x1f%ct%x1f%s";

impl Repository {
    /// Returns the repository around `folder`; `None` when the plan is in none, or there is no git to ask.
    ///
    /// # Errors
    /// When git refuses to answer, as it does for a repository of another user.
    pub fn around(folder: &Path) -> Result<Option<Self>, GitError> {
        match Git::open(folder) {
            Ok(git) => Ok(Some(Self { git })),
            Err(GitError::NoRepository { .. } | GitError::NotInstalled) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Returns where the plan is inside the repository, with a slash at its end; empty at the top.
    pub fn prefix(&self) -> &str {
        self.git.prefix()
    }

    /// Returns whether a part of the history was not fetched.
    pub fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }

    /// Returns the commit that is checked out; `None` before the first one.
    ///
    /// # Errors
    /// When git fails.
    pub fn head(&self) -> Result<Option<Commit>, GitError> {
        self.at("HEAD")
    }

    /// Returns the commit that `revision` means; `None` when there is none.
    ///
    /// # Errors
    /// When git fails.
    pub fn at(&self, revision: &str) -> Result<Option<Commit>, GitError> {
        match self.git.commit(revision) {
            Err(GitError::UnknownRevision { .. } | GitError::UnknownInShallow { .. }) => Ok(None),
            Err(other) => Err(other),
            Ok(id) => Ok(commit(&self.git.text(&["log", "-1", FORMAT, &id])?)),
        }
    }

    /// Returns the files that git changes when another commit is checked out, or made.
    ///
    /// # Errors
    /// When git fails.
    pub fn marks(&self) -> Result<Vec<PathBuf>, GitError> {
        let paths = self.git.text(&[
            "rev-parse",
            "--path-format=absolute",
            "--git-path",
            "HEAD",
            "--git-path",
            "logs/HEAD",
        ])?;
        Ok(paths.lines().map(PathBuf::from).collect())
    }

    /// Returns the branch that is checked out; `None` when none is.
    ///
    /// # Errors
    /// When git fails.
    pub fn branch(&self) -> Result<Option<String>, GitError> {
        let branch = self.git.text(&["branch", "--show-current"])?;
        let branch = branch.trim();
        Ok((!branch.is_empty()).then(|| branch.to_owned()))
    }

    /// Returns whether the plan has changes, or files, that no commit holds.
    ///
    /// # Errors
    /// When git fails, as it does in a bare repository.
    pub fn is_dirty(&self) -> Result<bool, GitError> {
        let status = self
            .git
            .bytes(&["status", "--porcelain", "-z", "--", "."])?;
        Ok(!status.is_empty())
    }

    /// Returns the address of the remote `origin` as it is configured; `None` when there is no such remote.
    ///
    /// # Errors
    /// When git cannot be run.
    pub fn origin(&self) -> Result<Option<String>, GitError> {
        match self.git.text(&["config", "--get", "remote.origin.url"]) {
            Ok(address) => Ok(Some(address.trim().to_owned())),
            Err(GitError::Failed { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Returns the files of the plan that have another name since the commit `from`: the old path by the new one, both
    /// relative to the plan. It is now the revision `to`, or the files on disk that git knows.
    ///
    /// # Errors
    /// When git fails.
    pub fn renames(
        &self,
        from: &str,
        to: Option<&str>,
    ) -> Result<BTreeMap<String, String>, GitError> {
        let to = to.map(|revision| self.git.commit(revision)).transpose()?;
        let mut arguments = vec![
            "diff",
            "-z",
            "--name-status",
            "--find-renames",
            "--diff-filter=R",
            "--relative",
            "--no-ext-diff",
            from,
        ];
        arguments.extend(to.as_deref());
        arguments.extend(["--", "."]);
        let listing = self.git.text(&arguments)?;
        let mut words = listing.split_terminator('\0');
        let mut renames = BTreeMap::new();
        while let (Some(_), Some(old), Some(new)) = (words.next(), words.next(), words.next()) {
            renames.insert(new.to_owned(), old.to_owned());
        }
        Ok(renames)
    }

    /// Returns the last commit that changed each file of the plan, by its path relative to the plan.
    ///
    /// In a shallow repository the oldest commit seems to have changed every file; it is left out.
    ///
    /// # Errors
    /// When git fails.
    pub fn last_changes(&self) -> Result<BTreeMap<String, Commit>, GitError> {
        let mut changes = BTreeMap::new();
        if self.head()?.is_none() {
            return Ok(changes);
        }
        let log = self.git.text(&[
            "log",
            "-z",
            "--name-only",
            "--relative",
            "--no-renames",
            "--format=%x1e%H%x1f%an%x1f%ct%x1f%s",
            "--",
            ".",
        ])?;
        let boundaries = self.boundaries()?;
        for record in log.split('\u{1e}') {
            let mut fields = record.split('\0');
            let Some(commit) = fields.next().and_then(commit) else {
                continue;
            };
            if boundaries.contains(&commit.id) {
                continue;
            }
            let paths = fields.map(|path| path.trim_start_matches('\n'));
            for path in paths.filter(|path| !path.is_empty()) {
                changes
                    .entry(path.to_owned())
                    .or_insert_with(|| commit.clone());
            }
        }
        Ok(changes)
    }

    /// Returns the commits whose parents were not fetched.
    fn boundaries(&self) -> Result<Vec<String>, GitError> {
        if !self.is_shallow() {
            return Ok(Vec::new());
        }
        let roots = self.git.text(&["rev-list", "--max-parents=0", "HEAD"])?;
        Ok(roots.lines().map(str::to_owned).collect())
    }
}

/// Returns the commit that a line of [`FORMAT`] tells.
fn commit(line: &str) -> Option<Commit> {
    let mut fields = line.trim_end_matches('\n').splitn(4, '\u{1f}');
    Some(Commit {
        id: fields.next()?.to_owned(),
        author: fields.next()?.to_owned(),
        time: Timestamp::from_second(fields.next()?.parse().ok()?).ok()?,
        subject: fields.next()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed test may panic")]

    use super::*;
    use crate::world::revision::tests::{git, repository, write};

    #[test]
    fn knows_the_commit_and_each_files_last_change() {
        let folder = repository();
        let work = folder.path().join("work");
        let plan = Repository::around(&work.join("plans/web"))
            .unwrap()
            .unwrap();
        assert_eq!(plan.prefix(), "plans/web/");
        assert_eq!(plan.branch().unwrap().as_deref(), Some("main"));
        assert_eq!(plan.origin().unwrap(), None);
        let head = plan.head().unwrap().unwrap();
        assert_eq!(
            (head.author.as_str(), head.subject.as_str()),
            ("Ana", "second")
        );

        let changes = plan.last_changes().unwrap();
        let told: Vec<_> = changes
            .iter()
            .map(|(path, commit)| format!("{path} {}", commit.subject))
            .collect();
        assert_eq!(
            told,
            [
                "_t/x.md second",
                "notes/n.md second",
                "public/.trainboard second",
                "public/index.html second",
                "trainboard.yaml first",
                "trains/a.md second",
                "ü x.md second",
            ]
        );

        assert!(!plan.is_dirty().unwrap());
        write(&work, "-- README.md --\nnot the plan\n");
        assert!(!plan.is_dirty().unwrap());
        write(&work, "-- plans/web/new.md --\n");
        assert!(plan.is_dirty().unwrap());
    }

    #[test]
    fn a_plan_may_be_in_no_repository_or_in_one_without_commits() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Repository::around(folder.path()).unwrap().is_none());
        git(folder.path(), &["init", "--quiet"]);
        let plan = Repository::around(folder.path()).unwrap().unwrap();
        assert_eq!(plan.head().unwrap(), None);
        assert!(plan.last_changes().unwrap().is_empty());
    }

    #[test]
    fn a_shallow_repository_does_not_know_who_wrote_what_it_lacks() {
        let folder = repository();
        let origin = format!("file://{}", folder.path().join("work").display());
        git(
            folder.path(),
            &["clone", "--quiet", "--depth=1", &origin, "shallow"],
        );
        let plan = Repository::around(&folder.path().join("shallow"))
            .unwrap()
            .unwrap();
        assert_eq!(plan.origin().unwrap(), Some(origin));
        assert!(plan.head().unwrap().is_some());
        assert!(plan.last_changes().unwrap().is_empty());
    }
}
