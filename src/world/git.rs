//! The `git` command: how trainboard asks it, and what can go wrong.
//!
//! Questions only: nothing here changes a repository.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use thiserror::Error;

/// Why git did not answer.
#[derive(Debug, Error)]
pub enum GitError {
    /// There is no `git` command.
    #[error("the command git was not found")]
    NotInstalled,
    /// The folder is in no repository.
    #[error("{} is in no git repository", path.display())]
    NoRepository {
        /// The folder that was asked about.
        path: PathBuf,
    },
    /// The repository has no such commit.
    #[error("the repository has no revision {revision}")]
    UnknownRevision {
        /// The revision that was asked for.
        revision: String,
    },
    /// The repository has no such commit, and it lacks a part of the history.
    #[error("the repository is shallow and has no revision {revision}")]
    UnknownInShallow {
        /// The revision that was asked for.
        revision: String,
    },
    /// The commit has no such folder.
    #[error("revision {revision} has no folder {folder}")]
    NoSuchFolder {
        /// The revision that was asked for.
        revision: String,
        /// The folder, relative to the repository.
        folder: String,
    },
    /// The command could not be run, or its pipes broke.
    #[error("cannot run git {command}")]
    Pipe {
        /// The subcommand, such as `cat-file`.
        command: String,
        /// What the system says.
        source: io::Error,
    },
    /// The command failed for a reason that only it knows.
    #[error("git {command} failed: {message}")]
    Failed {
        /// The subcommand, such as `ls-tree`.
        command: String,
        /// What it wrote to its standard error.
        message: String,
    },
}

impl GitError {
    /// Returns the action that mends it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotInstalled => Some("install git, or add it to PATH"),
            Self::NoRepository { .. } => Some("run `git init`, or give a folder of a repository"),
            Self::UnknownRevision { .. } => {
                Some("see `git log` and `git branch --all` for what there is")
            }
            Self::UnknownInShallow { .. } => Some(
                "fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` in a pipeline",
            ),
            Self::NoSuchFolder { .. } => Some("give a folder that this revision has"),
            Self::Pipe { .. } | Self::Failed { .. } => None,
        }
    }

    fn pipe(command: &str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotInstalled,
            _ => Self::Pipe {
                command: command.to_owned(),
                source,
            },
        }
    }

    /// Returns the error of a `command` that ended before it answered.
    pub(super) fn broken_pipe(command: &str, source: io::Error) -> Self {
        Self::Pipe {
            command: command.to_owned(),
            source,
        }
    }
}

/// The repository around a folder, ready to be asked.
#[derive(Clone, Debug)]
pub struct Git {
    at: PathBuf,
    is_shallow: bool,
    prefix: String,
}

impl Git {
    /// Finds the repository around the folder `at`; a bare repository is given by its own folder.
    ///
    /// # Errors
    /// When there is no `git` command or no repository.
    pub fn open(at: &Path) -> Result<Self, GitError> {
        let mut git = Self {
            at: at.to_owned(),
            is_shallow: false,
            prefix: String::new(),
        };
        let facts = git
            .text(&["rev-parse", "--is-shallow-repository", "--show-prefix"])
            .map_err(|error| match error {
                GitError::Failed { message, .. } if message.contains("not a git repository") => {
                    GitError::NoRepository {
                        path: at.to_owned(),
                    }
                }
                other => other,
            })?;
        let mut lines = facts.lines();
        git.is_shallow = lines.next() == Some("true");
        git.prefix = lines.next().unwrap_or_default().to_owned();
        Ok(git)
    }

    /// Returns whether a part of the history was not fetched.
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// Returns where the folder is inside the repository, with a slash at its end; empty at the top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Returns the full name of the commit that `revision` means.
    ///
    /// # Errors
    /// When there is none.
    pub fn commit(&self, revision: &str) -> Result<String, GitError> {
        let unknown = || match self.is_shallow {
            true => GitError::UnknownInShallow {
                revision: revision.to_owned(),
            },
            false => GitError::UnknownRevision {
                revision: revision.to_owned(),
            },
        };
        if revision.starts_with('-') {
            return Err(unknown());
        }
        let peeled = format!("{revision}^{{commit}}");
        match self.text(&["rev-parse", "--verify", "--quiet", &peeled]) {
            Ok(name) => Ok(name.trim_end().to_owned()),
            Err(GitError::Failed { .. }) => Err(unknown()),
            Err(other) => Err(other),
        }
    }

    /// Returns what the command writes to its standard output.
    ///
    /// # Errors
    /// When it cannot be run, and when it fails.
    pub(super) fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let name = arguments.first().copied().unwrap_or_default();
        let output = self
            .command(arguments)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| GitError::pipe(name, error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(GitError::Failed {
            command: name.to_owned(),
            message: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }

    /// Returns what the command writes to its standard output, as text.
    ///
    /// # Errors
    /// When it cannot be run, and when it fails.
    pub(super) fn text(&self, arguments: &[&str]) -> Result<String, GitError> {
        let bytes = self.bytes(arguments)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Returns the command, not yet started.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.at).args(arguments);
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        // A git hook sets these for the repository that it runs in; the one that counts here is around the folder.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(variable);
        }
        command
    }
}
