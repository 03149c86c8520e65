//! One file of a plan, and what can be wrong with it.

use std::io;

use thiserror::Error;

use super::git::GitError;

/// A file of the plan, or a thing in its place that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Path relative to the plan, with forward slashes; what is not UTF-8 in it is replaced by U+FFFD.
    pub path: String,
    /// Why it cannot be read; `None` for a plain file.
    pub fault: Option<Fault>,
}

impl Entry {
    /// Returns a file that can be read.
    pub fn file(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            fault: None,
        }
    }

    /// Returns a thing that cannot be read because of `fault`.
    pub fn faulty(path: impl Into<String>, fault: Fault) -> Self {
        Self {
            path: path.into(),
            fault: Some(fault),
        }
    }
}

/// Why a thing in the plan cannot be read. Its text completes a sentence that begins with the thing's path.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The system does not let this user read it.
    #[error("may not be read by this user")]
    Forbidden,
    /// Its name is not UTF-8, so that nothing can refer to it.
    #[error("has a name that is not UTF-8")]
    NotUtf8,
    /// A symbolic link to something that is not in the plan.
    #[error("is a symbolic link that leaves the plan")]
    LeavesPlan,
    /// A symbolic link to a name that starts with `_` or `.`, which is never read.
    #[error("is a symbolic link to a hidden name")]
    PointsAtHidden,
    /// A symbolic link to nothing.
    #[error("is a symbolic link to nothing")]
    PointsAtNothing,
    /// A symbolic link to a folder that contains it, or to itself.
    #[error("is a symbolic link that loops")]
    Loop,
    /// A symbolic link to a folder, found inside a linked folder. Following it could list a file without end.
    #[error("is a symbolic link to a folder inside a linked folder")]
    NestedLink,
    /// A pipe, a socket or a device.
    #[error("is neither a file nor a folder")]
    Special,
    /// A submodule, whose files a revision does not hold.
    #[error("is a submodule")]
    Submodule,
    /// The system failed to read it, in the system's words.
    #[error("cannot be read: {0}")]
    Failed(String),
}

impl Fault {
    /// Returns the action that mends it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Forbidden => "give this user permission to read it",
            Self::NotUtf8 => "rename it in UTF-8",
            Self::LeavesPlan => "copy the file into the plan",
            Self::PointsAtHidden => {
                "rename the target so that its name starts with neither `_` nor `.`"
            }
            Self::PointsAtNothing | Self::Loop => {
                "remove the link, or point it at a file of the plan"
            }
            Self::NestedLink => "link to the inner folder from outside the linked one",
            Self::Special => "move it out of the plan",
            Self::Submodule => "check the submodule out and read the plan from disk",
            Self::Failed(_) => "check the disk, or restore the file from git",
        }
    }

    /// Returns the fault that the system's `error` stands for.
    pub(super) fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            io::ErrorKind::NotFound => Self::PointsAtNothing,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// Why a file of the plan could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The plan has no such file.
    #[error("the plan has no file {path}")]
    NoSuchFile {
        /// The path that was asked for.
        path: String,
    },
    /// The entry was listed with a fault.
    #[error("{path} {fault}")]
    Faulty {
        /// The entry's path.
        path: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The file went away, or the system failed, after the plan was listed.
    #[error("cannot read {path}")]
    Io {
        /// The file's path.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The `git` command did not give the file's bytes.
    #[error("cannot read {path} from git")]
    Git {
        /// The file's path.
        path: String,
        /// What went wrong with the command.
        source: GitError,
    },
}

impl ReadError {
    /// Returns the action that mends it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoSuchFile { .. } => None,
            Self::Faulty { fault, .. } => Some(fault.hint()),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                Some(Fault::Forbidden.hint())
            }
            Self::Io { .. } => Some("the plan changed while it was read: run the command again"),
            Self::Git { source, .. } => source.hint(),
        }
    }
}

/// Returns the entry of `entries`, which are sorted, that stands at `path` and can be read.
pub(super) fn find<'a>(entries: &'a [Entry], path: &str) -> Result<&'a Entry, ReadError> {
    let at = entries
        .binary_search_by(|entry| entry.path.as_str().cmp(path))
        .map_err(|_| ReadError::NoSuchFile {
            path: path.to_owned(),
        })?;
    let entry = &entries[at];
    match &entry.fault {
        None => Ok(entry),
        Some(fault) => Err(ReadError::Faulty {
            path: path.to_owned(),
            fault: fault.clone(),
        }),
    }
}

/// Returns whether a file or folder called `name` is never read (content model, section 1).
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with(['_', '.'])
}
