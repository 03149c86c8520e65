//! A plan in a commit, read with the `git` command: what `diff` and `check --new-since` compare with.
//!
//! The tree is listed once; blobs are read when they are asked for, by as many `git cat-file --batch` processes as there
//! are threads that read. It works in bare and shallow repositories and for a plan in a subfolder.

mod blobs;
mod tree;

use std::borrow::Cow;
use std::path::Path;

use rustc_hash::FxHashMap;

use self::blobs::Blobs;
use self::tree::Tree;
use super::World;
use super::entry::{self, Entry, ReadError};
use super::git::{Git, GitError};

/// A plan in a commit.
#[derive(Debug)]
pub struct Revision {
    commit: String,
    entries: Vec<Entry>,
    /// The blob's name by path.
    names: FxHashMap<String, String>,
    blobs: Blobs,
}

impl Revision {
    /// Lists the plan as `revision` has it: the folder `at` of a checkout, or the top of the bare repository `at`.
    ///
    /// # Errors
    /// When git, the repository, the revision or the folder is missing.
    pub fn open(at: &Path, revision: &str) -> Result<Self, GitError> {
        let git = Git::open(at)?;
        let folder = git.prefix().to_owned();
        Self::list(git, revision, &folder)
    }

    /// Lists the plan in the folder `folder`, relative to the repository around `at`, as `revision` has it.
    ///
    /// # Errors
    /// When git, the repository, the revision or the folder is missing.
    pub fn open_folder(at: &Path, revision: &str, folder: &str) -> Result<Self, GitError> {
        Self::list(Git::open(at)?, revision, folder)
    }

    fn list(git: Git, revision: &str, folder: &str) -> Result<Self, GitError> {
        let commit = git.commit(revision)?;
        let folder = folder.trim_matches('/');
        let root = format!("{commit}:{folder}");
        let listing = git
            .bytes(&["ls-tree", "-r", "-z", "--full-tree", &root])
            .map_err(|error| match error {
                GitError::Failed { .. } => GitError::NoSuchFolder {
                    revision: revision.to_owned(),
                    folder: folder.to_owned(),
                },
                other => other,
            })?;
        let blobs = Blobs::new(git);
        let tree = Tree::parse(&listing, |name| blobs.read(name))?;
        let (entries, names) = tree.plan();
        Ok(Self {
            commit,
            entries,
            names,
            blobs,
        })
    }

    /// Returns the full name of the commit.
    pub fn commit(&self) -> &str {
        &self.commit
    }
}

impl World for Revision {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError> {
        entry::find(&self.entries, path)?;
        let name = self.names.get(path).ok_or_else(|| ReadError::NoSuchFile {
            path: path.to_owned(),
        })?;
        self.blobs
            .read(name)
            .map(Cow::Owned)
            .map_err(|source| ReadError::Git {
                path: path.to_owned(),
                source,
            })
    }
}

#[cfg(test)]
pub(super) mod tests;
